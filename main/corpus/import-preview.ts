import type { DatabaseSync } from 'node:sqlite';
import type { ImportPreview, ImportReport } from '../../shared/contract.ts';
import { sourceName } from '../importers/read-input.ts';
import type { PaperTables } from './component.ts';
import type { ReadFiles } from './import-files.ts';
import { mostInSample } from './import-tally.ts';

type Sample = ImportPreview['sample'][number];

/** What became of everything, or would. */
export function reportOf({ files, failures }: ReadFiles): ImportReport {
  const reports = files.map(({ tally, path, importer }) => tally.report(path, importer));
  const sum = (count: (report: (typeof reports)[number]) => number) =>
    reports.reduce((total, report) => total + count(report), 0);
  return {
    files: reports,
    failures,
    total: {
      new: sum((report) => report.new),
      merged: sum((report) => report.merged),
      unchanged: sum((report) => report.unchanged),
      skipped: sum((report) => report.skippedCount),
    },
  };
}

/** What an import is called afterwards: "Imported 55 papers from library.bib". */
export function importLabel(read: ReadFiles): string {
  const brought = read.files.filter(({ source }) => source !== null);
  if (brought.length === 0) return 'Nothing new';
  const { new: added, merged, unchanged } = reportOf({ files: brought, failures: [] }).total;
  const count = added + merged || unchanged;
  const [first] = brought;
  const from = brought.length === 1 ? sourceName(first?.path ?? '') : `${brought.length} files`;
  return `Imported ${count} ${count === 1 ? 'paper' : 'papers'} from ${from}`;
}

/** Some of the papers that come in: new ones in the order of the files, then merged ones. */
export function sampleOf(database: DatabaseSync, tables: PaperTables, { files }: ReadFiles): Sample[] {
  const columns = `
    SELECT p.key, p.title, p.authors, p.published, substr(a.text, 1, 240) AS excerpt
    FROM papers p LEFT JOIN abstracts a ON a.paper = p.key`;
  const some = database.prepare(`${columns} WHERE p.key > ? AND p.key <= ? ORDER BY p.key LIMIT ?`);
  const one = database.prepare(`${columns} WHERE p.key = ?`);
  const sample: Sample[] = [];
  const show = (outcome: Sample['outcome'], source: number, row: Readonly<Record<string, unknown>> | undefined) => {
    if (row === undefined || sample.length >= mostInSample) return;
    sample.push({
      outcome,
      title: String(row['title']),
      authors: JSON.parse(String(row['authors'])) as string[],
      published: row['published'] === null ? null : String(row['published']),
      excerpt: row['excerpt'] === null ? '' : String(row['excerpt']),
      where: tables.records.firstPlace(source, Number(row['key'])) ?? '',
    });
  };
  for (const { source, lastKey } of files) {
    if (source === null) continue;
    const rows = some.all(source.firstKey, lastKey, mostInSample - sample.length);
    for (const row of rows) show('new', source.id, row);
  }
  for (const { source, tally } of files) {
    if (source === null) continue;
    for (const paper of tally.mergedInto()) show('merged', source.id, one.get(paper));
  }
  return sample;
}
