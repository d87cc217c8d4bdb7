import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildCorpus } from '../../main/corpus/build-corpus.ts';
import { damagedPassages, soundPassages } from '../../shared/reading/repair-passages.ts';
import { unseenDamaged, unseenSound } from '../../shared/reading/repair-passages-unseen.ts';
import { scoreOf } from '../../shared/reading/repair-score.ts';
import { driveBarePage, driveReading, type PageWork, type ReadingSamples } from './drive-reading.ts';
import { mathematicsPapers } from './mathematics-papers.ts';
import { median, percentile } from './statistics.ts';

/** What reading papers costs, with heavy mathematics and without; and how well damaged captures are repaired. */
export interface ReadingFigures {
  papers: number;
  mathematics: ReadingSamples;
  plain: ReadingSamples;
  /** A page that only writes another title. */
  bare: number[];
  repair: { labelled: number; right: number; wrong: number; sound: number; touched: number };
}

/** Papers gone back over, fewer than the window keeps formulas for. */
const goneBackOver = 100;

/**
 * Measures what a reader waits for from selecting a paper to its painted abstract, over papers full of formulas that
 * are all different, and over the same papers with words in their place.
 * @param scratch an empty folder
 * @param size how many papers of each
 */
export async function measureReading(
  scratch: string,
  size: number,
  say: (line: string) => void,
): Promise<ReadingFigures> {
  const samples: Partial<Record<'mathematics' | 'plain', ReadingSamples>> = {};
  const papers = mathematicsPapers(size);
  for (const kind of ['plain', 'mathematics'] as const) {
    const folder = join(scratch, `reading-${kind}`);
    mkdirSync(folder, { mode: 0o700 });
    buildCorpus(folder, papers[kind], size);
    say(`reading ${size.toLocaleString('en')} papers: ${kind}`);
    samples[kind] = await driveReading(folder, size, Math.min(goneBackOver, size - 6));
  }
  const bare = await driveBarePage(goneBackOver);
  const { labelled, right, wrong, sound, touched } = scoreOf(
    [...damagedPassages, ...unseenDamaged],
    [...soundPassages, ...unseenSound],
  );
  const { mathematics, plain } = samples;
  if (!mathematics || !plain) throw new Error('both kinds of papers are read');
  return {
    papers: size,
    mathematics,
    plain,
    bare,
    repair: { labelled, right, wrong, sound, touched: touched.length },
  };
}

/** The figures as rows of a table, without its head. */
export function readingRows({ papers, mathematics, plain, bare, repair }: ReadingFigures): string[][] {
  const spread = (samples: readonly number[]) =>
    [median(samples), percentile(samples, 0.95)].map((time) => time.toFixed(1)).join(', ');
  const times = (kind: 'cold' | 'warm') =>
    `${(percentile(mathematics[kind], 0.95) / percentile(plain[kind], 0.95)).toFixed(2)}× at p95`;
  const row = (kind: 'cold' | 'warm', what: string, target: string) => [
    `select to painted abstract, ${papers.toLocaleString('en')} papers with heavy mathematics, ${what}: p50, p95`,
    `${spread(mathematics[kind])} ms`,
    `${spread(plain[kind])} ms plain text`,
    times(kind),
    target,
  ];
  const spent = ({ whole, script, style, layout }: PageWork) =>
    `${whole.toFixed(1)} ms: ${[script, style, layout].map((time) => time.toFixed(1)).join(' + ')}`;
  const work = (kind: 'cold' | 'warm', what: string) => [
    `processor time of the page for it, ${what}, mean: script + style + layout`,
    spent(mathematics.work[kind]),
    `${spent(plain.work[kind])} plain text`,
    `${(mathematics.work[kind].whole / plain.work[kind].whole).toFixed(2)}×`,
    '',
  ];
  const share = (one: number, all: number) => `${((100 * one) / all).toFixed(1)} %`;
  return [
    row('warm', 'seen before', '16 ms'),
    row('cold', 'not seen before', '50 ms'),
    ['a bare page that writes another title at the same keys: p50, p95', `${spread(bare)} ms`, '', '', ''],
    work('warm', 'seen before'),
    work('cold', 'not seen before'),
    [
      `repaired: precision on ${repair.sound} traps`,
      share(repair.sound - repair.touched, repair.sound),
      `${share(repair.right, repair.right + repair.wrong)} of what is found in damaged passages`,
      '',
      '100 %',
    ],
    [`repaired: recall of ${repair.labelled} labelled stretches`, share(repair.right, repair.labelled), '', '', ''],
  ];
}
