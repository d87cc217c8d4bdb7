import type { DatabaseSync, StatementSync } from 'node:sqlite';
import * as z from 'zod';
import { type PaperFacts, parseRecord, printRecord } from './record-body.ts';

/** Where a record of source 0, which holds what was kept of removed sources, came from. */
export interface KeptFrom {
  /** The id that its source had: ids are never given out twice. */
  source: number;
  /** When that was imported. */
  importedAt: number;
  /** It says no more than what the record can be told by. */
  idsOnly: boolean;
}

/** The source of records that outlive theirs because the reader had touched the paper. */
export const keptSource = 0;

/** One record of a source, as it stands in `appearances` or `repeats`. */
export interface RecordRow {
  source: number;
  /** Its place among the records of its source, from 1; of a kept record, its place in the page order. */
  position: number;
  /** The line or record that it stands at, in words. */
  place: string;
  paper: number;
  /** It stands in `repeats`. */
  repeats: boolean;
  /** Its row in `records`; null when it says just what the paper shows. */
  record: number | null;
}

const keptSchema = z.object({
  kept: z.object({ source: z.int(), importedAt: z.int(), idsOnly: z.boolean().default(false) }),
});

/** What stands in `records.body` for a kept record. */
export function printKept(facts: PaperFacts, kept: KeptFrom): string {
  return `${printRecord(facts).slice(0, -1)},"kept":${JSON.stringify(kept)}}`;
}

/** The part of a body that says where a kept record came from. */
export function parseKept(body: string): KeptFrom {
  const parsed = keptSchema.safeParse(JSON.parse(body));
  return parsed.success ? parsed.data.kept : { source: keptSource, importedAt: 0, idsOnly: false };
}

/** Reads and writes what sources say: the tables `appearances`, `repeats` and `records`. */
export class RecordRows {
  /** Whether what is kept of removed sources may be other than whoever last set this to false has seen. */
  isKeptChanged = true;
  readonly #ofPaper: StatementSync;
  readonly #ofPaperRepeats: StatementSync;
  readonly #addAppearance: StatementSync;
  readonly #addRepeat: StatementSync;
  readonly #dropAppearance: StatementSync;
  readonly #dropRepeat: StatementSync;
  readonly #appearance: StatementSync;
  readonly #body: StatementSync;
  readonly #addBody: StatementSync;
  readonly #dropBody: StatementSync;
  readonly #differing: StatementSync;
  readonly #lastPosition: StatementSync;

  constructor(database: DatabaseSync) {
    const prepare = (sql: string) => database.prepare(sql);
    this.#ofPaper = prepare('SELECT source, position, place, record FROM appearances WHERE paper = ?');
    this.#ofPaperRepeats = prepare('SELECT source, position, place, record FROM repeats WHERE paper = ?');
    this.#addAppearance = prepare(
      'INSERT OR IGNORE INTO appearances (source, paper, position, place, record) VALUES (?, ?, ?, ?, ?)',
    );
    this.#addRepeat = prepare('INSERT INTO repeats (source, position, paper, place, record) VALUES (?, ?, ?, ?, ?)');
    this.#dropAppearance = prepare('DELETE FROM appearances WHERE source = ? AND paper = ?');
    this.#dropRepeat = prepare('DELETE FROM repeats WHERE source = ? AND position = ?');
    this.#appearance = prepare('SELECT position, place FROM appearances WHERE source = ? AND paper = ?');
    this.#body = prepare('SELECT body FROM records WHERE id = ?');
    this.#addBody = prepare('INSERT INTO records (body) VALUES (?)');
    this.#dropBody = prepare('DELETE FROM records WHERE id = ?');
    this.#lastPosition = prepare(`
      SELECT max(position) AS position FROM
        (SELECT position FROM appearances WHERE source = ?1 UNION ALL SELECT position FROM repeats WHERE source = ?1)`);
    this.#differing = prepare(`
      SELECT EXISTS (SELECT 1 FROM appearances WHERE paper = ?1 AND record IS NOT NULL)
        OR EXISTS (SELECT 1 FROM repeats WHERE paper = ?1 AND record IS NOT NULL) AS differs`);
  }

  /** The records of a paper, in no order. */
  ofPaper(paper: number): RecordRow[] {
    const read = (statement: StatementSync, repeats: boolean) =>
      statement.all(paper).map(
        (row): RecordRow => ({
          source: Number(row['source']),
          position: Number(row['position']),
          place: String(row['place']),
          paper,
          repeats,
          record: row['record'] === null ? null : Number(row['record']),
        }),
      );
    return [...read(this.#ofPaper, false), ...read(this.#ofPaperRepeats, true)];
  }

  /** Does any record of the paper say other than what the paper shows? */
  anyDiffers(paper: number): boolean {
    return Number(this.#differing.get(paper)?.['differs']) === 1;
  }

  /**
   * Adds a record: the first one of its source in the paper to `appearances`, any other to `repeats`.
   * @returns whether it was the first
   */
  add(source: number, position: number, paper: number, place: string, record: number | null): boolean {
    this.isKeptChanged ||= source === keptSource;
    if (this.#addAppearance.run(source, paper, position, place, record).changes === 1) return true;
    this.#addRepeat.run(source, position, paper, place, record);
    return false;
  }

  /** Adds a record just as `row` says. */
  put(row: RecordRow): void {
    if (row.repeats) this.#addRepeat.run(row.source, row.position, row.paper, row.place, row.record);
    else this.#addAppearance.run(row.source, row.paper, row.position, row.place, row.record);
  }

  /** Takes a record out of `appearances` or `repeats`; what it said stays in `records`. */
  drop(row: RecordRow): void {
    this.isKeptChanged ||= row.source === keptSource;
    if (row.repeats) this.#dropRepeat.run(row.source, row.position);
    else this.#dropAppearance.run(row.source, row.paper);
  }

  /** The place of the first record that a source has of a paper, or null. */
  firstPlace(source: number, paper: number): string | null {
    const found = this.#appearance.get(source, paper);
    return found === undefined ? null : String(found['place']);
  }

  /** The highest position of any record of a source; 0 when it has none. */
  lastPosition(source: number): number {
    return Number(this.#lastPosition.get(source)?.['position'] ?? 0);
  }

  /** What a row of `records` says, as `printRecord` or {@link printKept} wrote it. */
  body(record: number): string {
    return String(this.#body.get(record)?.['body'] ?? '{}');
  }

  /** What a record says. @param shown what its paper shows */
  facts(row: RecordRow, shown: PaperFacts): PaperFacts {
    return row.record === null ? shown : parseRecord(this.body(row.record));
  }

  /** Adds a row to `records` and returns its id. */
  addBody(body: string): number {
    return Number(this.#addBody.run(body).lastInsertRowid);
  }

  dropBody(record: number): void {
    this.#dropBody.run(record);
  }
}
