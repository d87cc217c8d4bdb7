import { OffprintError } from '../../shared/outcome.ts';
import type { ResultSet } from './result-set.ts';

/** Result sets that are kept; the one not asked for longest goes first. */
const mostKept = 16;

/** Sets that may be unread at a time: each holds a connection and keeps the log from shrinking. */
const mostUnread = 3;

/** Keys read in one slice: about two milliseconds. */
const slice = 8192;

/** The result sets that windows have open, by the number they are known by outside. */
export class ResultSets {
  readonly #sets = new Map<number, ResultSet>();
  #last = 0;

  /** Keeps a set and gives it a number. */
  keep(set: ResultSet): number {
    this.#last += 1;
    this.#sets.set(this.#last, set);
    for (const oldest of this.#sets.keys()) {
      if (this.#sets.size <= mostKept) break;
      this.close(oldest);
    }
    const unread = [...this.#sets.values()].filter(({ complete }) => !complete);
    for (const old of unread.slice(0, -mostUnread)) old.readOn(old.total);
    return this.#last;
  }

  /** @throws OffprintError `not-found` when it is closed or was never there */
  get(number: number): ResultSet {
    const set = this.#sets.get(number);
    if (!set) throw new OffprintError('not-found', 'This list is not open any more. Refresh it to go on.');
    this.#sets.delete(number);
    this.#sets.set(number, set);
    return set;
  }

  close(number: number): void {
    this.#sets.get(number)?.close();
    this.#sets.delete(number);
  }

  closeAll(): void {
    for (const number of [...this.#sets.keys()]) this.close(number);
  }

  /** Reads one slice of a set that is not read to its end; the newest first. Returns whether more is left. */
  readOn(): boolean {
    const unread = [...this.#sets.values()].filter(({ complete }) => !complete);
    unread.at(-1)?.readOn(slice);
    return unread.some(({ complete }) => !complete);
  }
}
