import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PaperId } from '../../shared/paper.ts';
import { detailsOf, factsOfRow, type PaperFacts } from './record-body.ts';
import { authorsKey, sortKey } from './sort-keys.ts';

/** A paper as the tables hold it. */
export interface StoredPaper {
  id: PaperId;
  addedAt: number;
  facts: PaperFacts;
}

function sortsAs(a: PaperFacts, b: PaperFacts): boolean {
  if (a.title !== b.title || a.published !== b.published || a.authors.length !== b.authors.length) return false;
  return a.authors.every((name, at) => name === b.authors[at]);
}

/** Reads and writes what papers show: the tables `papers`, `abstracts` and `identifiers`. */
export class PaperRows {
  readonly #add: StatementSync;
  readonly #update: StatementSync;
  readonly #updateUnsorted: StatementSync;
  readonly #remove: StatementSync;
  readonly #addAbstract: StatementSync;
  readonly #removeAbstract: StatementSync;
  readonly #read: StatementSync;
  readonly #exists: StatementSync;
  readonly #withId: StatementSync;
  readonly #anyWithId: StatementSync;
  readonly #otherWithId: StatementSync;
  readonly #idsOf: StatementSync;
  readonly #addId: StatementSync;
  readonly #removeId: StatementSync;
  readonly #removeIds: StatementSync;

  constructor(database: DatabaseSync) {
    const prepare = (sql: string) => database.prepare(sql);
    this.#add = prepare(`
      INSERT INTO papers (id, title, authors, published, added_at, arxiv_id, doi, links, title_key, authors_key,
        venue, votes, details, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#update = prepare(`
      UPDATE papers SET id = ?, title = ?, authors = ?, published = ?, added_at = ?, arxiv_id = ?, doi = ?, links = ?,
        title_key = ?, authors_key = ?, venue = ?, votes = ?, details = ? WHERE key = ?`);
    this.#updateUnsorted = prepare(
      'UPDATE papers SET id = ?, arxiv_id = ?, doi = ?, links = ?, venue = ?, votes = ?, details = ? WHERE key = ?',
    );
    this.#remove = prepare('DELETE FROM papers WHERE key = ?');
    this.#addAbstract = prepare('INSERT OR REPLACE INTO abstracts (paper, text) VALUES (?, ?)');
    this.#removeAbstract = prepare('DELETE FROM abstracts WHERE paper = ?');
    this.#read = prepare(
      'SELECT p.*, a.text AS abstract FROM papers p LEFT JOIN abstracts a ON a.paper = p.key WHERE p.key = ?',
    );
    this.#exists = prepare('SELECT 1 FROM papers WHERE key = ?');
    this.#withId = prepare('SELECT paper FROM identifiers WHERE id = ?');
    this.#anyWithId = prepare('SELECT paper FROM identifiers WHERE id = ? LIMIT 1');
    this.#otherWithId = prepare('SELECT paper FROM identifiers WHERE id = ? AND paper <> ? LIMIT 1');
    this.#idsOf = prepare('SELECT id FROM identifiers WHERE paper = ?');
    this.#addId = prepare('INSERT OR IGNORE INTO identifiers (id, paper) VALUES (?, ?)');
    this.#removeId = prepare('DELETE FROM identifiers WHERE id = ? AND paper = ?');
    this.#removeIds = prepare('DELETE FROM identifiers WHERE paper = ?');
  }

  /** Adds a paper without its identifiers. */
  add(key: number, { id, addedAt, facts }: StoredPaper): void {
    this.#write(this.#add, key, id, addedAt, facts);
    if (facts.abstract !== null) this.#addAbstract.run(key, facts.abstract);
  }

  /** Writes what a paper shows now over `before`. */
  update(key: number, { id, addedAt, facts }: StoredPaper, before: StoredPaper): void {
    // What papers are sorted by stands in indexes, which are left alone where nothing changes.
    if (addedAt !== before.addedAt || !sortsAs(facts, before.facts)) this.#write(this.#update, key, id, addedAt, facts);
    else {
      const { arxivId, doi, links, venue, votes } = facts;
      this.#updateUnsorted.run(id, arxivId, doi, JSON.stringify(links), venue, votes, detailsOf(facts), key);
    }
    if (facts.abstract === before.facts.abstract) return;
    if (facts.abstract === null) this.#removeAbstract.run(key);
    else this.#addAbstract.run(key, facts.abstract);
  }

  #write(statement: StatementSync, key: number, id: PaperId, addedAt: number, facts: PaperFacts): void {
    statement.run(
      id,
      facts.title,
      JSON.stringify(facts.authors),
      facts.published,
      addedAt,
      facts.arxivId,
      facts.doi,
      JSON.stringify(facts.links),
      sortKey(facts.title),
      authorsKey(facts.authors),
      facts.venue,
      facts.votes,
      detailsOf(facts),
      key,
    );
  }

  /** Takes a paper away with its identifiers. Its records are whoever's it is to know. */
  remove(key: number): void {
    this.#removeIds.run(key);
    this.#removeAbstract.run(key);
    this.#remove.run(key);
  }

  read(key: number): StoredPaper | null {
    const row = this.#read.get(key);
    if (row === undefined) return null;
    return { id: String(row['id']), addedAt: Number(row['added_at']), facts: factsOfRow(row) };
  }

  /** Does a paper show just what `facts` say? Quicker than {@link read}, as nothing is parsed. */
  shows(key: number, facts: PaperFacts): boolean {
    const row = this.#read.get(key);
    return (
      row !== undefined &&
      row['title'] === facts.title &&
      row['abstract'] === facts.abstract &&
      row['published'] === facts.published &&
      row['arxiv_id'] === facts.arxivId &&
      row['doi'] === facts.doi &&
      row['venue'] === facts.venue &&
      row['votes'] === facts.votes &&
      row['authors'] === JSON.stringify(facts.authors) &&
      row['links'] === JSON.stringify(facts.links) &&
      row['details'] === detailsOf(facts)
    );
  }

  exists(key: number): boolean {
    return this.#exists.get(key) !== undefined;
  }

  /** Keys of all papers that have this id. */
  withId(id: PaperId): number[] {
    return this.#withId.all(id).map(({ paper }) => Number(paper));
  }

  /** Key of some paper that has one of the ids, an earlier id first, or null. */
  withAnyOf(ids: readonly PaperId[]): number | null {
    for (const id of ids) {
      const found = this.#anyWithId.get(id);
      if (found !== undefined) return Number(found['paper']);
    }
    return null;
  }

  /** Key of some other paper that has this id, or null. */
  otherWithId(id: PaperId, paper: number): number | null {
    const found = this.#otherWithId.get(id, paper);
    return found === undefined ? null : Number(found['paper']);
  }

  /** All ids that a paper can be found by, in no order. */
  idsOf(paper: number): PaperId[] {
    return this.#idsOf.all(paper).map(({ id }) => String(id));
  }

  addId(id: PaperId, paper: number): void {
    this.#addId.run(id, paper);
  }

  removeId(id: PaperId, paper: number): void {
    this.#removeId.run(id, paper);
  }
}
