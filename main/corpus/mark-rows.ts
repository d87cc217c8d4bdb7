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

/** What has been written of a paper. */
export interface PutRecord {
  /** The record written, if it was a single one and is there now. The paper may have others. */
  record: MarksRecord | null;
  /** Whether its note may be another than it was. */
  renoted: boolean;
}

interface Found {
  isNew: boolean;
  /** Key of the paper that it is of, if that is here. */
  paper: number | null;
  /** Whether it had a note. */
  noted: boolean;
}

/** What the reader's records say, by id: the tables `marks` and `record_notes`. */
export class MarkRows {
  readonly #database: DatabaseSync;
  readonly #found: StatementSync;
  readonly #papers: StatementSync;
  readonly #add: StatementSync;
  readonly #update: StatementSync;
  readonly #putNote: StatementSync;
  readonly #drop: StatementSync;
  readonly #several: StatementSync;
  readonly #ofPapers: StatementSync;
  readonly #strayed: StatementSync;
  readonly #assign: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const prepare = (sql: string) => database.prepare(sql);
    // One JSON text is the fastest way out of SQLite; it keeps the order of what is given.
    this.#found = prepare(`
      SELECT json_group_array(CASE WHEN m.id IS NULL THEN 'new' ELSE m.paper END) AS papers,
        json_group_array(m.noted) AS noted
      FROM json_each(?) given LEFT JOIN marks m ON m.id = given.value`);
    this.#papers = prepare(`
      SELECT json_group_array(paper) AS papers FROM (SELECT ${paperOfId('given.value')} AS paper FROM json_each(?) given)`);
    const columns = 'status, starred, noted, changed_at, tags, absorbs, read_at';
    this.#add = prepare(`
      INSERT INTO marks (id, paper, ${columns}) SELECT key, value, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM json_each(?1)`);
    this.#update = prepare(`
      UPDATE marks SET (${columns}) = (?2, ?3, ?4, ?5, ?6, ?7, ?8) WHERE id IN (SELECT value FROM json_each(?1))`);
    this.#putNote = prepare(`
      INSERT INTO record_notes VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET note = excluded.note
      WHERE note <> excluded.note`);
    this.#drop = prepare('DELETE FROM marks WHERE id = ?');
    this.#several = prepare(`
      SELECT json_group_array(value) AS papers FROM json_each(?)
      WHERE (SELECT count(*) FROM marks WHERE paper = value) > 1`);
    this.#ofPapers = prepare(`
      SELECT m.paper, m.id, m.status, m.starred, m.noted, m.changed_at, m.tags, m.absorbs, m.read_at
      FROM json_each(?) given CROSS JOIN marks m ON m.paper = given.value`);
    this.#ofPapers.setReturnArrays(true);
    this.#strayed = prepare(`
      SELECT id, paper, now FROM (SELECT m.id, m.paper, ${paperOfId('m.id')} AS now FROM marks m) WHERE paper IS NOT now`);
    this.#assign = prepare('UPDATE marks SET paper = ? WHERE id = ?');
  }

  /** Writes down what records say, each id once. Returns the papers of these that are here, by key. */
  put(marks: readonly MirroredMarks[]): Map<number, PutRecord> {
    const found = this.#find(marks.map(({ id }) => id));
    const touched = new Map<number, PutRecord>();
    const added = new Map<string, { mark: MirroredMarks; records: [PaperId, number | null][] }>();
    const updated = new Map<string, { mark: MirroredMarks; records: PaperId[] }>();
    for (const [index, mark] of marks.entries()) {
      const { isNew, paper, noted } = found[index] as Found;
      const stays = isRecord(mark);
      if (stays && isNew) push(added, mark, [mark.id, paper]);
      else if (stays) push(updated, mark, mark.id);
      else if (!isNew) this.#drop.run(mark.id);
      const renoted = stays && mark.hasNote ? this.#setNote(mark) : noted;
      if (paper === null) continue;
      const other = touched.get(paper);
      const record = stays && !other ? mark : null;
      touched.set(paper, { record, renoted: renoted || (other?.renoted ?? false) });
    }
    // Records that say the same are written together.
    for (const { mark, records } of added.values()) {
      this.#add.run(JSON.stringify(Object.fromEntries(records)), ...columnsOf(mark));
    }
    for (const { mark, records } of updated.values()) this.#update.run(JSON.stringify(records), ...columnsOf(mark));
    return touched;
  }

  #setNote({ id, note }: MirroredMarks): boolean {
    return this.#putNote.run(id, note).changes > 0;
  }

  #find(ids: readonly PaperId[]): Found[] {
    const row = this.#found.get(JSON.stringify(ids)) ?? {};
    const papers = JSON.parse(String(row['papers'])) as (number | null | 'new')[];
    const noted = JSON.parse(String(row['noted'])) as (number | null)[];
    const added = ids.filter((_, index) => papers[index] === 'new');
    const papersOfAdded = JSON.parse(String(this.#papers.get(JSON.stringify(added))?.['papers'])) as (number | null)[];
    let next = 0;
    return papers.map((paper, index) => {
      if (paper === 'new') return { isNew: true, paper: papersOfAdded[next++] ?? null, noted: false };
      return { isNew: false, paper, noted: noted[index] === 1 };
    });
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

  /** Those of these papers that have several records. */
  several(papers: Iterable<number>): number[] {
    return JSON.parse(String(this.#several.get(JSON.stringify([...papers]))?.['papers'])) as number[];
  }

  /** The records of papers, by key; papers without are left out. */
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

/** Only a record that is not there (any more) has never been changed. */
function isRecord({ status, starred, hasNote, changedAt, tags }: MirroredMarks): boolean {
  return changedAt !== null || status !== 'unread' || starred || hasNote || tags.length > 0;
}

/** The columns of a record but its id and its paper. */
function columnsOf({ status, starred, hasNote, changedAt, tags, absorbs, readAt }: MirroredMarks) {
  const flags = [statuses.indexOf(status), Number(starred), Number(hasNote)] as const;
  return [...flags, changedAt, JSON.stringify(tags), absorbs ? JSON.stringify(absorbs) : null, readAt] as const;
}

/** The same as one text. */
function saidBy({ status, starred, hasNote, changedAt, tags, absorbs, readAt }: MirroredMarks): string {
  const lists = `${tags.length > 0 ? JSON.stringify(tags) : ''}${absorbs ? JSON.stringify(absorbs) : ''}`;
  return `${status} ${starred} ${hasNote} ${changedAt} ${readAt} ${lists}`;
}

function push<Record>(
  alike: Map<string, { mark: MirroredMarks; records: Record[] }>,
  mark: MirroredMarks,
  record: Record,
) {
  const said = saidBy(mark);
  const others = alike.get(said);
  if (others) others.records.push(record);
  else alike.set(said, { mark, records: [record] });
}
