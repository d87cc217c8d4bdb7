import type { DatabaseSync } from 'node:sqlite';
import type { KeyRange } from './work-list.ts';

const selectText = `
  SELECT p.key, p.title, p.authors, coalesce(a.text, '') AS abstract
  FROM papers p LEFT JOIN abstracts a ON a.paper = p.key`;

// https://sqlite.org/fts5.html#configuration_options_config_table_: larger pieces are gathered in
// memory and merged later, sixteen at a time instead of four. That halves the work of a large
// import and leaves as many pieces to look through as before.
const manyPapers = { hashsize: 8 * 1024 * 1024, automerge: 16 };
const fewPapers = { hashsize: 1024 * 1024, automerge: 4 };

function configure(database: DatabaseSync, options: Record<string, number>): void {
  for (const [name, value] of Object.entries(options)) {
    database.exec(`INSERT INTO search (search, rank) VALUES ('${name}', ${value})`);
  }
}

/**
 * Brings the full-text index up to date with what a `WorkList` says, last in the transaction. The
 * rows are inserted one by one: after a statement that makes several, which could have to be taken
 * back by itself, FTS5 writes out what it has gathered in memory.
 * @param range where new papers have their keys
 * @returns a generator that pauses after every paper; what it yields is how many have been done
 */
export function* updateTextIndex(database: DatabaseSync, range: KeyRange): Generator<number, void> {
  const remove = database.prepare('DELETE FROM search WHERE rowid = ?');
  const add = database.prepare('INSERT INTO search (rowid, title, authors, abstract) VALUES (?, ?, ?, ?)');
  let done = 0;
  configure(database, manyPapers);
  const keys = (sql: string) =>
    (function* () {
      // Read in pieces: a statement may not be open for minutes while the tables that it reads are written.
      const next = database.prepare(`SELECT key FROM temp.work WHERE key > ? AND ${sql} ORDER BY key LIMIT 500`);
      for (let last = -1; ; ) {
        const piece = next.all(last).map(({ key }) => Number(key));
        yield* piece;
        if (piece.length < 500) return;
        last = piece.at(-1) ?? 0;
      }
    })();
  for (const key of keys('existed = 1 AND text = 1')) {
    remove.run(key);
    done += 1;
    yield done;
  }
  const one = database.prepare(`${selectText} WHERE p.key = ?`);
  for (const key of keys(`text = 1 AND NOT (key >= ${range.from} AND key < ${range.to})`)) {
    const row = one.get(key);
    if (row !== undefined) add.run(key, String(row['title']), String(row['authors']), String(row['abstract']));
    done += 1;
    yield done;
  }
  const some = database.prepare(`${selectText} WHERE p.key >= ? AND p.key < ? ORDER BY p.key LIMIT 100`);
  for (let from = range.from; ; ) {
    const rows = some.all(from, range.to);
    for (const row of rows) {
      const key = Number(row['key']);
      add.run(key, String(row['title']), String(row['authors']), String(row['abstract']));
      from = key + 1;
      done += 1;
      yield done;
    }
    if (rows.length < 100) break;
  }
  configure(database, fewPapers);
}
