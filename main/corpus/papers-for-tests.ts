import type { DatabaseSync } from 'node:sqlite';
import type { PaperId } from '../../shared/paper.ts';
import type { PublishedPapers } from './corpus.ts';
import { openDatabase } from './database.ts';

/** A paper as {@link TestPapers} writes it. The first id is its own. */
export interface TestPaper {
  ids: readonly [PaperId, ...PaperId[]];
  /** Numbers of sources, which are made where they are not there. */
  sources?: readonly number[];
  abstract?: string | null;
  /** Whether it has a link to its code. */
  code?: boolean;
}

/**
 * Writes `corpus.db` as a `PapersWriter` would leave it, whatever papers a test wants there, at
 * whatever keys: for tests of what reads it.
 */
export class TestPapers {
  readonly #database: DatabaseSync;

  constructor(folder: string) {
    this.#database = openDatabase(folder).database;
  }

  /**
   * Makes one change: each key has the given paper from now on, or none.
   * @returns what a writer would have published
   */
  change(papers: ReadonlyMap<number, TestPaper | null>): PublishedPapers {
    const added: [number, number][] = [];
    const changed: number[] = [];
    const removed: number[] = [];
    this.#database.exec('BEGIN IMMEDIATE');
    for (const [key, paper] of papers) {
      const existed = this.#database.prepare('SELECT 1 FROM papers WHERE key = ?').get(key) !== undefined;
      if (existed) this.#remove(key);
      if (paper) this.#add(key, paper);
      if (paper && existed) changed.push(key);
      else if (paper) added.push([key, key + 1]);
      else if (existed) removed.push(key);
    }
    const revision = Number(
      this.#database.prepare("SELECT value FROM meta WHERE name = 'revision'").get()?.['value'] ?? 0,
    );
    this.#database.prepare("INSERT OR REPLACE INTO meta VALUES ('revision', ?)").run(revision + 1);
    this.#database.exec('COMMIT');
    return { revision: revision + 1, added, changed, removed };
  }

  #remove(key: number): void {
    for (const table of ['identifiers', 'abstracts', 'appearances']) {
      this.#database.prepare(`DELETE FROM ${table} WHERE paper = ?`).run(key);
    }
    this.#database.prepare('DELETE FROM papers WHERE key = ?').run(key);
    this.#database.prepare('DELETE FROM search WHERE rowid = ?').run(key);
  }

  #add(key: number, { ids, sources = [], abstract = null, code = false }: TestPaper): void {
    const run = (sql: string, ...values: (string | number)[]) => this.#database.prepare(sql).run(...values);
    run(
      "INSERT INTO papers (key, id, title, authors, added_at, links, title_key) VALUES (?, ?, ?, '[]', 0, ?, ?)",
      key,
      ids[0],
      `Paper ${ids[0]}`,
      JSON.stringify([{ kind: code ? 'code' : 'other', label: '"kind":"code"', url: 'https://example.org/' }]),
      ids[0],
    );
    for (const id of ids) run('INSERT INTO identifiers VALUES (?, ?)', id, key);
    run(
      "INSERT INTO search (rowid, title, authors, abstract) VALUES (?, ?, '[]', ?)",
      key,
      `Paper ${ids[0]}`,
      abstract ?? '',
    );
    if (abstract !== null) run('INSERT INTO abstracts VALUES (?, ?)', key, abstract);
    for (const source of sources) {
      const name = `source ${source}`;
      run(
        "INSERT OR IGNORE INTO sources (id, name, name_key, format, imported_at) VALUES (?, ?, ?, 'made', 0)",
        source,
        name,
        name,
      );
      run("INSERT INTO appearances (source, paper, position, place) VALUES (?, ?, 1, 'record 1')", source, key);
    }
  }

  close(): void {
    this.#database.close();
  }
}
