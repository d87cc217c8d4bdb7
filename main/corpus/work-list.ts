import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PublishedPapers } from './corpus.ts';

/** Keys `[from, to)` of papers that come in together. */
export interface KeyRange {
  from: number;
  to: number;
}

/**
 * What a change of the papers has touched so far, in temporary tables of its transaction: memory
 * must not grow with it, and what is rolled back is forgotten.
 *
 * - papers whose records must be grouped anew (`dirty`)
 * - papers that were there before and have changed, and whether their text has (`work`). Papers
 *   in the range of new ones are not listed: all that are found there in the end are new.
 */
export class WorkList {
  /** Where new papers get their keys. Empty where a change brings none. */
  #range: KeyRange = { from: 0, to: 0 };
  readonly #database: DatabaseSync;
  readonly #touch: StatementSync;
  readonly #soil: StatementSync;
  readonly #clean: StatementSync;
  readonly #anyDirty: StatementSync;
  readonly #countDirty: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`
      CREATE TEMP TABLE work (key INTEGER PRIMARY KEY, existed INTEGER NOT NULL, text INTEGER NOT NULL);
      CREATE TEMP TABLE dirty (paper INTEGER PRIMARY KEY);`);
    this.#touch = database.prepare(`
      INSERT INTO temp.work VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET text = excluded.text WHERE excluded.text > text`);
    this.#soil = database.prepare('INSERT OR IGNORE INTO temp.dirty VALUES (?)');
    this.#clean = database.prepare('DELETE FROM temp.dirty WHERE paper = ?');
    this.#anyDirty = database.prepare('SELECT paper FROM temp.dirty LIMIT 1');
    this.#countDirty = database.prepare('SELECT count(*) AS n FROM temp.dirty');
  }

  /** Forgets everything; for the beginning of a transaction. */
  clear(): void {
    this.#database.exec('DELETE FROM temp.work; DELETE FROM temp.dirty;');
    this.#range = { from: 0, to: 0 };
  }

  get range(): KeyRange {
    return this.#range;
  }

  /** Says where new papers get their keys from now on. Papers that are there already are remembered as changed. */
  expect(range: KeyRange): void {
    this.#range = range;
    this.#database
      .prepare('INSERT OR IGNORE INTO temp.work SELECT key, 1, 1 FROM papers WHERE key >= ? AND key < ?')
      .run(range.from, range.to);
  }

  /** Says that no new papers come after all. */
  expectNone(): void {
    this.#range = { from: 0, to: 0 };
  }

  /** Makes the range of new papers reach further down. */
  expectFrom(from: number): void {
    this.#range = { from, to: this.#range.to };
  }

  /** True for a paper that is in the range of new ones. */
  isExpected(key: number): boolean {
    return key >= this.#range.from && key < this.#range.to;
  }

  /**
   * Says that something of a paper changes.
   * @param existed it is there before that
   * @param text what is searched in changes
   */
  touch(key: number, existed: boolean, text: boolean): void {
    if (!this.isExpected(key)) this.#touch.run(key, Number(existed), Number(text));
  }

  /** Says that the records of a paper, and of all that it is connected with, must be grouped anew. */
  soil(paper: number): void {
    this.#soil.run(paper);
  }

  clean(paper: number): void {
    this.#clean.run(paper);
  }

  /** Some paper whose records must be grouped anew, or null. */
  anyDirty(): number | null {
    const found = this.#anyDirty.get();
    return found === undefined ? null : Number(found['paper']);
  }

  countDirty(): number {
    return Number(this.#countDirty.get()?.['n']);
  }

  /** What readers of the papers must be told, once it is on the disk. */
  published(revision: number): PublishedPapers {
    const keys = (sql: string) => {
      const found: number[] = [];
      for (const row of this.#database.prepare(sql).iterate()) found.push(Number(row['key']));
      return found;
    };
    const here = 'EXISTS (SELECT 1 FROM papers p WHERE p.key = w.key)';
    const ones = keys(`SELECT w.key FROM temp.work w WHERE existed = 0 AND ${here}`);
    return {
      revision,
      added: [...this.#newRanges(), ...ones.map((key) => [key, key + 1] as const)],
      changed: keys(`SELECT w.key FROM temp.work w WHERE existed = 1 AND ${here}`),
      removed: keys(`SELECT w.key FROM temp.work w WHERE existed = 1 AND NOT ${here}`),
    };
  }

  /** The range of new papers, cut where a paper was before. */
  #newRanges(): [number, number][] {
    const { from, to } = this.#range;
    const ranges: [number, number][] = [];
    const before = this.#database.prepare('SELECT key FROM temp.work WHERE key >= ? AND key < ? ORDER BY key');
    let start = from;
    for (const row of before.iterate(from, to)) {
      const key = Number(row['key']);
      if (key > start) ranges.push([start, key]);
      start = key + 1;
    }
    if (to > start) ranges.push([start, to]);
    return ranges;
  }
}
