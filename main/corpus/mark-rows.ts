import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type PaperId, statuses } from '../../shared/paper.ts';
import type { MirroredMarks } from './corpus.ts';

/**
 * SQL for the key of the paper that an id is of: the one whose own id it is, else the only one
 * that has it, else NULL.
 * @param id SQL for the id
 */
export function paperOfId(id: string): string {
  return `(SELECT CASE count(*) WHEN 1 THEN max(i.paper) ELSE (
      SELECT p.key FROM identifiers j CROSS JOIN papers p ON p.key = j.paper WHERE j.id = ${id} AND p.id = ${id}
    ) END FROM identifiers i WHERE i.id = ${id})`;
}

/** A record of the reader's without the text of its note. */
export type MarksRecord = Omit<MirroredMarks, 'note'>;

/** What the reader's records say, by id: the tables `marks` and `record_notes`. */
export class MarkRows {
  readonly #database: DatabaseSync;
  readonly #papers: StatementSync;
  readonly #put: StatementSync;
  readonly #putNote: StatementSync;
  readonly #drop: StatementSync;
  readonly #ofPapers: StatementSync;
  readonly #strayed: StatementSync;
  readonly #assign: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const prepare = (sql: string) => database.prepare(sql);
    this.#papers = prepare(`
      SELECT json_group_array(paper) AS papers FROM (SELECT ${paperOfId('given.value')} AS paper FROM json_each(?) given)`);
    this.#put = prepare(`
      INSERT INTO marks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO UPDATE SET status = ?2,
        starred = ?3, noted = ?4, changed_at = ?5, tags = ?6, absorbs = ?7, paper = ?8, read_at = ?9`);
    this.#putNote = prepare(`
      INSERT INTO record_notes VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET note = excluded.note
      WHERE note <> excluded.note`);
    this.#drop = prepare('DELETE FROM marks WHERE id = ?');
    this.#ofPapers = prepare(`
      SELECT m.paper, m.id, m.status, m.starred, m.noted, m.changed_at, m.tags, m.absorbs, m.read_at
      FROM json_each(?) given CROSS JOIN marks m ON m.paper = given.value`);
    this.#ofPapers.setReturnArrays(true);
    this.#strayed = prepare(`
      SELECT id, paper, now FROM (SELECT m.id, m.paper, ${paperOfId('m.id')} AS now FROM marks m) WHERE paper IS NOT now`);
    this.#assign = prepare('UPDATE marks SET paper = ? WHERE id = ?');
  }

  /**
   * Writes down what records say.
   * @returns the papers that are here of those, and whether the note of one of its records is another now
   */
  put(marks: readonly MirroredMarks[]): Map<number, boolean> {
    const ids = JSON.stringify(marks.map(({ id }) => id));
    const papers = JSON.parse(String(this.#papers.get(ids)?.['papers'])) as (number | null)[];
    const here = new Map<number, boolean>();
    for (const [index, mark] of marks.entries()) {
      const paper = papers[index] ?? null;
      const renoted = this.#write(mark, paper);
      if (paper !== null) here.set(paper, renoted || (here.get(paper) ?? false));
    }
    return here;
  }

  /** Returns whether the record's note may be another than it was; one that is gone need not be told. */
  #write(mark: MirroredMarks, paper: number | null): boolean {
    const { id, status, starred, hasNote, note, changedAt, tags, absorbs, readAt } = mark;
    // Only a record that is not there (any more) has never been changed.
    if (changedAt === null && status === 'unread' && !starred && !hasNote && tags.length === 0) {
      return this.#drop.run(id).changes > 0;
    }
    const taken = absorbs ? JSON.stringify(absorbs) : null;
    const flags = [statuses.indexOf(status), Number(starred), Number(hasNote)] as const;
    this.#put.run(id, ...flags, changedAt, JSON.stringify(tags), taken, paper, readAt);
    return hasNote && this.#putNote.run(id, note).changes > 0;
  }

  /** Forgets all records. Returns the papers that they were of. */
  clear(): Set<number> {
    const papers = this.marked(0, Number.MAX_SAFE_INTEGER);
    this.#database.exec('DELETE FROM marks; DELETE FROM record_notes;');
    return papers;
  }

  /** Papers with keys `[from, to)` that have records. */
  marked(from: number, to: number): Set<number> {
    const rows = this.#database
      .prepare('SELECT DISTINCT paper FROM marks WHERE paper >= ? AND paper < ?')
      .all(from, to);
    return new Set(rows.map(({ paper }) => Number(paper)));
  }

  /** Finds out anew which papers all records are of. Returns the papers that lost or got one. */
  settle(): Set<number> {
    const touched = new Set<number>();
    for (const { id, paper, now } of this.#strayed.all()) {
      this.#assign.run(now ?? null, String(id));
      for (const key of [paper, now]) if (typeof key === 'number') touched.add(key);
    }
    return touched;
  }

  /** The records of papers, by key, without the text of their notes; papers without are left out. */
  ofPapers(papers: Iterable<number>): Map<number, MarksRecord[]> {
    const records = new Map<number, MarksRecord[]>();
    const rows = this.#ofPapers.all(JSON.stringify([...papers])) as unknown as unknown[][];
    for (const [paper, id, status, starred, noted, changedAt, tags, absorbs, readAt] of rows) {
      const record: MarksRecord = {
        id: String(id),
        status: statuses[Number(status)] ?? 'unread',
        starred: starred === 1,
        hasNote: noted === 1,
        changedAt: changedAt === null ? null : Number(changedAt),
        tags: tags === '[]' ? [] : (JSON.parse(String(tags)) as string[]),
        readAt: readAt === null ? null : Number(readAt),
        ...(absorbs !== null && { absorbs: JSON.parse(String(absorbs)) as Record<PaperId, number> }),
      };
      const others = records.get(Number(paper));
      if (others) others.push(record);
      else records.set(Number(paper), [record]);
    }
    return records;
  }
}
