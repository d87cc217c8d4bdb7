import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtures, judgeImport, type Verdict } from '../../main/importers/fixtures-for-tests.ts';
import { mutated, stretched } from '../../main/importers/mutations.ts';
import { FuzzedLibrary } from './library-runner.ts';

/** Cases of one format to be run. */
export interface Task {
  format: string;
  from: number;
  count: number;
  /**
   * Files that are damaged, files with something short in them a great many times, or one damaged
   * file of every format imported into a library and taken back.
   */
  kind: 'damaged' | 'stretched' | 'library';
  /** A folder for the files that fail. */
  kept: string;
}

/** What became of one case. */
export interface Answer extends Verdict {
  seed: number;
  /** Time of the processor that it took. */
  milliseconds: number;
  /** What was wrong, or null. */
  fault: string | null;
}

/** A file is two megabytes at most; so much time for it means that it grows with the square. */
const longestWork = 10_000;

const all = fixtures();
const others = all.map(({ bytes }) => bytes);

/** Length of what stands in a stretched file, in bytes. */
const stretch = 2_000_000;

const libraries: FuzzedLibrary[] = [];

async function runBatch(seed: number): Promise<Answer> {
  const library = libraries[0] ?? new FuzzedLibrary(all);
  libraries[0] = library;
  const began = performance.now();
  try {
    const { papers } = await library.batch(seed);
    return { seed, outcome: 'read', records: papers, milliseconds: performance.now() - began, fault: null };
  } catch (error) {
    libraries.length = 0;
    const fault = faultOf(error);
    return { seed, outcome: 'refused', records: 0, milliseconds: performance.now() - began, fault };
  }
}

function faultOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.replaceAll(/\s*\n\s*/g, ' | ').slice(0, 400);
}

async function runCase({ format, kind, kept }: Task, seed: number): Promise<Answer> {
  if (kind === 'library') return await runBatch(seed);
  const own = all.filter((fixture) => fixture.format === format);
  const original = own[seed % own.length]?.bytes ?? Buffer.alloc(0);
  // It stands in the folder before it is tried: a process that dies leaves it there.
  const path = join(kept, `${format}-${kind}-${seed}`);
  writeFileSync(path, kind === 'damaged' ? mutated(original, others, seed) : stretched(original, seed, stretch));
  const before = process.cpuUsage();
  let verdict: Verdict = { outcome: 'refused', records: 0 };
  let fault: string | null = null;
  try {
    verdict = await judgeImport(path, 'damaged', seed % 2 === 0 ? null : format);
  } catch (error) {
    fault =
      error instanceof Error
        ? (error.stack ?? error.message).replaceAll(/\s*\n\s*/g, ' | ').slice(0, 400)
        : String(error);
  }
  const used = process.cpuUsage(before);
  const milliseconds = (used.user + used.system) / 1000;
  if (milliseconds > longestWork) fault ??= `it took ${Math.round(milliseconds)} ms`;
  if (fault === null) rmSync(path);
  return { ...verdict, seed, milliseconds, fault };
}

process.on('message', async (task: Task) => {
  const end = task.from + task.count;
  for (let seed = task.from; seed < end; seed += 1) process.send?.(await runCase(task, seed));
  await libraries[0]?.close();
  process.disconnect();
});
