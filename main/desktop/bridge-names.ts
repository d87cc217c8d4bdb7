/** What the preload script lets through: the names of the contract's calls and events. */
export interface BridgeNames {
  calls: readonly string[];
  events: readonly string[];
}

const callsPrefix = '--offprint-calls=';
const eventsPrefix = '--offprint-events=';

/**
 * Writes the names as arguments for the preload script's process. They travel so, because the
 * contract itself brings its schemas along, which the preload script has no use for.
 */
export function argumentsOfNames(names: BridgeNames): string[] {
  return [callsPrefix + names.calls.join(), eventsPrefix + names.events.join()];
}

/** Reads the names back from the arguments of the process; lets nothing through if there are none. */
export function namesInArguments(argv: readonly string[]): BridgeNames {
  const listAfter = (prefix: string) => {
    const list = argv.find((each) => each.startsWith(prefix))?.slice(prefix.length) ?? '';
    return list === '' ? [] : list.split(',');
  };
  return { calls: listAfter(callsPrefix), events: listAfter(eventsPrefix) };
}
