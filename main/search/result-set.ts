import type { DatabaseSync } from 'node:sqlite';
import type { Readers } from './readers.ts';
import type { Segment } from './segments.ts';

type KeyRow = [number];

function rowsOf(reader: DatabaseSync, { sql }: Segment) {
  const statement = reader.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
}

/**
 * The keys of the papers that answered a query, in order, as they were when it was opened.
 * Read as far as needed; the rest follows in slices.
 */
export class ResultSet {
  /** What to mark in its rows, for `TextMarker`. */
  readonly marks: string | null;
  /** As numbers that are not cut off at 32 bits: keys go up to 2^45. */
  #keys: Float64Array;
  #count = 0;
  #reader: DatabaseSync | null = null;
  #rest: Iterator<number> | null = null;
  readonly #readers: Readers;

  /**
   * @param total its size when that is known; then only the first `limit` keys are read at once
   */
  constructor(
    readers: Readers,
    segments: Iterable<Segment>,
    total: number | null,
    limit: number,
    marks: string | null,
  ) {
    this.#readers = readers;
    this.marks = marks;
    const reader = readers.take();
    this.#reader = reader;
    this.#keys = new Float64Array(total ?? 0);
    try {
      // One transaction, so that all segments see the same library. It sees a database as it is at
      // the first look into it, so both are looked into now.
      reader.exec('BEGIN');
      reader.prepare('SELECT EXISTS (SELECT 1 FROM papers), EXISTS (SELECT 1 FROM list)').get();
      if (total === null) this.#readAll(reader, segments);
      else {
        this.#rest = this.#follow(reader, segments);
        this.#advance(limit);
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** True when every key has been read. */
  get complete(): boolean {
    return this.#reader === null;
  }

  /** How many papers it holds. */
  get total(): number {
    return this.#keys.length;
  }

  /** Keys `[from, to)`. */
  keys(from: number, to: number): Float64Array {
    this.#advance(to);
    return this.#keys.subarray(from, to);
  }

  /** Index of a key, or null. */
  indexOf(key: number): number | null {
    const index = this.#keys.subarray(0, this.#count).indexOf(key);
    if (index >= 0 || this.complete) return index < 0 ? null : index;
    this.#advance(this.total);
    return this.indexOf(key);
  }

  /** Reads up to `more` further keys. */
  readOn(more: number): void {
    this.#advance(this.#count + more);
  }

  /** Lets go of the library. Keys not read by then are not there. */
  close(): void {
    const reader = this.#reader;
    if (reader === null) return;
    this.#reader = null;
    this.#rest?.return?.();
    this.#rest = null;
    if (reader.isTransaction) reader.exec('COMMIT');
    this.#readers.giveBack(reader);
  }

  /**
   * Words need all matches to be ranked anyway. One JSON text is the fastest way out of SQLite and
   * makes no object per row; SQLite keeps the order of the inner statement for such an aggregate.
   */
  #readAll(reader: DatabaseSync, segments: Iterable<Segment>): void {
    const parts: number[][] = [];
    for (const { sql, parameters } of segments) {
      const row = reader.prepare(`SELECT json_group_array(paper) AS keys FROM (${sql})`).get(...parameters);
      parts.push(JSON.parse(String(row?.['keys'])) as number[]);
    }
    this.#keys = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
    for (const part of parts) {
      this.#keys.set(part, this.#count);
      this.#count += part.length;
    }
    this.close();
  }

  *#follow(reader: DatabaseSync, segments: Iterable<Segment>): Generator<number, void, void> {
    for (const segment of segments) {
      for (const row of rowsOf(reader, segment).iterate(...segment.parameters) as unknown as Iterable<KeyRow>) {
        yield row[0];
      }
    }
  }

  #advance(wanted: number): void {
    if (this.#rest === null) return;
    const target = Math.min(wanted, this.total);
    while (this.#count < target) {
      const next = this.#rest.next();
      if (next.done) break;
      this.#keys[this.#count++] = next.value;
    }
    if (this.#count < this.total) {
      if (this.#count >= target) return;
      this.#keys = this.#keys.slice(0, this.#count);
    }
    this.close();
  }
}
