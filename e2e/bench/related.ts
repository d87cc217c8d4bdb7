import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildCorpus } from '../../main/corpus/build-corpus.ts';
import { measureRecall } from '../../main/corpus/related-recall-testing.ts';
import { generatePapers } from './generate.ts';
import { measure } from './measure.ts';
import { median, percentile } from './statistics.ts';

/** Times of one kind, in milliseconds. */
type Times = Record<'p50' | 'p95' | 'slowest', number>;

/** What finding the neighbours of papers costs, and how well it does; see {@link measureRelated}. */
export interface RelatedFigures {
  papers: number;
  related: Times;
  titleQuery: Times;
  /** Reading a paper while nothing else is asked, and while neighbours are looked for all the time. */
  reading: { alone: Times; meanwhile: Times };
  recall: ReturnType<typeof measureRecall>;
}

/** Papers of which the neighbours are looked for. */
const asked = 200;

/**
 * Measures the neighbours of papers of a generated library beside FTS5's own ranking of their titles, and by the labelled
 * papers of the bundled capture how many of those that belong together either finds.
 * @param large a folder with the library, which is made where there is none
 * @param scratch an empty folder for what may be thrown away
 * @param size how many papers the library has
 */
export async function measureRelated(
  large: string,
  scratch: string,
  size: number,
  say: (line: string) => void,
): Promise<RelatedFigures> {
  if (!existsSync(join(large, 'corpus.db'))) {
    say(`building a library of ${size.toLocaleString('en')} papers in a temporary folder`);
    mkdirSync(large, { recursive: true, mode: 0o700 });
    buildCorpus(large, generatePapers(size), size);
  }
  say(`neighbours of ${asked} papers`);
  const { related, titleQuery, alone, meanwhile } = await measure<
    Record<'related' | 'titleQuery' | 'alone' | 'meanwhile', number[]>
  >('measure-related.ts', large, String(asked));
  const labelled = join(scratch, 'labelled');
  mkdirSync(labelled, { mode: 0o700 });
  return {
    papers: size,
    related: timesOf(related),
    titleQuery: timesOf(titleQuery),
    reading: { alone: timesOf(alone), meanwhile: timesOf(meanwhile) },
    recall: measureRecall(labelled),
  };
}

function timesOf(samples: readonly number[]): Times {
  return { p50: median(samples), p95: percentile(samples, 0.95), slowest: Math.max(...samples) };
}

/** The figures as rows of a table, without its head. */
export function relatedRows({ papers, related, titleQuery, reading, recall }: RelatedFigures): string[][] {
  const ms = ({ p50, p95, slowest }: Times) => `${[p50, p95, slowest].map((time) => time.toFixed(1)).join(', ')} ms`;
  const times = (one: number, other: number) => `${(one / other).toFixed(2)}×`;
  const share = (value: number) => value.toFixed(3);
  const number = papers.toLocaleString('en');
  return [
    [
      `neighbours of a paper among ${number}: p50, p95, slowest`,
      ms(related),
      `${ms(titleQuery)} FTS5 of the title`,
      `${times(related.p50, titleQuery.p50)}, ${times(related.p95, titleQuery.p95)} at p95`,
      '50 ms',
    ],
    [
      'reading a paper meanwhile: p50, p95, slowest',
      ms(reading.meanwhile),
      `${ms(reading.alone)} alone`,
      times(reading.meanwhile.p95, reading.alone.p95),
      '',
    ],
    ...(['all', 'held-out', 'tuned'] as const).map((half) => {
      const { ours, titleQuery: theirs, pairs, papers: labelled } = recall[half];
      const which = half === 'all' ? '' : `, ${half} half`;
      return [
        `recall at 5${which}: ${pairs} labelled pairs, ${labelled} papers`,
        share(ours),
        `${share(theirs)} FTS5 of the title`,
        times(ours, theirs),
        'better',
      ];
    }),
  ];
}
