import { OffprintError } from '../../shared/outcome.ts';
import type { ResultSet } from './result-set.ts';

/** Result sets that are kept; the one not asked for longest goes first. */
const mostKept = 16;

/** Sets that may be unread at a time: each holds a connection and keeps the log from shrinking. */
const mostUnread = 6;

/** How long is read in one slice, in milliseconds. */
const slice = 2;

interface Kept {
  set: ResultSet;
  /** Those who wait for its size. */
  waiting: PromiseWithResolvers<number>[];
  /** Keys of which the index is asked for; those before `from` are not it. */
  sought: (PromiseWithResolvers<number | null> & { key: number; from: number })[];
}

function notOpen(): OffprintError {
  return new OffprintError('not-found', 'This list is not open any more. Refresh it to go on.');
}

/** The result sets that windows have open, by the number they are known by outside. */
export class ResultSets {
  readonly #sets = new Map<number, Kept>();
  #last = 0;

  /** Gives higher numbers than this from now on, so that a set of before is not taken for another one. */
  startAfter(number: number): void {
    this.#last = number;
  }

  /** Keeps a set and gives it a number. */
  keep(set: ResultSet): number {
    this.#last += 1;
    this.#sets.set(this.#last, { set, waiting: [], sought: [] });
    const unread = [...this.#sets].filter(([, { set: other }]) => !other.isRead);
    for (const [number] of unread.slice(0, -mostUnread)) this.close(number);
    for (const oldest of this.#sets.keys()) {
      if (this.#sets.size <= mostKept) break;
      this.close(oldest);
    }
    return this.#last;
  }

  /** @throws OffprintError `not-found` when it is closed or was never there */
  get(number: number): ResultSet {
    const kept = this.#sets.get(number);
    if (!kept) throw notOpen();
    this.#sets.delete(number);
    this.#sets.set(number, kept);
    return kept.set;
  }

  /** The size of a set once all of it has been counted. Rejects with `not-found` when it is closed before. */
  async settled(number: number): Promise<number> {
    const set = this.get(number);
    if (set.complete) return set.total;
    const waiting = Promise.withResolvers<number>();
    this.#sets.get(number)?.waiting.push(waiting);
    return await waiting.promise;
  }

  /**
   * Index of a key in a set, or null; answered as soon as the set has been read so far, which goes on in
   * slices. Rejects with `not-found` when it is closed before.
   */
  async indexOf(number: number, key: number): Promise<number | null> {
    const set = this.get(number);
    const index = set.readIndexOf(key);
    if (index !== null || set.isRead || !set.mayHold(key)) return index;
    const sought = { ...Promise.withResolvers<number | null>(), key, from: set.length };
    this.#sets.get(number)?.sought.push(sought);
    return await sought.promise;
  }

  close(number: number): void {
    this.#end(number, notOpen());
  }

  closeAll(): void {
    for (const number of [...this.#sets.keys()]) this.close(number);
  }

  /** Reads one slice of a set that is not read to its end; the newest first. Returns whether more is left. */
  readOn(): boolean {
    const newest = [...this.#sets].findLast(([, { set }]) => !set.isRead);
    if (newest) {
      const [number, { set }] = newest;
      try {
        set.readOn(slice);
      } catch (error) {
        this.#end(number, error);
        throw error;
      }
    }
    let isLeft = false;
    for (const kept of this.#sets.values()) {
      isLeft ||= !kept.set.isRead;
      find(kept);
      if (!kept.set.complete) continue;
      // Whoever asked for rows may have had it read to its end meanwhile.
      for (const { resolve } of kept.waiting.splice(0)) resolve(kept.set.total);
    }
    return isLeft;
  }

  #end(number: number, why: unknown): void {
    const kept = this.#sets.get(number);
    this.#sets.delete(number);
    kept?.set.close();
    for (const { reject } of [...(kept?.waiting ?? []), ...(kept?.sought ?? [])]) reject(why);
  }
}

/** Answers those whose key has been read by now, or is not there. */
function find(kept: Kept): void {
  kept.sought = kept.sought.filter((each) => {
    const index = kept.set.readIndexOf(each.key, each.from);
    each.from = kept.set.length;
    if (index === null && !kept.set.isRead) return true;
    each.resolve(index);
    return false;
  });
}
