import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { addPastVersions, makeMarkedStore, notesOf } from './marked-store.ts';
import { measure } from './measure.ts';
import { median, percentile } from './statistics.ts';

interface Spread {
  p50: number;
  p95: number;
}

interface Saving {
  lineBytes: number;
  saving: Spread;
  appending: Spread;
}

interface Background {
  milliseconds: number;
  longestHeld: number;
  p99Held: number;
  marking: Spread & { longest: number };
}

/** What keeping the reader's data costs in a library of one size; times in milliseconds. */
export interface SizeFigures {
  marked: number;
  notes: number;
  /** By the store alone, and by the whole library as a window asks for it. */
  saving: { store: Saving; library: Saving };
  opening: Spread & { parse: Spread };
  folding: Background;
  keeping: Background;
  versions: { first: number; longestHeld: number; p50: number; p95: number; newest: number };
}

const openings = 9;
const versionsOfEach = 3;

async function measureSize(folder: string, marked: number): Promise<SizeFigures> {
  const notes = notesOf(marked);
  await makeMarkedStore(folder, marked);
  const scratch = `${folder}-copy`;
  // Each measures what the one before it has not touched.
  const onCopy = async <T>(script: string, ...args: string[]): Promise<T> => {
    rmSync(scratch, { recursive: true, force: true });
    cpSync(folder, scratch, { recursive: true });
    return measure<T>(script, scratch, ...args);
  };
  const times: Record<'store' | 'parse', number[]> = { store: [], parse: [] };
  for (let round = 0; round <= openings; round += 1) {
    for (const how of ['store', 'parse'] as const) {
      const { milliseconds } = await onCopy<{ milliseconds: number }>('measure-store-opening.ts', how);
      // The first round warms the file cache for both.
      if (round > 0) times[how].push(milliseconds);
    }
  }
  const saving = {
    store: await onCopy<Saving>('measure-saving.ts', 'store', '2000'),
    library: await onCopy<Saving>('measure-saving.ts', 'library', '1000'),
  };
  const background = await onCopy<{ folding: Background; keeping: Background }>('measure-folding.ts');
  await addPastVersions(folder, marked, versionsOfEach);
  const versions = await onCopy<SizeFigures['versions']>('measure-versions.ts', String(notes), String(marked / notes));
  rmSync(scratch, { recursive: true, force: true });
  const spread = (samples: readonly number[]) => ({ p50: median(samples), p95: percentile(samples, 0.95) });
  return {
    marked,
    notes,
    saving,
    opening: { ...spread(times.store), parse: spread(times.parse) },
    ...background,
    versions,
  };
}

/**
 * Measures saving, opening, folding and keeping in libraries of several sizes, beside the bare operation.
 * @param scratch an empty folder for what may be thrown away
 * @param sizes how many papers are marked
 */
export async function measureStore(
  scratch: string,
  sizes: readonly number[],
  say: (line: string) => void,
): Promise<SizeFigures[]> {
  const folder = join(scratch, 'store');
  mkdirSync(folder);
  const figures: SizeFigures[] = [];
  for (const size of sizes) {
    say(`saving, opening and folding with ${size.toLocaleString('en')} marked papers`);
    figures.push(await measureSize(join(folder, String(size)), size));
  }
  return figures;
}

/** The figures as rows of a table, without its head. */
export function storeRows(figures: readonly SizeFigures[]): string[][] {
  const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
  const times = (value: number) => `${value.toFixed(2)}×`;
  return figures.flatMap(({ marked, notes, saving, opening, folding, keeping, versions }) => {
    const of = `${marked.toLocaleString('en')} marked`;
    const save = ({ saving: own, appending: bare, lineBytes }: Saving, what: string, target: string) => [
      `one note saved, ${what}, ${of}`,
      `p50 ${ms(own.p50)}, p95 ${ms(own.p95)}`,
      `p50 ${ms(bare.p50)}, p95 ${ms(bare.p95)} bare append of ${lineBytes} bytes + fsync`,
      times(own.p50 / bare.p50),
      target,
    ];
    const background = (what: string, { milliseconds, longestHeld, marking }: Background, target: string) => [
      `${what}, ${of}`,
      `${ms(milliseconds)}; the main thread held ${ms(longestHeld)} at most`,
      `marking meanwhile p50 ${ms(marking.p50)}, p95 ${ms(marking.p95)}`,
      '',
      target,
    ];
    return [
      save(saving.store, 'the store', '2×'),
      save(saving.library, 'the whole library', ''),
      [
        `opening the store, ${of}`,
        `p50 ${ms(opening.p50)}, p95 ${ms(opening.p95)}`,
        `p50 ${ms(opening.parse.p50)} JSON.parse of the same bytes`,
        times(opening.p50 / opening.parse.p50),
        '400 ms',
      ],
      background('folding the journal', folding, 'held 20 ms'),
      background('taking a generation', keeping, 'held 20 ms'),
      [
        `past versions of a note, ${notes.toLocaleString('en')} notes`,
        `p50 ${ms(versions.p50)}, p95 ${ms(versions.p95)}`,
        `${ms(versions.first)} the first time, the main thread held ${ms(versions.longestHeld)} at most`,
        '',
        '',
      ],
    ];
  });
}
