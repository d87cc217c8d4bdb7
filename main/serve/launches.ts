import { isSame, makeKey } from './keys.ts';

/** Milliseconds within which a browser that is being opened has asked for its page. */
const longestLaunch = 120_000;
/** Most that wait for their browsers at once; of more, the first are forgotten. */
const mostLaunches = 8;

/** Posting to it, with the token as `Authorization: Bearer`, gets a new key of {@link Launches} as text. */
export const launchPath = '/launch';

/**
 * Keys for browsers that are about to be opened. A browser is given its address on its command line,
 * which on most systems every user of the computer can read: so each key is good once, and for as long as a browser may take to start.
 */
export class Launches {
  readonly #now: () => number;
  #open: { key: string; until: number }[] = [];

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** A new key. */
  issue(): string {
    const key = makeKey();
    this.#open = [...this.#current(), { key, until: this.#now() + longestLaunch }].slice(-mostLaunches);
    return key;
  }

  /** Whether a key is good; it stays so. */
  has(key: string): boolean {
    return this.#find(key) !== undefined;
  }

  /** Whether a key is good; it no longer is. */
  spend(key: string): boolean {
    const launch = this.#find(key);
    this.#open = this.#current().filter((other) => other !== launch);
    return launch !== undefined;
  }

  #find(key: string) {
    return this.#current().find((launch) => isSame(key, launch.key));
  }

  #current() {
    return this.#open.filter(({ until }) => until > this.#now());
  }
}
