/** What the preload script lets through: the names of the contract's calls and events. */
export interface BridgeNames {
  calls: readonly string[];
  events: readonly string[];
}

const prefix = '--offprint-names=';

/**
 * Writes the names as an argument for the preload script's process. They travel so, because the
 * contract itself brings its schemas along, which the preload script has no use for.
 */
export function argumentOfNames(names: BridgeNames): string {
  return prefix + JSON.stringify(names);
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

/** Reads the names back from the arguments of the process; lets nothing through if there are none. */
export function namesInArguments(argv: readonly string[]): BridgeNames {
  const none = { calls: [], events: [] };
  const argument = argv.find((each) => each.startsWith(prefix));
  if (argument === undefined) return none;
  const names: unknown = JSON.parse(argument.slice(prefix.length));
  if (typeof names !== 'object' || names === null) return none;
  const calls: unknown = Reflect.get(names, 'calls');
  const events: unknown = Reflect.get(names, 'events');
  return isNames(calls) && isNames(events) ? { calls, events } : none;
}
