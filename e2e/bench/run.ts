/**
 * `npm run bench`: how fast Offprint is on generated libraries, always beside the bare operation or
 * the small library in the same run: opening, searching and importing at 100,000 papers (`--papers N`
 * for another size), and finding the papers most like one; saving, opening and folding what the reader has said at
 * 10, 10,000 and 100,000 marked papers (`--marked N,N`); finding and deciding in the window at 1,000, 100,000 and 1,000,000 (`--sizes
 * N,N`); from the start of the process to the first row, with 55 and 100,000 papers (`--starts N,N`, `--rounds N`).
 * `--only library`, `related`, `mathematics`, `reading` (`--read N` papers), `importing`, `store`, `window` or `start` measures a part; `--json` prints the figures.
 * Prints figures and never fails on them.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildCorpus } from '../../main/corpus/build-corpus.ts';
import { isBuilt } from '../../main/start/build-stamp.ts';
import { generatePapers } from './generate.ts';
import { importRows, measureImporting } from './importing.ts';
import { libraryRows, measureLibrary, queryRows } from './library.ts';
import { mathematicsRows, measureMathematics } from './mathematics.ts';
import { measureReading, readingRows } from './reading.ts';
import { measureRelated, relatedRows } from './related.ts';
import { measureStart, sizeRows, startRows } from './start.ts';
import { measureStore, storeRows } from './store.ts';
import { measureWindow, windowRows } from './window.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    papers: { type: 'string', default: '100000' },
    marked: { type: 'string', default: '10,10000,100000' },
    sizes: { type: 'string', default: '1000,100000,1000000' },
    starts: { type: 'string', default: '55,100000' },
    read: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '9' },
    only: { type: 'string' },
  },
});
const size = Number(values.papers);
const scratch = mkdtempSync(join(tmpdir(), 'offprint-bench-'));
const say = (line: string) => process.stderr.write(`${line}\n`);
const head = ['what', 'Offprint', 'beside it', 'ratio', 'target'];

const measures = (
  part: 'library' | 'related' | 'mathematics' | 'reading' | 'importing' | 'store' | 'window' | 'start',
) => values.only === undefined || values.only === part;

// Otherwise an older window would be measured than the one that is read about.
const root = dirname(dirname(import.meta.dirname));
if (!isBuilt(root)) {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: root, stdio: 'inherit' });
}

try {
  const large = join(scratch, 'large');
  const measured = join(scratch, 'measured');
  mkdirSync(measured);
  const library = measures('library') ? await measureLibrary(large, measured, size, say) : null;
  const related = measures('related') ? await measureRelated(large, measured, size, say) : null;
  const mathematics = measures('mathematics') ? await measureMathematics(say) : null;
  if (library === null && related === null && measures('importing')) {
    mkdirSync(large, { mode: 0o700 });
    buildCorpus(large, generatePapers(size), size);
  }
  const importing = measures('importing') ? await measureImporting(large, measured, size, say) : null;
  const sizesOf = (given: string) => given.split(',').map(Number);
  const store = measures('store') ? await measureStore(measured, sizesOf(values.marked), say) : null;
  const window = measures('window') ? await measureWindow(measured, sizesOf(values.sizes), say) : null;
  const reading = measures('reading') ? await measureReading(measured, Number(values.read), say) : null;
  const start = measures('start')
    ? await measureStart(measured, sizesOf(values.starts), Number(values.rounds), say)
    : null;
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ cores: cpus().length, library, related, mathematics, reading, importing, store, window, start }, null, 2)}\n`,
    );
  } else {
    const parts = [
      ...(library ? libraryRows(library) : []),
      ...(related ? relatedRows(related) : []),
      ...(importing ? importRows(importing) : []),
    ];
    if (mathematics) printTable([head, ...mathematicsRows(mathematics)]);
    if (reading) printTable([head, ...readingRows(reading)]);
    if (parts.length > 0) {
      printTable([head, ...parts]);
      const built = library === null ? '' : `, built in ${library.buildSeconds.toFixed(0)} s`;
      process.stdout.write(`\n${size.toLocaleString('en')} papers${built}; ${cpus().length} cores\n\n`);
    }
    if (library) printTable(queryRows(library));
    if (store) printTable([head, ...storeRows(store)]);
    if (window) printTable(windowRows(window));
    if (start) {
      printTable(startRows(start));
      printTable(sizeRows(start));
    }
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
