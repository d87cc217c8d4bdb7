import { EventEmitter } from 'node:events';

let tell: (what: string) => void = () => {};

/** Has everything told that the program asks of Electron and the double lacks. */
export function onLack(listener: (what: string) => void): void {
  tell = listener;
}

/** Says that the double lacks something, to the test and to whoever asked. */
export function lack(what: string): never {
  tell(`the stand-in for Electron lacks ${what}`);
  throw new Error(`The stand-in for Electron lacks ${what}.`);
}

/** What JavaScript itself asks of an object. */
const ofTheLanguage = ['then', 'toJSON', 'constructor', 'inspect', 'nodeType', '$$typeof', 'asymmetricMatch'];

/** The same object, except that asking it for what it does not have fails by name. */
export function loud<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(from, key, self) {
      if (typeof key === 'symbol' || key in from || ofTheLanguage.includes(key)) return Reflect.get(from, key, self);
      return lack(`${name}.${key}`);
    },
    set(from, key, value, self) {
      if (typeof key === 'string' && !key.startsWith('_') && !(key in from)) lack(`${name}.${key}`);
      return Reflect.set(from, key, value, self);
    },
  });
}

/** Fails for every option that the double would pass over without a word. */
export function onlyOptions(name: string, options: object | undefined, known: readonly string[]): void {
  for (const key of Object.keys(options ?? {})) if (!known.includes(key)) lack(`the option ${key} of ${name}`);
}

/** An emitter to which nobody can listen for an event that it would never emit. */
export class LoudEmitter extends EventEmitter {
  private readonly emitterName: string;
  private readonly known: readonly string[];

  constructor(name: string, known: readonly string[]) {
    super();
    this.emitterName = name;
    this.known = known;
  }

  override on(event: string, listener: (...args: never[]) => void): this {
    if (event !== 'newListener' && event !== 'removeListener' && !this.known.includes(event))
      lack(`the event ${event} of ${this.emitterName}`);
    return super.on(event, listener as (...args: unknown[]) => void);
  }

  override addListener(event: string, listener: (...args: never[]) => void): this {
    return this.on(event, listener);
  }
}

/** An event that a listener can prevent. */
export function preventable<T extends object>(details?: T) {
  return {
    ...(details as T),
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}
