import type { DatabaseSync } from 'node:sqlite';
import { type PaperId, paperIdSchema } from '../../shared/paper.ts';
import { type Identifiers, paperIds } from '../importers/identity.ts';
import type { ImportedPaper, ImportedRecord } from '../importers/importer.ts';
import { transaction } from './database.ts';
import { MarksMirror } from './mirror.ts';
import { authorsKey, sortKey } from './sort-keys.ts';

/** What is known of a source before its records are read. */
export interface NewSource {
  name: string;
  format: string;
  /** When it is imported, in milliseconds since 1970. */
  importedAt: number;
  /** SHA-256 of the bytes in hexadecimal, and the name under which they are kept in `captures/`. */
  digest: string | null;
  capture: string | null;
}

/** What became of the records of a source. Every record is exactly one of these. */
export interface IngestCounts {
  new: number;
  merged: number;
  unchanged: number;
  skipped: { where: string; reason: string }[];
  /** The source made for it; null when the same bytes had been taken in before and brought nothing new. */
  source: number | null;
}

/** Keys are given out downwards from here. */
const highestKey = 2 ** 30;

/** Thrown inside the transaction to leave it without a trace. */
class NothingNew extends Error {}

/** Writes records into the corpus: the one way that papers come in. */
export class Ingest {
  readonly #database: DatabaseSync;
  readonly #mirror: MarksMirror;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: DatabaseSync, mirror = new MarksMirror(database)) {
    this.#database = database;
    this.#mirror = mirror;
    this.#statements = prepareStatements(database);
  }

  /**
   * Takes in all records of a source in one transaction.
   * @param atMost no more records than this follow; so many places in the page order are set aside
   */
  run(source: NewSource, records: Iterable<ImportedRecord>, atMost: number): IngestCounts {
    const counts: IngestCounts = { new: 0, merged: 0, unchanged: 0, skipped: [], source: null };
    // What is said to have come in is on the disk, power cut or not. Marks can be mirrored again.
    this.#database.exec('PRAGMA synchronous = FULL');
    try {
      transaction(this.#database, () => this.#write(source, records, atMost, counts));
    } catch (error) {
      if (!(error instanceof NothingNew)) throw error;
    } finally {
      this.#database.exec('PRAGMA synchronous = NORMAL');
    }
    return counts;
  }

  #write(source: NewSource, records: Iterable<ImportedRecord>, atMost: number, counts: IngestCounts): void {
    const sql = this.#statements;
    const seenBefore = source.digest !== null && sql.sourceOfDigest.get(source.digest) !== undefined;
    // Time never runs backwards in the library, whatever the clock does: newest source is last imported.
    const importedAt = Math.max(source.importedAt, Number(sql.lastImport.get()?.['at'] ?? 0));
    const sourceId = Number(
      sql.addSource.run(source.name, sortKey(source.name), source.format, importedAt, source.digest, source.capture)
        .lastInsertRowid,
    );
    const firstKey = Number(sql.lowestKey.get()?.['value'] ?? highestKey) - atMost;
    let key = firstKey;
    sql.setLowestKey.run(firstKey);
    const reworded = new Set<number>();
    const orphans = this.#mirror.hasOrphans();
    let position = 0;
    for (const record of records) {
      if (record.kind === 'skipped') {
        counts.skipped.push({ where: record.where, reason: record.reason });
        continue;
      }
      position += 1;
      const ids = paperIds(record.paper).filter((id) => paperIdSchema.safeParse(id).success);
      const known = this.#find(record.paper, ids);
      if (known === null) {
        this.#add(key, ids, record.paper, importedAt, sourceId);
        sql.addAppearance.run(sourceId, key, position, record.where);
        if (orphans) this.#mirror.adopt(ids);
        key += 1;
        counts.new += 1;
        continue;
      }
      const appears = sql.addAppearance.run(sourceId, known, position, record.where).changes === 1;
      if (appears) sql.setSource.run(sourceId, known);
      const merged = this.#merge(known, ids, record.paper, reworded);
      if (merged && orphans) this.#mirror.adopt(ids);
      if (merged) counts.merged += 1;
      else if (appears) counts.unchanged += 1;
      else counts.skipped.push({ where: record.where, reason: this.#sameAs(sourceId, known) });
    }
    if (seenBefore && counts.new === 0 && counts.merged === 0) throw new NothingNew();
    this.#index(firstKey, key, reworded);
    counts.source = sourceId;
  }

  /**
   * Brings the full-text index up to date, last and in one go: every statement that could have to
   * be taken back by itself makes FTS5 write out what it has gathered in memory.
   * @param reworded keys of papers that were here before and whose text has changed
   */
  #index(from: number, to: number, reworded: ReadonlySet<number>): void {
    const sql = this.#statements;
    const before = [...reworded].filter((key) => key < from || key >= to);
    for (const key of before) sql.removeFromSearch.run(key);
    sql.addToSearch.run(from, to - 1);
    for (const key of before) sql.addToSearch.run(key, key);
  }

  #sameAs(source: number, paper: number): string {
    const first = this.#statements.firstAppearance.get(source, paper);
    return `The same paper is at ${String(first?.['place'])} already: “${String(first?.['title'])}”.`;
  }

  /** The paper that a record is about, or null when it is not here. */
  #find(paper: Identifiers, ids: readonly PaperId[]): number | null {
    for (const id of ids) {
      const found = this.#statements.find.get(id);
      if (found === undefined) continue;
      // Many papers are called "Preface": a title only counts where no better identifier disagrees.
      const differs = (mine: unknown, theirs: string | null) => mine !== null && theirs !== null && mine !== theirs;
      if (id.startsWith('title:') && (differs(found['arxiv_id'], paper.arxivId) || differs(found['doi'], paper.doi))) {
        continue;
      }
      return Number(found['paper']);
    }
    return null;
  }

  #add(key: number, ids: readonly PaperId[], paper: ImportedPaper, addedAt: number, source: number): void {
    const sql = this.#statements;
    sql.addPaper.run(
      key,
      ids[0] ?? '',
      paper.title,
      JSON.stringify(paper.authors),
      paper.published,
      addedAt,
      paper.arxivId,
      paper.doi,
      JSON.stringify(paper.links),
      sortKey(paper.title),
      authorsKey(paper.authors),
    );
    if (paper.abstract !== null) sql.addAbstract.run(key, paper.abstract);
    for (const id of ids) sql.addIdentifier.run(id, key);
    sql.addToList.run(key, source, Number(paper.abstract !== null));
  }

  /**
   * Fills in what the paper lacked; rubs nothing out. Adds the key to `reworded` when searchable
   * text came. Returns whether anything came.
   */
  #merge(key: number, ids: readonly PaperId[], paper: ImportedPaper, reworded: Set<number>): boolean {
    const sql = this.#statements;
    const old = sql.paper.get(key) ?? {};
    const text = (name: string) => (old[name] === null ? null : String(old[name]));
    const oldAuthors = JSON.parse(String(old['authors'])) as string[];
    const oldLinks = JSON.parse(String(old['links'])) as ImportedPaper['links'];
    const oldPublished = text('published');

    const arxivId = text('arxiv_id') ?? paper.arxivId;
    const doi = text('doi') ?? paper.doi;
    const authors = oldAuthors.length > 0 ? oldAuthors : paper.authors;
    // 2024-06-12 says more than 2024, where they agree.
    const moreExact = paper.published !== null && (oldPublished === null || paper.published.startsWith(oldPublished));
    const published = moreExact ? paper.published : oldPublished;
    const newLinks = paper.links.filter(({ url }) => !oldLinks.some((link) => link.url === url));
    const abstract = text('abstract') ?? paper.abstract;

    const gained =
      arxivId !== text('arxiv_id') ||
      doi !== text('doi') ||
      authors.length !== oldAuthors.length ||
      published !== oldPublished ||
      newLinks.length > 0;
    const gainsAbstract = abstract !== text('abstract');
    if (!gained && !gainsAbstract) return false;

    const [id] = paperIds({ title: String(old['title']), arxivId, doi });
    const links = JSON.stringify([...oldLinks, ...newLinks]);
    sql.updatePaper.run(id, JSON.stringify(authors), published, arxivId, doi, links, authorsKey(authors), key);
    // The ids it had stay and are its aliases now.
    for (const alias of [id, ...ids]) sql.addIdentifier.run(alias, key);
    if (gainsAbstract && abstract !== null) {
      sql.addAbstract.run(key, abstract);
      sql.setHasAbstract.run(key);
    }
    if (gainsAbstract || authors.length !== oldAuthors.length) reworded.add(key);
    return true;
  }
}

function prepareStatements(database: DatabaseSync) {
  const prepare = (sql: string) => database.prepare(sql);
  return {
    sourceOfDigest: prepare('SELECT 1 FROM sources WHERE digest = ?'),
    lastImport: prepare('SELECT imported_at AS at FROM sources ORDER BY id DESC LIMIT 1'),
    addSource: prepare(
      'INSERT INTO sources (name, name_key, format, imported_at, digest, capture) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    lowestKey: prepare("SELECT value FROM meta WHERE name = 'lowest_key'"),
    setLowestKey: prepare("INSERT OR REPLACE INTO meta VALUES ('lowest_key', ?)"),
    find: prepare(
      'SELECT i.paper, p.arxiv_id, p.doi FROM identifiers i JOIN papers p ON p.key = i.paper WHERE i.id = ?',
    ),
    addPaper: prepare('INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    addAbstract: prepare('INSERT INTO abstracts (paper, text) VALUES (?, ?)'),
    addIdentifier: prepare('INSERT OR IGNORE INTO identifiers (id, paper) VALUES (?, ?)'),
    addToList: prepare('INSERT INTO list (paper, source, has_abstract) VALUES (?, ?, ?)'),
    addToSearch: prepare(`
      INSERT INTO search (rowid, title, authors, abstract)
      SELECT p.key, p.title, p.authors, coalesce(a.text, '') FROM papers p LEFT JOIN abstracts a ON a.paper = p.key
      WHERE p.key BETWEEN ? AND ? ORDER BY p.key`),
    removeFromSearch: prepare('DELETE FROM search WHERE rowid = ?'),
    addAppearance: prepare('INSERT OR IGNORE INTO appearances (source, paper, position, place) VALUES (?, ?, ?, ?)'),
    firstAppearance: prepare(
      'SELECT a.place, p.title FROM appearances a JOIN papers p ON p.key = a.paper WHERE a.source = ? AND a.paper = ?',
    ),
    setSource: prepare('UPDATE list SET source = ? WHERE paper = ?'),
    setHasAbstract: prepare('UPDATE list SET has_abstract = 1 WHERE paper = ?'),
    paper: prepare(
      'SELECT p.*, a.text AS abstract FROM papers p LEFT JOIN abstracts a ON a.paper = p.key WHERE p.key = ?',
    ),
    updatePaper: prepare(
      'UPDATE papers SET id = ?, authors = ?, published = ?, arxiv_id = ?, doi = ?, links = ?, authors_key = ? WHERE key = ?',
    ),
  };
}
