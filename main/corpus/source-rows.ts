import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { formatOf } from '../importers/registry.ts';
import { highestKey } from './migrations.ts';
import { keptSource } from './record-rows.ts';
import { sortKey } from './sort-keys.ts';

/** A source as its row says. */
export interface SourceRow {
  id: number;
  name: string;
  format: string;
  /** Milliseconds since 1970. */
  importedAt: number;
  /** SHA-256 of the bytes in hexadecimal, and the name under which they are kept in `captures/`. */
  digest: string | null;
  capture: string | null;
  /** The place in the page order that its record 0 would have. */
  firstKey: number;
}

/** What is known of a source before it gets a number. */
export type NewSource = Omit<SourceRow, 'id' | 'firstKey'>;

/** Reads and writes the table `sources`, and gives out places in the page order. */
export class SourceRows {
  /** Read once for each transaction; there are few sources. */
  #known = new Map<number, SourceRow>();
  /** Sources whose `count` may be wrong by now. */
  readonly #uncounted = new Set<number>();
  readonly #all: StatementSync;
  readonly #add: StatementSync;
  readonly #remove: StatementSync;
  readonly #lowestKey: StatementSync;
  readonly #setLowestKey: StatementSync;
  readonly #count: StatementSync;
  readonly #setCapture: StatementSync;

  constructor(database: DatabaseSync) {
    const prepare = (sql: string) => database.prepare(sql);
    this.#all = prepare('SELECT * FROM sources');
    this.#add = prepare(`
      INSERT INTO sources (id, name, name_key, format, format_label, imported_at, digest, capture, first_key)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#remove = prepare('DELETE FROM sources WHERE id = ?');
    this.#lowestKey = prepare("SELECT value FROM meta WHERE name = 'lowest_key'");
    this.#setLowestKey = prepare("INSERT OR REPLACE INTO meta VALUES ('lowest_key', ?)");
    this.#count = prepare(`
      UPDATE sources SET count = (SELECT count(*) FROM appearances WHERE source = ?1) WHERE id = ?1`);
    this.#setCapture = prepare('UPDATE sources SET capture = ? WHERE id = ?');
  }

  /**
   * Reads the table again; for the beginning of a transaction and for whenever something is rolled back.
   * Sources that are still there are counted nevertheless: what came before may have stayed.
   */
  reread(): void {
    this.#known = new Map(
      this.#all.all().map((row) => {
        const textOrNull = (name: string) => (row[name] === null ? null : String(row[name]));
        const source: SourceRow = {
          id: Number(row['id']),
          name: String(row['name']),
          format: String(row['format']),
          importedAt: Number(row['imported_at']),
          digest: textOrNull('digest'),
          capture: textOrNull('capture'),
          firstKey: Number(row['first_key']),
        };
        return [source.id, source];
      }),
    );
    for (const id of this.#uncounted) if (!this.#known.has(id)) this.#uncounted.delete(id);
  }

  get(id: number): SourceRow | undefined {
    return this.#known.get(id);
  }

  /** The newest source made of these bytes, read as this format. */
  ofDigest(digest: string, format: string): SourceRow | undefined {
    return [...this.#known.values()]
      .filter((source) => source.digest === digest && source.format === format)
      .sort((a, b) => b.id - a.id)[0];
  }

  /** Does any source have its bytes in this file of `captures/`? */
  usesCapture(capture: string): boolean {
    return [...this.#known.values()].some((source) => source.capture === capture);
  }

  /** Time never runs backwards in the library, whatever the clock does: the newest source is the last imported. */
  timeOfImport(now: number): number {
    let time = now;
    for (const { importedAt } of this.#known.values()) time = Math.max(time, importedAt);
    return time;
  }

  /** The lowest key that has been given out. */
  lowestKey(): number {
    return Number(this.#lowestKey.get()?.['value'] ?? highestKey);
  }

  /** Adds a source for which `size` places in the page order are set aside, below all others. */
  add(source: NewSource, size: number): SourceRow {
    const firstKey = this.lowestKey() - size - 1;
    this.#setLowestKey.run(firstKey);
    return this.#insert(null, { ...source, firstKey });
  }

  /** Adds a source that was there before, just as it was. */
  restore({ id, ...source }: SourceRow): SourceRow {
    return this.#insert(id, source);
  }

  #insert(id: number | null, source: Omit<SourceRow, 'id'>): SourceRow {
    const { name, format, importedAt, digest, capture, firstKey } = source;
    const label = formatOf(format)?.label ?? format;
    const added = this.#add.run(id, name, sortKey(name), format, label, importedAt, digest, capture, firstKey);
    const row = { id: Number(added.lastInsertRowid), ...source };
    this.#known.set(row.id, row);
    this.#uncounted.add(row.id);
    return row;
  }

  remove(id: number): void {
    this.#remove.run(id);
    this.#known.delete(id);
    this.#uncounted.delete(id);
  }

  /** Says in which file of `captures/` the bytes of a source are. */
  setCapture(id: number, capture: string): void {
    this.#setCapture.run(capture, id);
    const source = this.#known.get(id);
    if (source) source.capture = capture;
  }

  /** Says that the number of a source's papers may have changed. */
  miscount(id: number): void {
    if (id !== keptSource) this.#uncounted.add(id);
  }

  /** Counts again whatever may have changed. */
  recount(): void {
    for (const id of this.#uncounted) this.#count.run(id);
    this.#uncounted.clear();
  }
}
