/**
 * `npm run bench`: how fast Offprint is on a generated library of 100,000 papers, always beside
 * the bare operation or the small library in the same run. `--json` prints the figures; `--papers
 * N` takes another size; `--only importing` (or `library`) measures a part. Prints figures and
 * never fails on them.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildCorpus } from '../../main/corpus/build-corpus.ts';
import { generatePapers } from './generate.ts';
import { importRows, measureImporting } from './importing.ts';
import { libraryRows, measureLibrary, queryRows } from './library.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    papers: { type: 'string', default: '100000' },
    only: { type: 'string' },
  },
});
const size = Number(values.papers);
const scratch = mkdtempSync(join(tmpdir(), 'offprint-bench-'));
const say = (line: string) => process.stderr.write(`${line}\n`);
const head = ['what', 'Offprint', 'beside it', 'ratio', 'target'];

try {
  const large = join(scratch, 'large');
  const measured = join(scratch, 'measured');
  mkdirSync(measured);
  const library = values.only === 'importing' ? null : await measureLibrary(large, measured, size, say);
  if (library === null) {
    mkdirSync(large, { mode: 0o700 });
    await buildCorpus(large, generatePapers(size), size);
  }
  const importing = values.only === 'library' ? null : await measureImporting(large, measured, size, say);
  if (values.json) process.stdout.write(`${JSON.stringify({ cores: cpus().length, library, importing }, null, 2)}\n`);
  else {
    printTable([head, ...(library ? libraryRows(library) : []), ...(importing ? importRows(importing) : [])]);
    const built = library === null ? '' : `, built in ${library.buildSeconds.toFixed(0)} s`;
    process.stdout.write(`\n${size.toLocaleString('en')} papers${built}; ${cpus().length} cores\n\n`);
    if (library) printTable(queryRows(library));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function printTable(rows: readonly string[][]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  process.stdout.write(`${[line(head), rule, ...body.map(line)].join('\n')}\n`);
}
