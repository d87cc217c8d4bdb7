import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PaperId } from '../../shared/paper.ts';
import type { ImportedMarks } from '../importers/importer.ts';
import type { PaperRows } from './paper-rows.ts';
import type { Touched } from './touched.ts';

/** What imported files say that a reader said: put aside in a temporary table until somebody asks for it. */
export class ImportedMarksTable {
  readonly #database: DatabaseSync;
  readonly #add: StatementSync;
  readonly #move: StatementSync;
  readonly #papers: StatementSync;
  readonly #page: StatementSync;
  #any = false;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`
      CREATE TEMP TABLE imported_marks (
        number INTEGER PRIMARY KEY, source INTEGER NOT NULL, position INTEGER NOT NULL, paper INTEGER NOT NULL,
        marks TEXT NOT NULL
      );
      CREATE INDEX temp.imported_marks_record ON imported_marks (source, position);`);
    this.#add = database.prepare(
      'INSERT INTO temp.imported_marks (source, position, paper, marks) VALUES (?, ?, ?, ?)',
    );
    this.#move = database.prepare('UPDATE temp.imported_marks SET paper = ? WHERE source = ? AND position = ?');
    this.#papers = database.prepare(
      'SELECT DISTINCT paper FROM temp.imported_marks WHERE paper > ? ORDER BY paper LIMIT 200',
    );
    this.#page = database.prepare(`
      SELECT p.id, m.marks FROM temp.imported_marks m JOIN papers p ON p.key = m.paper
      ORDER BY m.number LIMIT ? OFFSET ?`);
  }

  clear(): void {
    this.#database.exec('DELETE FROM temp.imported_marks');
    this.#any = false;
  }

  /** Puts aside what a record says; nothing when that is nothing. */
  add(source: number, position: number, paper: number, marks: ImportedMarks | null): void {
    if (marks === null) return;
    const { note, tags, status, starred, highlights } = marks;
    if (note === '' && tags.length === 0 && status === null && !starred && highlights === undefined) return;
    this.#add.run(source, position, paper, JSON.stringify({ note, tags, status, starred, highlights }));
    this.#any = true;
  }

  /** Says which paper a record is about after all. */
  move(source: number, position: number, paper: number): void {
    if (this.#any) this.#move.run(paper, source, position);
  }

  /**
   * Counts the papers for which something is put aside and that the reader has not touched.
   * @returns a generator that pauses now and then and ends with the number
   */
  *countUntouched(papers: PaperRows, touched: Touched): Generator<void, number> {
    let count = 0;
    for (let last = Number.MIN_SAFE_INTEGER; ; ) {
      const some = this.#papers.all(last).map(({ paper }) => Number(paper));
      for (const paper of some) {
        if (!touched.isTouched(papers, paper, touched.among(papers.idsOf(paper)))) count += 1;
      }
      last = some.at(-1) ?? last;
      if (some.length === 0) return count;
      yield;
    }
  }

  /** What is put aside, by the id that each paper has now, in the order in which it was read. */
  page(offset: number, limit: number): { id: PaperId; marks: ImportedMarks }[] {
    return this.#page.all(limit, offset).map(({ id, marks }) => ({
      id: String(id),
      marks: JSON.parse(String(marks)) as ImportedMarks,
    }));
  }
}
