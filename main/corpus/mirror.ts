import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { combinedMarks, standingRecords } from '../../shared/combined-marks.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import type { MirroredMarks, MirrorStep, PublishedPapers } from './corpus.ts';
import { transaction } from './database.ts';
import { type ListedMarks, ListRows } from './list-rows.ts';
import { MarkRows, type MarksRecord, type PutRecord } from './mark-rows.ts';
import { NoteIndex } from './note-index.ts';

/** What the records of a paper say together; `noted` are those of which the notes count. */
interface PaperMarks extends ListedMarks {
  noted: PaperId[];
}

const untouched: PaperMarks = {
  ...{ status: 'unread', starred: false, hasNote: false, changedAt: null, tags: [] },
  ...{ readAt: null, noted: [] },
};

/** Where authors keep code: most say so in the abstract, and captures of titles and abstracts have no links of their own. */
const codeHosts = ['github.com/', 'gitlab.com/', 'bitbucket.org/', 'codeberg.org/'];
const namesCode = codeHosts.map((host) => `instr(b.text, '${host}') > 0`).join(' OR ');

/**
 * What `list` shows of a paper itself: its newest source, and whether it has an abstract and a link
 * to code, or an abstract that names one. Inside a string of the JSON text, quotation marks have a
 * backslash before them.
 */
const shown = `
  coalesce((SELECT max(a.source) FROM appearances a WHERE a.paper = p.key), 0),
  EXISTS (SELECT 1 FROM abstracts b WHERE b.paper = p.key),
  instr(p.links, '"kind":"code"') > 0
    OR EXISTS (SELECT 1 FROM abstracts b WHERE b.paper = p.key AND (${namesCode}))`;

const refreshed = `
  DO UPDATE SET source = excluded.source, has_abstract = excluded.has_abstract, has_code = excluded.has_code
  WHERE (source, has_abstract, has_code) IS NOT (excluded.source, excluded.has_abstract, excluded.has_code)`;

/**
 * The contents of `marks.db`: what views filter, sort and count by. Follows two others, the store
 * and `corpus.db`, and can be made from them at any time.
 */
export class MarksMirror {
  readonly #database: DatabaseSync;
  readonly #marks: MarkRows;
  readonly #notes: NoteIndex;
  readonly #list: ListRows;
  readonly #add: StatementSync;
  readonly #leaving: StatementSync;
  readonly #remove: StatementSync;
  readonly #refresh: StatementSync;
  readonly #meta: StatementSync;
  readonly #setMeta: StatementSync;
  readonly #revision: StatementSync;

  /** @param database as `openTogether` gives it, for writing */
  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#marks = new MarkRows(database);
    this.#notes = new NoteIndex(database);
    this.#list = new ListRows(database);
    const prepare = (sql: string) => database.prepare(sql);
    this.#add = prepare(`
      INSERT OR IGNORE INTO list (paper, source, has_abstract, has_code)
      SELECT p.key, ${shown} FROM papers p WHERE p.key >= ? AND p.key < ? ORDER BY p.key`);
    this.#leaving = prepare(`
      SELECT l.paper FROM json_each(?) given CROSS JOIN list l ON l.paper = given.value
      WHERE l.tags_key IS NOT NULL AND l.paper NOT IN (SELECT key FROM papers)`);
    this.#remove = prepare(`
      DELETE FROM list WHERE paper IN (SELECT value FROM json_each(?)) AND paper NOT IN (SELECT key FROM papers)`);
    this.#refresh = prepare(`
      INSERT INTO list (paper, source, has_abstract, has_code)
      SELECT p.key, ${shown} FROM json_each(?) given CROSS JOIN papers p ON p.key = given.value WHERE TRUE
      ON CONFLICT (paper) ${refreshed}`);
    this.#meta = prepare('SELECT value FROM marks.meta WHERE name = ?');
    this.#setMeta = prepare('INSERT OR REPLACE INTO marks.meta VALUES (?, ?)');
    this.#revision = prepare("SELECT value FROM corpus.meta WHERE name = 'revision'");
  }

  /** The stamp of the store's state that the mirror shows, or null for a new database. */
  stamp(): string | null {
    const row = this.#meta.get('stamp');
    return row === undefined ? null : String(row['value']);
  }

  /**
   * Brings the given records up to date.
   * @returns the papers that are here of those, by key, and whether their notes may be others now
   * @throws OffprintError `internal` when the mirror's stamp is not `from`; nothing is changed then
   */
  apply({ from, to }: MirrorStep, marks: readonly MirroredMarks[]): Map<number, boolean> {
    return transaction(this.#database, () => {
      if (this.stamp() !== from) throw new OffprintError('internal', 'The copy of the marks lacks an earlier change.');
      const touched = this.#marks.put(marks);
      this.#recompute(touched);
      this.#setMeta.run('stamp', to);
      return new Map(Array.from(touched, ([paper, { renoted }]) => [paper, renoted]));
    });
  }

  /** Makes the whole mirror say what `marks` says, and nothing else. Rows that already do are not written. */
  replace(stamp: string, marks: readonly MirroredMarks[]): void {
    transaction(this.#database, () => {
      const before = this.#marks.clear();
      this.#recompute(allOf([...before, ...this.#marks.put(marks).keys()]));
      this.#setMeta.run('stamp', stamp);
    });
  }

  /**
   * Makes the list follow a change of `corpus.db`. Where one before it is missing, all of the list
   * is compared instead.
   */
  publish({ revision, added, changed, removed }: PublishedPapers): void {
    const known = this.#knownRevision();
    if (known === null || revision > known + 1) {
      this.#reconcile();
      return;
    }
    transaction(this.#database, () => {
      if (removed.length > 0) {
        const keys = JSON.stringify(removed);
        this.#list.untag(this.#leaving.all(keys).map(({ paper }) => Number(paper)));
        this.#remove.run(keys);
      }
      for (const [from, to] of added) this.#add.run(from, to);
      if (changed.length > 0) this.#refresh.run(JSON.stringify(changed));
      const marked = added.map(([from, to]) => this.#marks.marked(from, to));
      this.#recompute(allOf([...changed, ...marked.flatMap((papers) => [...papers]), ...this.#marks.settle()]));
      if (revision > known) this.#setMeta.run('revision', revision);
    });
  }

  /** Makes the list follow `corpus.db` when it does not, because the program ended in between. */
  catchUp(): void {
    if (this.#knownRevision() !== this.#corpusRevision()) this.#reconcile();
  }

  #knownRevision(): number | null {
    const row = this.#meta.get('revision');
    return row === undefined ? null : Number(row['value']);
  }

  #corpusRevision(): number {
    return Number(this.#revision.get()?.['value'] ?? 0);
  }

  #reconcile(): void {
    transaction(this.#database, () => {
      const leaving = this.#database.prepare(
        'SELECT paper FROM list WHERE tags_key IS NOT NULL AND paper NOT IN (SELECT key FROM papers)',
      );
      this.#list.untag(leaving.all().map(({ paper }) => Number(paper)));
      this.#database.exec(`
        DELETE FROM list WHERE paper NOT IN (SELECT key FROM papers);
        INSERT INTO list (paper, source, has_abstract, has_code) SELECT p.key, ${shown} FROM papers p WHERE TRUE ORDER BY p.key
        ON CONFLICT (paper) ${refreshed};`);
      this.#recompute(allOf([...this.#marks.settle(), ...this.#marks.marked(0, Number.MAX_SAFE_INTEGER)]));
      this.#setMeta.run('revision', this.#corpusRevision());
    });
  }

  /** Makes the list and the index of notes say what the records of these papers say together. */
  #recompute(touched: ReadonlyMap<number, PutRecord>): void {
    const papers = this.#list.listed(touched.keys());
    if (papers.length === 0) return;
    const several = new Set(this.#marks.several(papers));
    const isKnown = (paper: number) => !several.has(paper) && touched.get(paper)?.record;
    const records = this.#marks.ofPapers(papers.filter((paper) => !isKnown(paper)));
    const now = papers.map((paper) => {
      const known = isKnown(paper);
      return { paper, marks: together(known ? [known] : records.get(paper)) };
    });
    this.#list.set(now);
    for (const { paper, marks } of now) {
      // Of several records, other ones may count than did before.
      if (touched.get(paper)?.renoted || several.has(paper)) this.#notes.set(paper, marks.noted);
    }
  }
}

/** Papers of which nothing is known. */
function allOf(papers: Iterable<number>): Map<number, PutRecord> {
  return new Map(Array.from(papers, (paper) => [paper, { record: null, renoted: true }]));
}

function together(records: readonly MarksRecord[] = []): PaperMarks {
  const [only, ...others] = records;
  if (!only) return untouched;
  if (others.length === 0) return { ...only, readAt: readTime(only), noted: only.hasNote ? [only.id] : [] };
  const standing = standingRecords(records);
  const decisive = standing.findLast(({ status }) => status !== 'unread');
  return {
    ...combinedMarks(standing),
    readAt: decisive ? readTime(decisive) : null,
    noted: standing.filter(({ hasNote }) => hasNote).map(({ id }) => id),
  };
}

function readTime({ status, readAt }: MarksRecord): number | null {
  return status === 'read' ? readAt : null;
}
