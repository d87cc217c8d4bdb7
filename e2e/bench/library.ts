import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildCorpus } from '../../main/corpus/build-corpus.ts';
import { openLibrary } from '../../main/library.ts';
import { generatePapers } from './generate.ts';
import { measure } from './measure.ts';
import { median, percentile, timed } from './statistics.ts';

interface Measured {
  search: { query: string; hits: number; ours: number; bare: number }[];
  marking: { p50: number; p95: number };
  appending: { p50: number; p95: number };
  storeBytes: number;
  peakMegabytes: number;
}

/** What opening, searching and marking cost; see {@link measureLibrary}. */
export interface LibraryFigures {
  papers: number;
  buildSeconds: number;
  opening: { small: number; large: number; ratio: number };
  search: Record<'p50' | 'p95' | 'bareP50' | 'bareP95' | 'ratioP50' | 'ratioP95', number> & {
    queries: Measured['search'];
  };
  statusChange: Record<'few' | 'many', Measured['marking'] & { append: Measured['appending']; storeBytes: number }>;
  peakMegabytes: { few: number; many: number };
}

const openings = 15;

async function openingTimes(folders: readonly string[]): Promise<number[][]> {
  const samples: number[][] = folders.map(() => []);
  for (let round = 0; round <= openings; round += 1) {
    for (const [index, folder] of folders.entries()) {
      const { milliseconds } = await measure<{ milliseconds: number }>('measure-opening.ts', folder);
      // The first round warms the file cache for each.
      if (round > 0) samples[index]?.push(milliseconds);
    }
  }
  return samples;
}

/** A copy of a library in which `count` papers have a status, a tag or a note, written by the library itself. */
async function markedCopy(folder: string, scratch: string, size: number, count: number): Promise<string> {
  const copy = join(scratch, `marked-${count}`);
  cpSync(folder, copy, { recursive: true });
  const library = await openLibrary({ dataFolder: copy, bundledCapture: null, appVersion: 'bench' });
  const { result } = await library.handlers['list.open']({ view: 'all', query: '', sort: [], limit: 0 });
  const third = Math.ceil(count / 3);
  const from = Math.floor(size / 2);
  const mark = (start: number, change: Parameters<(typeof library.handlers)['papers.mark']>[0]['change']) =>
    library.handlers['papers.mark']({ selection: { result, ranges: [[start, start + third]] }, change });
  await mark(from, { status: 'read' });
  await mark(from + third, { status: 'queued', addTags: ['to discuss'] });
  await mark(from + 2 * third, { status: 'reading', starred: true });
  await library.close();
  return copy;
}

/**
 * Builds a small and a large library, and measures opening, searching and marking in them, always
 * beside the bare operation or the small library.
 * @param large an empty folder, which holds the large library afterwards
 * @param scratch an empty folder for what may be thrown away
 * @param size how many papers the large one has
 */
export async function measureLibrary(
  large: string,
  scratch: string,
  size: number,
  say: (line: string) => void,
): Promise<LibraryFigures> {
  say(`building a library of ${size.toLocaleString('en')} papers in a temporary folder`);
  const small = join(scratch, 'small');
  for (const folder of [small, large]) mkdirSync(folder, { mode: 0o700 });
  buildCorpus(small, generatePapers(55), 55);
  const building = await timed(() => buildCorpus(large, generatePapers(size), size));

  say(`opening each library ${openings} times, turn about`);
  const [openingSmall = [], openingLarge = []] = await openingTimes([small, large]);

  say('searching and marking, few papers marked');
  const few = await measure<Measured>('measure-library.ts', await markedCopy(large, scratch, size, 10));
  say('searching and marking, a fifth of the papers marked');
  const many = await measure<Measured>(
    'measure-library.ts',
    await markedCopy(large, scratch, size, Math.floor(size / 5)),
    '3',
    '60',
  );

  const ours = few.search.map((each) => each.ours);
  const bare = few.search.map((each) => each.bare);
  return {
    papers: size,
    buildSeconds: building / 1000,
    opening: {
      small: median(openingSmall),
      large: median(openingLarge),
      ratio: median(openingLarge) / median(openingSmall),
    },
    search: {
      p50: median(ours),
      p95: percentile(ours, 0.95),
      bareP50: median(bare),
      bareP95: percentile(bare, 0.95),
      ratioP50: median(ours) / median(bare),
      ratioP95: percentile(ours, 0.95) / percentile(bare, 0.95),
      queries: few.search,
    },
    statusChange: {
      few: { ...few.marking, append: few.appending, storeBytes: few.storeBytes },
      many: { ...many.marking, append: many.appending, storeBytes: many.storeBytes },
    },
    peakMegabytes: { few: few.peakMegabytes, many: many.peakMegabytes },
  };
}

/** The figures as rows of a table, without its head. */
export function libraryRows(figures: LibraryFigures): string[][] {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const times = (value: number) => `${value.toFixed(2)}×`;
  const { opening, search, statusChange, peakMegabytes } = figures;
  return [
    [
      'opening to first screenful, p50',
      ms(opening.large),
      `${ms(opening.small)} with 55 papers`,
      times(opening.ratio),
      '1.2×',
    ],
    ['search p50', ms(search.p50), `${ms(search.bareP50)} bare FTS5`, times(search.ratioP50), '2×'],
    ['search p95', ms(search.p95), `${ms(search.bareP95)} bare FTS5`, times(search.ratioP95), '2×'],
    ...(['few', 'many'] as const).flatMap((which) => {
      const { p50, p95, append, storeBytes } = statusChange[which];
      const label = `one status change, ${which === 'few' ? '10' : Math.floor(figures.papers / 5).toLocaleString('en')} marked (${(storeBytes / 1024).toFixed(0)} kB)`;
      return [
        [`${label}, p50`, ms(p50), `${ms(append.p50)} bare append + fsync`, times(p50 / append.p50), '5 ms'],
        [`${label}, p95`, ms(p95), `${ms(append.p95)} bare append + fsync`, times(p95 / append.p95), ''],
      ];
    }),
    [
      'peak memory of the process',
      `${peakMegabytes.few.toFixed(0)} MB`,
      `${peakMegabytes.many.toFixed(0)} MB, a fifth marked`,
      '',
      '',
    ],
  ];
}

/** Each query's own figures, with a head. */
export function queryRows({ search }: LibraryFigures): string[][] {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const times = (value: number) => `${value.toFixed(2)}×`;
  return [
    ['query', 'papers found', 'Offprint', 'bare FTS5', 'ratio'],
    ...search.queries.map((each) => [
      each.query.trim(),
      each.hits.toLocaleString('en'),
      ms(each.ours),
      ms(each.bare),
      times(each.ours / each.bare),
    ]),
  ];
}
