import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { OffprintError } from '../../shared/outcome.ts';
import { inspectInput } from '../importers/read-input.ts';
import { capturesFolder } from './captures.ts';
import type { RemovedSource, Stayed } from './changes-table.ts';
import type { PaperTables } from './component.ts';
import { Ingest } from './ingest.ts';
import { Pace } from './pace.ts';
import { keptSource, parseKept } from './record-rows.ts';
import { removePaper } from './remove-sources.ts';
import type { WorkList } from './work-list.ts';
import { isDatabaseError, type WriterSession } from './writer-session.ts';

/**
 * Takes away what was kept of a removed source, which is about to come back whole.
 * @param from, to the places in the page order that its records had: `[from, to)`
 */
function removeKept(
  database: DatabaseSync,
  tables: PaperTables,
  work: WorkList,
  { from, to }: { from: number; to: number },
): void {
  const rows = database
    .prepare(`
      SELECT paper FROM appearances WHERE source = ?1 AND position >= ?2 AND position < ?3
      UNION SELECT paper FROM repeats WHERE source = ?1 AND position >= ?2 AND position < ?3`)
    .all(keptSource, from, to);
  for (const paper of rows.map((row) => Number(row['paper']))) {
    const records = tables.records.ofPaper(paper);
    const going = records.filter(({ source, position }) => source === keptSource && position >= from && position < to);
    for (const row of going) {
      tables.records.drop(row);
      if (row.record !== null) tables.records.dropBody(row.record);
    }
    if (going.length === records.length) {
      removePaper(tables, work, paper);
    } else {
      work.touch(paper, true, false);
      work.soil(paper);
    }
  }
}

/** What is kept of a removed source. The list is as long as what was kept. */
export function stayedOf({ database }: WriterSession, removed: RemovedSource): Stayed {
  const { from, to } = placesOf(removed);
  const rows = ['appearances', 'repeats'].flatMap((table) =>
    database
      .prepare(`
        SELECT t.position, r.body FROM ${table} t JOIN records r ON r.id = t.record
        WHERE t.source = ? AND t.position >= ? AND t.position < ?`)
      .all(keptSource, from, to),
  );
  const stayed: Stayed = { whole: [], idsOnly: [] };
  for (const { position, body } of rows) {
    stayed[parseKept(String(body)).idsOnly ? 'idsOnly' : 'whole'].push(Number(position));
  }
  return stayed;
}

/** The places in the page order that were set aside for a source: `[from, to)`. */
function placesOf({ firstKey, size }: RemovedSource) {
  return { from: firstKey, to: firstKey + size + 1 };
}

/**
 * Brings removed sources back in the open transaction, just as they were, by reading again the
 * bytes that were kept of them.
 * @param removed sources that came in together, or a single one
 * @throws OffprintError `refused` when their bytes are not there any more or cannot be read
 */
export async function restoreSources(session: WriterSession, removed: readonly RemovedSource[]): Promise<void> {
  const { tables, work } = session;
  const places = removed.map(placesOf);
  const range = {
    from: Math.min(...places.map(({ from }) => from)),
    to: Math.max(...places.map(({ to }) => to)),
  };
  work.expect(range);
  const ingest = new Ingest(tables, work, session.marks);
  for (const source of removed) await restoreSource(session, ingest, source);
  await new Pace().run(ingest.settle());
}

async function restoreSource(session: WriterSession, ingest: Ingest, removed: RemovedSource): Promise<void> {
  const { database, tables, work, folder } = session;
  const { size, ...row } = removed;
  const refuse = (why: string, cause?: unknown) =>
    new OffprintError('refused', `The source “${row.name}” cannot be brought back: ${why} Nothing was changed.`, {
      cause,
    });
  if (row.capture === null) throw refuse('it was never kept as a file.');
  try {
    const input = await inspectInput({
      path: join(capturesFolder(folder), row.capture),
      name: row.name,
      format: row.format,
    });
    if (row.digest !== null && input.digest !== row.digest) throw refuse('the file that was kept of it has changed.');
    removeKept(database, tables, work, placesOf(removed));
    const source = tables.sources.restore(row);
    const pace = new Pace();
    let position = 0;
    for await (const record of input.importer.read(input.open())) {
      position += 1;
      if (position > size) {
        if (record.kind === 'skipped') continue;
        throw refuse('this version of Offprint understands the file otherwise.');
      }
      if (record.kind === 'paper') ingest.restore(source, record, position);
      if (pace.isTired) await pace.rest();
    }
  } catch (error) {
    if (isDatabaseError(error) || (error instanceof OffprintError && error.code === 'refused')) throw error;
    throw refuse('the file that was kept of it cannot be read.', error);
  }
}
