import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { OffprintError } from '../../shared/outcome.ts';
import { statuses } from '../../shared/paper.ts';
import type { MirroredMarks, MirrorStep } from './corpus.ts';
import { transaction } from './database.ts';
import { tagsKey } from './sort-keys.ts';

/**
 * The mirror of the reader's marks in the corpus: what views filter, sort and count by. The store
 * owns the marks; this can be rebuilt from it at any time with {@link MarksMirror.replace}.
 */
export class MarksMirror {
  readonly #database: DatabaseSync;
  readonly #find: StatementSync;
  readonly #update: StatementSync;
  readonly #oldTags: StatementSync;
  readonly #addTag: StatementSync;
  readonly #removeTag: StatementSync;
  readonly #keepOrphan: StatementSync;
  readonly #orphan: StatementSync;
  readonly #dropOrphan: StatementSync;
  readonly #anyOrphan: StatementSync;
  readonly #stamp: StatementSync;
  readonly #setStamp: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const prepare = (sql: string) => database.prepare(sql);
    this.#find = prepare(`
      SELECT json_group_array(json_object('paper', paper, 'tagged', tagged)) AS found
      FROM (SELECT l.paper, l.tags_key IS NOT NULL AS tagged FROM json_each(?) given
        LEFT JOIN identifiers i ON i.id = given.value LEFT JOIN list l ON l.paper = i.paper)`);
    this.#update = prepare(`
      UPDATE list SET status = ?1, starred = ?2, noted = ?3, changed_at = ?4, tags_key = ?5
      WHERE paper IN (SELECT value FROM json_each(?6)) AND (status, starred, noted, changed_at, tags_key) IS NOT (?1, ?2, ?3, ?4, ?5)`);
    this.#oldTags = prepare('SELECT tag FROM paper_tags WHERE paper = ?');
    this.#addTag = prepare('INSERT OR IGNORE INTO paper_tags (tag, paper) VALUES (?, ?)');
    this.#removeTag = prepare('DELETE FROM paper_tags WHERE tag = ? AND paper = ?');
    this.#keepOrphan = prepare('INSERT OR REPLACE INTO orphan_marks VALUES (?, ?, ?, ?, ?, ?)');
    this.#orphan = prepare('SELECT * FROM orphan_marks WHERE id = ?');
    this.#dropOrphan = prepare('DELETE FROM orphan_marks WHERE id = ?');
    this.#anyOrphan = prepare('SELECT 1 FROM orphan_marks LIMIT 1');
    this.#stamp = prepare("SELECT value FROM meta WHERE name = 'marks_stamp'");
    this.#setStamp = prepare("INSERT OR REPLACE INTO meta VALUES ('marks_stamp', ?)");
  }

  /** The stamp of the store's state that the mirror shows, or null for a new database. */
  stamp(): string | null {
    const row = this.#stamp.get();
    return row === undefined ? null : String(row['value']);
  }

  /**
   * Brings the given papers up to date.
   * @throws OffprintError `internal` when the mirror's stamp is not `from`; nothing is changed then
   */
  apply({ from, to }: MirrorStep, marks: readonly MirroredMarks[]): void {
    transaction(this.#database, () => {
      if (this.stamp() !== from) throw new OffprintError('internal', 'The copy of the marks lacks an earlier change.');
      this.#applyAll(marks);
      this.#setStamp.run(to);
    });
  }

  /** Makes the whole mirror say what `marks` says, and nothing else. Rows that already do are not written. */
  replace(stamp: string, marks: readonly MirroredMarks[]): void {
    transaction(this.#database, () => {
      this.#database.exec('DELETE FROM orphan_marks; CREATE TEMP TABLE marked (paper INTEGER PRIMARY KEY);');
      const remember = this.#database.prepare('INSERT OR IGNORE INTO temp.marked VALUES (?)');
      for (const paper of this.#applyAll(marks)) remember.run(paper);
      this.#database.exec(`
        DELETE FROM paper_tags WHERE paper NOT IN (SELECT paper FROM temp.marked);
        UPDATE list SET status = 0, starred = 0, noted = 0, changed_at = NULL, tags_key = NULL
        WHERE (status <> 0 OR starred <> 0 OR noted <> 0 OR changed_at IS NOT NULL OR tags_key IS NOT NULL)
          AND paper NOT IN (SELECT paper FROM temp.marked);
        DROP TABLE temp.marked;`);
      this.#setStamp.run(stamp);
    });
  }

  /** True when marks wait for papers that are not here; then {@link adopt} must be asked for new ones. */
  hasOrphans(): boolean {
    return this.#anyOrphan.get() !== undefined;
  }

  /**
   * Gives a paper the marks that waited for its ids; those of an earlier id count. Runs inside the
   * caller's transaction.
   */
  adopt(ids: readonly string[]): void {
    for (const id of ids.toReversed()) {
      const row = this.#orphan.get(id);
      if (row === undefined) continue;
      this.#dropOrphan.run(id);
      this.#applyAll([
        {
          id,
          status: statuses[Number(row['status'])] ?? 'unread',
          starred: row['starred'] === 1,
          hasNote: row['noted'] === 1,
          changedAt: row['changed_at'] === null ? null : Number(row['changed_at']),
          tags: JSON.parse(String(row['tags'])) as string[],
        },
      ]);
    }
  }

  /** Writes marks down, inside a transaction. Returns the papers that are here. */
  #applyAll(marks: readonly MirroredMarks[]): Set<number> {
    const ids = JSON.stringify(marks.map(({ id }) => id));
    const found = JSON.parse(String(this.#find.get(ids)?.['found'])) as { paper: number | null; tagged: number }[];
    // Two ids may be of one paper: what is said last holds.
    const here = new Map<number, MirroredMarks>();
    const tagged = new Set<number>();
    for (const [index, mark] of marks.entries()) {
      const { paper = null, tagged: hadTags = 0 } = found[index] ?? {};
      if (paper === null) this.#applyLater(mark);
      else {
        here.set(paper, mark);
        if (hadTags === 1 || mark.tags.length > 0) tagged.add(paper);
      }
    }
    // Papers that say the same are written together: at 100,000 of them that takes a quarter of the time.
    const alike = Map.groupBy(here, ([, mark]) => JSON.stringify([...flagsOf(mark), tagsKey(mark.tags)]));
    for (const [values, papers] of alike) {
      const keys = JSON.stringify(papers.map(([paper]) => paper));
      this.#update.run(...(JSON.parse(values) as [number, number, number, number | null, string | null]), keys);
    }
    for (const paper of tagged) this.#applyTags(paper, here.get(paper)?.tags ?? []);
    return new Set(here.keys());
  }

  #applyLater(mark: MirroredMarks): void {
    // Only a paper that the reader has said nothing of has never been changed.
    if (mark.changedAt === null) this.#dropOrphan.run(mark.id);
    else this.#keepOrphan.run(mark.id, ...flagsOf(mark), JSON.stringify(mark.tags));
  }

  #applyTags(paper: number, tags: readonly string[]): void {
    for (const { tag } of this.#oldTags.all(paper)) {
      if (!tags.includes(String(tag))) this.#removeTag.run(String(tag), paper);
    }
    for (const tag of tags) this.#addTag.run(tag, paper);
  }
}

function flagsOf({ status, starred, hasNote, changedAt }: MirroredMarks): [number, number, number, number | null] {
  return [statuses.indexOf(status), Number(starred), Number(hasNote), changedAt];
}
