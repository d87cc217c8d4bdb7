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
    this.#find = prepare(
      'SELECT i.paper, l.tags_key IS NOT NULL AS tagged FROM identifiers i JOIN list l USING (paper) WHERE i.id = ?',
    );
    this.#update = prepare(`
      UPDATE list SET status = ?1, starred = ?2, noted = ?3, changed_at = ?4, tags_key = ?5
      WHERE paper = ?6 AND (status, starred, noted, changed_at, tags_key) IS NOT (?1, ?2, ?3, ?4, ?5)`);
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
      for (const mark of marks) this.#applyOne(mark);
      this.#setStamp.run(to);
    });
  }

  /** Makes the whole mirror say what `marks` says, and nothing else. Rows that already do are not written. */
  replace(stamp: string, marks: readonly MirroredMarks[]): void {
    transaction(this.#database, () => {
      this.#database.exec('DELETE FROM orphan_marks; CREATE TEMP TABLE marked (paper INTEGER PRIMARY KEY);');
      const remember = this.#database.prepare('INSERT OR IGNORE INTO temp.marked VALUES (?)');
      for (const mark of marks) {
        const paper = this.#applyOne(mark);
        if (paper !== null) remember.run(paper);
      }
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
      this.#applyOne({
        id,
        status: statuses[Number(row['status'])] ?? 'unread',
        starred: row['starred'] === 1,
        hasNote: row['noted'] === 1,
        changedAt: row['changed_at'] === null ? null : Number(row['changed_at']),
        tags: JSON.parse(String(row['tags'])) as string[],
      });
    }
  }

  #applyOne({ id, status, starred, hasNote, changedAt, tags }: MirroredMarks): number | null {
    const values = [statuses.indexOf(status), Number(starred), Number(hasNote), changedAt] as const;
    const found = this.#find.get(id);
    if (found === undefined) {
      // Only a paper that the reader has said nothing of has never been changed.
      if (changedAt === null) this.#dropOrphan.run(id);
      else this.#keepOrphan.run(id, ...values, JSON.stringify(tags));
      return null;
    }
    const paper = Number(found['paper']);
    this.#update.run(...values, tagsKey(tags), paper);
    if (tags.length > 0 || found['tagged'] === 1) {
      for (const { tag } of this.#oldTags.all(paper)) {
        if (!tags.includes(String(tag))) this.#removeTag.run(String(tag), paper);
      }
      for (const tag of tags) this.#addTag.run(tag, paper);
    }
    return paper;
  }
}
