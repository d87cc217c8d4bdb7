import type { Importer } from '../importers/importer.ts';
import type { InputText } from '../importers/read-input.ts';
import { ImportTally } from './import-tally.ts';
import type { Pace } from './pace.ts';
import { printRecord } from './record-body.ts';
import type { SourceRow } from './source-rows.ts';
import type { WriterSession } from './writer-session.ts';

/**
 * Reads a file whose very bytes have been imported before, and finds out whether it still says
 * what it said then: then there is nothing to write down.
 * @param twin the source that came of it
 * @returns what became of its records; null when they say anything else, as a newer program may
 * understand more of a file
 */
export async function readAgain(
  session: WriterSession,
  twin: SourceRow,
  text: InputText,
  importer: Importer,
  pace: Pace,
): Promise<ImportTally | null> {
  const { database } = session;
  database.exec('SAVEPOINT again');
  let tally: ImportTally | null = null;
  try {
    tally = await compare(session, twin, text, importer, pace);
    return tally;
  } finally {
    if (database.isTransaction) {
      // Takes away the table, and all that was put aside if the file is read again in earnest.
      if (tally === null) database.exec('ROLLBACK TO again');
      else database.exec('DROP TABLE temp.earlier');
      database.exec('RELEASE again');
    }
  }
}

async function compare(
  session: WriterSession,
  twin: SourceRow,
  text: InputText,
  importer: Importer,
  pace: Pace,
): Promise<ImportTally | null> {
  const { database, tables, marks } = session;
  database.exec(`
    CREATE TEMP TABLE earlier (
      position INTEGER PRIMARY KEY, paper INTEGER NOT NULL, record INTEGER, repeats INTEGER NOT NULL
    );`);
  database
    .prepare(`
      INSERT INTO temp.earlier SELECT position, paper, record, 0 FROM appearances WHERE source = ?1
      UNION ALL SELECT position, paper, record, 1 FROM repeats WHERE source = ?1`)
    .run(twin.id);
  const find = database.prepare('SELECT paper, record, repeats FROM temp.earlier WHERE position = ?');
  const tally = new ImportTally();
  let position = 0;
  let known = 0;
  for await (const record of importer.read(text)) {
    position += 1;
    if (pace.isTired) await pace.rest();
    if (record.kind === 'skipped') {
      tally.skip(position, record.where, record.reason);
      continue;
    }
    const { paper, where } = record;
    const row = find.get(position);
    if (row === undefined) return null;
    const key = Number(row['paper']);
    const body = row['record'] === null ? null : tables.records.body(Number(row['record']));
    const same = body === null ? tables.papers.shows(key, paper) : body === printRecord(paper);
    if (!same) return null;
    known += 1;
    if (row['repeats'] === 0) tally.unchanged += 1;
    else tally.repeat(position, where, tables.records.firstPlace(twin.id, key) ?? '', paper.title);
    marks.add(twin.id, position, key, paper.marks);
  }
  const all = Number(database.prepare('SELECT count(*) AS n FROM temp.earlier').get()?.['n']);
  return all === known ? tally : null;
}
