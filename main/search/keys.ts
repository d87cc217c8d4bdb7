/** How long may be read before it is time for something else. */
export class Budget {
  #left = Number.POSITIVE_INFINITY;

  /** Allows so many milliseconds more, and forgets what is left of those before. */
  allow(milliseconds: number): void {
    this.#left = milliseconds;
  }

  /** Does some work, the time of which counts, and answers with what it returns. */
  spend<Result>(work: () => Result): Result {
    const started = performance.now();
    const result = work();
    this.#left -= performance.now() - started;
    return result;
  }

  get isSpent(): boolean {
    return this.#left <= 0;
  }
}

/**
 * Keys of papers in ascending order, read as far as they are asked for. Keys are positive.
 *
 * Reading costs a `Budget`. Once that is spent, what `seek` answers is only a bound: no key before
 * it is among them, but it need not be one itself. So nothing has to be read to the end at one go,
 * however far the next key is away.
 */
export interface Keys {
  /**
   * The first of them that is not below `from`; infinite when there is none. What is asked for must
   * not be below what was asked for before.
   * @param enough need not be looked beyond: an answer that is not below this is only a bound, too
   */
  seek(from: number, enough?: number): number;
  /** Lets go of whatever is read from. */
  close(): void;
}

/** No keys at all. */
export const noKeys: Keys = { seek: () => Number.POSITIVE_INFINITY, close: () => {} };

/** Keys in the first piece after a leap, and in the largest: half a millisecond. */
const leastAtOnce = 64;
const mostAtOnce = 4096;
/** To read so many keys in one piece costs as much as to begin another. */
const nearby = 500;
/** A piece that takes more milliseconds than this was too large. */
const longest = 1.5;

/** Some keys, as offsets from the first one that was asked for. */
export interface KeyPiece {
  /** Ascending. */
  offsets: readonly number[];
  /** There may be further ones from here on; infinite when there are none. */
  past: number;
}

/** Keys that are read in pieces. */
export class PiecewiseKeys implements Keys {
  readonly #read: (from: number, most: number) => KeyPiece;
  readonly #budget: Budget;
  readonly #close: () => void;
  #offsets: readonly number[] = [];
  #base = 0;
  #at = 0;
  #past = 0;
  #size = leastAtOnce / 4;
  /** How many keys there are for each place in the page order, as far as is known. */
  #density = 0;

  /** @param read reads a piece that begins at a key; `most` is how many keys are looked at for it */
  constructor(budget: Budget, read: (from: number, most: number) => KeyPiece, close: () => void = () => {}) {
    this.#budget = budget;
    this.#read = read;
    this.#close = close;
  }

  seek(from: number): number {
    // Who was answered so when the time was over asks on from there.
    if (from === Number.POSITIVE_INFINITY) return from;
    for (;;) {
      const wanted = from - this.#base;
      const offsets = this.#offsets;
      if ((offsets[this.#at] ?? Number.POSITIVE_INFINITY) < wanted) this.#at = firstAtLeast(offsets, wanted, this.#at);
      const found = offsets[this.#at];
      if (found !== undefined) return this.#base + found;
      if (this.#past === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
      const start = Math.max(from, this.#past);
      if (this.#budget.isSpent) return start;
      // Small pieces where it leaps far, larger ones where it goes on.
      const isNear = (start - this.#past) * this.#density < nearby;
      this.#size = isNear ? Math.min(this.#size * 4, mostAtOnce) : leastAtOnce;
      const started = performance.now();
      const piece = this.#budget.spend(() => this.#read(start, this.#size));
      if (performance.now() - started > longest) this.#size = Math.max(this.#size / 8, leastAtOnce / 4);
      this.#offsets = piece.offsets;
      this.#base = start;
      this.#past = piece.past;
      this.#at = 0;
      const last = piece.offsets.at(-1);
      if (last !== undefined) this.#density = piece.offsets.length / (last + 1);
    }
  }

  close(): void {
    this.#offsets = [];
    this.#at = 0;
    this.#past = Number.POSITIVE_INFINITY;
    this.#close();
  }
}

/** Index of the first number that is not below `wanted`, from `start` on: near ones are found quickly. */
function firstAtLeast(numbers: ArrayLike<number>, wanted: number, start: number): number {
  let step = 1;
  let low = start;
  while (low + step < numbers.length && (numbers[low + step] ?? 0) < wanted) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, numbers.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Keys that are known already, in ascending order. */
export class KnownKeys implements Keys {
  readonly #keys: ArrayLike<number>;
  #at = 0;

  constructor(keys: ArrayLike<number>) {
    this.#keys = keys;
  }

  seek(from: number): number {
    this.#at = firstAtLeast(this.#keys, from, this.#at);
    return this.#keys[this.#at] ?? Number.POSITIVE_INFINITY;
  }

  close(): void {}
}

/** True when a key is among these, which are in ascending order. */
export function includesKey(keys: ArrayLike<number>, key: number): boolean {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return keys[low] === key;
}

/**
 * What all of several have in common: each leaps to where the others are. Those that leap most are
 * asked first, so that the others are asked only about what those agree on.
 */
export class CommonKeys implements Keys {
  readonly #all: { keys: Keys; leaps: number }[];
  readonly #budget: Budget;
  /** None is between what was asked for last and here: whoever asks for less again, the parts are not. */
  #known = 0;

  constructor(budget: Budget, all: readonly Keys[]) {
    this.#all = all.map((keys) => ({ keys, leaps: 0 }));
    this.#budget = budget;
  }

  seek(from: number, enough = Number.POSITIVE_INFINITY): number {
    const at = Math.max(from, this.#known);
    this.#known = at < enough ? this.#seek(at, enough) : at;
    return this.#known;
  }

  #seek(from: number, enough: number): number {
    const all = this.#all;
    let at = from;
    for (let index = 0; index < all.length; ) {
      const one = all[index];
      const next = one?.keys.seek(at, enough) ?? at;
      if (next === at && !this.#budget.isSpent) {
        index += 1;
        continue;
      }
      const before = all[index - 1];
      if (one) {
        one.leaps += 1;
        if (before && one.leaps > before.leaps) {
          all[index - 1] = one;
          all[index] = before;
        }
      }
      if (this.#budget.isSpent || next >= enough) return next;
      at = next;
      index = 0;
    }
    return at;
  }

  close(): void {
    for (const { keys } of this.#all) keys.close();
  }
}

/** What stands in any of several. */
export class UnitedKeys implements Keys {
  readonly #all: readonly Keys[];

  constructor(all: readonly Keys[]) {
    this.#all = all;
  }

  seek(from: number, enough = Number.POSITIVE_INFINITY): number {
    let first = Number.POSITIVE_INFINITY;
    for (const keys of this.#all) {
      // What one has, the others need not look beyond.
      first = Math.min(first, keys.seek(from, Math.min(first, enough)));
      if (first === from) break;
    }
    return first;
  }

  close(): void {
    for (const keys of this.#all) keys.close();
  }
}

/** What stands in one and not in the other. */
export class RemainingKeys implements Keys {
  readonly #all: Keys;
  readonly #but: Keys;
  readonly #budget: Budget;
  /** As for {@link CommonKeys}. */
  #known = 0;

  constructor(budget: Budget, all: Keys, but: Keys) {
    this.#all = all;
    this.#but = but;
    this.#budget = budget;
  }

  seek(from: number, enough = Number.POSITIVE_INFINITY): number {
    const at = Math.max(from, this.#known);
    this.#known = at < enough ? this.#seek(at, enough) : at;
    return this.#known;
  }

  #seek(from: number, enough: number): number {
    let at = from;
    for (;;) {
      at = this.#all.seek(at, enough);
      if (this.#budget.isSpent || at >= enough) return at;
      const isLeft = this.#but.seek(at, at + 1) !== at;
      // Where the other is only known not to begin before, this one has still to be looked at.
      if (isLeft || this.#budget.isSpent) return at;
      at += 1;
    }
  }

  close(): void {
    this.#all.close();
    this.#but.close();
  }
}
