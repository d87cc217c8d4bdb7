import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { buildCorpus } from '../../main/corpus/build-corpus.ts';
import { isBuilt } from '../../main/start/build-stamp.ts';
import { findElectron } from '../../main/start/electron-runtime.ts';
import { browserArguments, findBrowser } from '../browser.ts';
import { type Start, startBare, startElectron, startServe, startStandIn } from './drive-start.ts';
import { generatePapers } from './generate.ts';
import { measure } from './measure.ts';
import { measureSizes, type Sizes } from './sizes.ts';
import { median, percentile } from './statistics.ts';

const root = dirname(dirname(import.meta.dirname));
/** Papers of the bundled capture, which a new library opens with. */
const bundled = 55;

/** How long one size of library takes to start, in milliseconds from the start of the process. */
export interface StartSamples {
  papers: number;
  serve: Start[];
  bare: number[];
  standIn: number[];
  /** Null where there is no Electron runtime. */
  electron: number[] | null;
}

/** Starting, and how much there is to load. */
export interface StartFigures {
  samples: StartSamples[];
  sizes: Sizes;
}

/**
 * Measures from the start of the process to the first row painted, with libraries of each size, a fifth marked: of
 * `serve` and of the desktop program, beside a Node process that serves static rows. One of each size in turn, so that
 * what else the machine does falls on all of them.
 * @param scratch an empty folder
 * @param counts of papers, 55 or more: 55 is a new library, more are generated besides
 * @param rounds starts of each that are counted; one more comes before
 */
export async function measureStart(
  scratch: string,
  counts: readonly number[],
  rounds: number,
  say: (line: string) => void,
): Promise<StartFigures> {
  if (!isBuilt(root)) {
    say('building the program');
    await promisify(execFile)(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], { cwd: root });
  }
  const executablePath = findBrowser();
  const options = executablePath === null ? {} : { executablePath };
  const browser = await chromium.launch({ args: [...browserArguments], ...options });
  try {
    const samples: StartSamples[] = [];
    for (const papers of counts) {
      const folder = folderOf(scratch, papers);
      say(`making a library of ${papers.toLocaleString('en')} papers, a fifth of them marked`);
      mkdirSync(folder, { mode: 0o700 });
      if (papers > bundled) buildCorpus(folder, generatePapers(papers - bundled), papers - bundled);
      // The bundled papers come with the first start.
      await startServe(browser, folder);
      await measure('mark-library.ts', folder, String(papers));
      const electron = findElectron(root) === null ? null : [];
      samples.push({ papers, serve: [], bare: [], standIn: [], electron });
    }
    say('starting');
    for (let round = 0; round <= rounds; round += 1) {
      for (const { papers, serve, bare, standIn, electron } of samples) {
        const folder = folderOf(scratch, papers);
        const start = await startServe(browser, folder);
        serve.push(start);
        bare.push(await startBare(browser, start.rows));
        standIn.push(await startStandIn(browser, folder));
        electron?.push(await startElectron(folder));
      }
    }
    for (const { papers, serve, bare, standIn, electron } of samples) {
      // The first round warms up the cache of files.
      for (const each of [serve, bare, standIn, electron]) each?.shift();
      rmSync(folderOf(scratch, papers), { recursive: true, force: true });
    }
    return { samples, sizes: await measureSizes(scratch) };
  } finally {
    await browser.close();
  }
}

function folderOf(scratch: string, papers: number): string {
  return join(scratch, `start-${papers}`);
}

const phases: readonly (readonly [keyof Start, string])[] = [
  ['loaded', 'the program’s code is loaded'],
  ['opened', 'the library is open'],
  ['serving', 'the address is known'],
  ['answered', 'the page has come'],
  ['asked', 'the page’s code runs'],
  ['rowsCame', 'the first rows have come'],
];

const milliseconds = (value: number) => `${value.toFixed(0)} ms`;
const spread = (samples: readonly number[]) =>
  `${milliseconds(median(samples))}, ${milliseconds(percentile(samples, 0.95))}`;

/** One line a figure, one column a size, with a head. Pairs are median and 95th percentile. */
export function startRows({ samples }: StartFigures): string[][] {
  const [smallest, largest] = [samples[0], samples.at(-1)];
  const row = (label: string, cell: (each: StartSamples) => string, target = '') => [
    label,
    ...samples.map(cell),
    target,
  ];
  const ratio = (value: (each: StartSamples) => number) =>
    smallest && largest && smallest !== largest ? `${(value(largest) / value(smallest)).toFixed(2)}× the smallest` : '';
  const ofServe = (phase: keyof Start) => (each: StartSamples) => median(each.serve.map((start) => start[phase]));
  const firstRow = ofServe('firstRow');
  return [
    ['p50, p95', ...samples.map(({ papers }) => `${papers.toLocaleString('en')} papers`), 'target'],
    row(
      'process start to the first row, serve',
      (each) => spread(each.serve.map((start) => start.firstRow)),
      `1.1×: ${ratio(firstRow)}`,
    ),
    row(
      'a Node process that serves static rows',
      (each) => spread(each.bare),
      ratio((each) => median(each.bare)),
    ),
    row('serve beside that', (each) => `${(firstRow(each) / median(each.bare)).toFixed(2)}×`),
    ...phases.map(([phase, label]) =>
      row(`  ${label}, after`, (each) => milliseconds(ofServe(phase)(each)), ratio(ofServe(phase))),
    ),
    row(
      'the desktop program with a stand-in for Electron',
      (each) => spread(each.standIn),
      ratio((each) => median(each.standIn)),
    ),
    row(
      'the desktop program in Electron',
      ({ electron }) => (electron ? spread(electron) : 'skipped: no Electron runtime'),
      samples.every(({ electron }) => electron) ? `1.1×: ${ratio((each) => median(each.electron ?? []))}` : '1.1×',
    ),
  ];
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;

/** How much there is to load, one line each, with a head. */
export function sizeRows({ sizes: { page, main, archive } }: StartFigures): string[][] {
  return [
    ['what is loaded', 'size', 'gzipped', 'target'],
    ['the page, before the first row', kilobytes(page.first.bytes), kilobytes(page.first.gzipped), '250 kB gzipped'],
    ['the page, later', kilobytes(page.later.bytes), kilobytes(page.later.gzipped), ''],
    ['the main process, at the start of the window', kilobytes(main.window), '', ''],
    ['the main process, at the start of serve', kilobytes(main.serve), '', ''],
    ['the thread that reads the papers', kilobytes(main.papers), '', ''],
    ['the archive of an installed program', kilobytes(archive), '', '6,500 kB'],
  ];
}
