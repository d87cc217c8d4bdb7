import type { DatabaseSync } from 'node:sqlite';
import { Budget, type Keys } from './keys.ts';
import { KeysOpener } from './open-keys.ts';
import type { Readers } from './readers.ts';
import type { SearchPlan } from './search-plan.ts';

/** Counts what a search finds, a slice at a time, in the library as it was when it began. */
export class Counting {
  readonly #readers: Readers;
  readonly #budget = new Budget();
  #reader: DatabaseSync | null = null;
  #keys: Keys | null = null;
  #from = 1;
  #count = 0;
  #isKnown = false;

  /** @param plan makes a plan with a connection, in a transaction */
  constructor(readers: Readers, plan: (database: DatabaseSync) => SearchPlan) {
    this.#readers = readers;
    const reader = readers.take();
    this.#reader = reader;
    try {
      reader.exec('BEGIN');
      // It sees a database as it is at the first look into it, so both are looked into now.
      reader.prepare('SELECT EXISTS (SELECT 1 FROM papers), EXISTS (SELECT 1 FROM list)').get();
      const { found, total } = plan(reader);
      if (total === null) this.#keys = new KeysOpener(reader, this.#budget).open(found);
      else {
        this.#count = total;
        this.#isKnown = true;
        this.close();
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** How many there are, once that is known; else null. */
  get total(): number | null {
    return this.#isKnown ? this.#count : null;
  }

  /** Counts on for so many milliseconds. */
  readOn(milliseconds: number): void {
    const keys = this.#keys;
    if (keys === null) return;
    this.#budget.allow(milliseconds);
    for (;;) {
      const next = keys.seek(this.#from);
      if (this.#budget.isSpent) {
        this.#from = next;
        return;
      }
      if (next === Number.POSITIVE_INFINITY) break;
      this.#count += 1;
      this.#from = next + 1;
    }
    this.#isKnown = true;
    this.close();
  }

  /** Lets go of the library. */
  close(): void {
    this.#keys?.close();
    this.#keys = null;
    const reader = this.#reader;
    if (reader === null) return;
    this.#reader = null;
    if (reader.isTransaction) reader.exec('COMMIT');
    this.#readers.giveBack(reader);
  }
}
