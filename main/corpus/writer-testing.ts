import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ImportedPaper, Importer } from '../importers/importer.ts';
import type { LocalPapersWriter } from './local-papers-writer.ts';
import type { FileToImport, PapersChange } from './papers-writer.ts';

/** First line of a file that {@link plainRecords} reads. */
const firstLine = '# records for tests';

/**
 * A format for tests, whose lines are the records themselves: a paper as JSON or a list of what
 * is known of one, a text for a record that is skipped because of it, and `!` for a file that turns
 * out not to be of the format.
 */
export const plainRecords: Importer = {
  format: 'plain-records',
  label: 'a file for tests',
  recognise: (beginning) => (beginning.startsWith(firstLine) ? 1 : 0),
  async *read(file) {
    let line = 1;
    for (const text of (await file.whole()).split('\n').slice(1)) {
      line += 1;
      const where = `line ${line}`;
      if (text === '!') throw new Error('a mistake of the importer');
      const value = JSON.parse(text) as ImportedPaper | ImportedPaper[] | string;
      if (typeof value === 'string') yield { kind: 'skipped', where, reason: value };
      else for (const paper of [value].flat()) yield { kind: 'paper', where, paper };
    }
  },
};

type Unmarked = Omit<ImportedPaper, 'marks'>;

/** The text of a file that {@link plainRecords} reads; a text is a record that is skipped. */
export function plainFile(records: readonly (Unmarked | readonly Unmarked[] | string | '!')[]): string {
  const marked = (record: Unmarked) => ({ marks: null, ...record });
  const lines = records.map((record) => {
    if (record === '!') return record;
    if (typeof record === 'string') return JSON.stringify(record);
    return JSON.stringify('title' in record ? marked(record) : record.map(marked));
  });
  return [firstLine, ...lines].join('\n');
}

/** Writes a file into a folder beside the library and says how to import it. */
export function fileToImport(folder: string, name: string, text: string): FileToImport {
  const beside = `${folder}-files`;
  mkdirSync(beside, { recursive: true });
  const path = join(beside, name);
  writeFileSync(path, text);
  return { path, name };
}

/** Imports files in one go and answers with what was previewed and done. */
export async function importAll(writer: LocalPapersWriter, files: readonly FileToImport[]) {
  const preview = await writer.preview({ files, format: null }, () => {});
  return { preview, ...(await writer.confirm(() => {})) };
}

/** Tables whose rows say nothing about papers, or are worked off afterwards. */
const leftOut = /^(changes|title_blocks|alike|duplicate_groups|duplicates|papers_due|blocks_due|search_.*|sqlite_.*)$/;

/**
 * Everything that `corpus.db` says, in a form that is the same whenever it says the same: rows of
 * all tables in order, bodies instead of the numbers of records, words and where they are found
 * instead of the index itself. Also the names of all captures. Counters are left out.
 */
export function dump(folder: string): Record<string, unknown> {
  const database = new DatabaseSync(join(folder, 'corpus.db'));
  try {
    database.exec('CREATE VIRTUAL TABLE temp.found USING fts5vocab(main, search, instance)');
    const rows = (sql: string) =>
      database
        .prepare(sql)
        .all()
        .map((row) => JSON.stringify(row))
        .sort();
    const names = rows("SELECT name FROM main.sqlite_schema WHERE type = 'table'")
      .map((row) => (JSON.parse(row) as { name: string }).name)
      .filter((name) => !leftOut.test(name) && name !== 'search');
    const tables: Record<string, unknown> = {};
    for (const name of names) {
      switch (name) {
        case 'meta':
          tables[name] = rows("SELECT * FROM meta WHERE name NOT IN ('revision', 'lowest_key', 'duplicates')");
          break;
        case 'records':
          tables[name] = rows('SELECT body FROM records');
          break;
        case 'appearances':
        case 'repeats':
          tables[name] = rows(`SELECT t.source, t.paper, t.position, t.place, r.body FROM ${name} t
            LEFT JOIN records r ON r.id = t.record`);
          break;
        default:
          tables[name] = rows(`SELECT * FROM ${name}`);
      }
    }
    const captures = join(folder, 'captures');
    return {
      ...tables,
      search: rows('SELECT term, doc, col, "offset" FROM temp.found'),
      captures: existsSync(captures)
        ? readdirSync(captures)
            .filter((file) => !file.startsWith('sources.'))
            .sort()
        : [],
      strays: [
        ...rows('SELECT * FROM abstracts WHERE paper NOT IN (SELECT key FROM papers)'),
        ...rows('SELECT * FROM identifiers WHERE paper NOT IN (SELECT key FROM papers)'),
        ...rows('SELECT * FROM appearances WHERE paper NOT IN (SELECT key FROM papers)'),
        ...rows('SELECT * FROM repeats WHERE paper NOT IN (SELECT key FROM papers)'),
        ...rows(`SELECT * FROM records WHERE id NOT IN (SELECT record FROM appearances WHERE record IS NOT NULL
          UNION SELECT record FROM repeats WHERE record IS NOT NULL)`),
        ...rows('SELECT key FROM papers EXCEPT SELECT rowid FROM search'),
        ...rows('SELECT rowid FROM search EXCEPT SELECT key FROM papers'),
        ...rows('SELECT * FROM papers WHERE key NOT IN (SELECT paper FROM appearances)'),
      ],
    };
  } finally {
    database.close();
  }
}

/** What all papers show, by their ids, and by which ids they are found; not where they stand and since when. */
export function shownPapers(folder: string): string[] {
  const database = new DatabaseSync(join(folder, 'corpus.db'), { readOnly: true });
  try {
    const papers = database.prepare(`
      SELECT p.id, p.title, p.authors, p.published, p.arxiv_id, p.doi, p.links, p.venue, p.votes, p.details, a.text,
        (SELECT json_group_array(i.id) FROM (SELECT id FROM identifiers WHERE paper = p.key ORDER BY id) i) AS ids
      FROM papers p LEFT JOIN abstracts a ON a.paper = p.key ORDER BY p.id`);
    return papers.all().map((row) => JSON.stringify(row));
  } finally {
    database.close();
  }
}

/** The ids of all papers, sorted. */
export function allIds(folder: string): string[] {
  return shownPapers(folder).map((row) => (JSON.parse(row) as { id: string }).id);
}

/** The number of a change that must have one. */
export function numberOf({ change }: Pick<PapersChange, 'change'>): number {
  if (change === null) throw new Error('nothing changed');
  return change;
}
