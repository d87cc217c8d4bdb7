/**
 * `npm run fuzz`: damaged files of every format, tens of thousands of them, from bytes to records.
 * Each must be refused in plain words or give records as they must be, soon and in little memory.
 * `--cases N` in all, `--seed N` to begin with, `--format F` for one format only; `--stretched` for
 * files that hold something short a great many times instead; `--library` for imports into a real
 * library, of one damaged file of every format at a time, which are cancelled, confirmed and undone
 * and must leave nothing. The files that failed are kept; the exit code is 1 when there are any.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fixtures } from '../../main/importers/fixtures-for-tests.ts';
import { stretchedCases } from '../../main/importers/mutations.ts';
import { importers } from '../../main/importers/registry.ts';
import type { Answer, Task } from './case-runner.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '0' },
    format: { type: 'string' },
    stretched: { type: 'boolean', default: false },
    library: { type: 'boolean', default: false },
  },
});

/** A case that takes longer hangs, in milliseconds; the machine may be busy. */
const longestWait = 60_000;
/** Memory that a case may need, in megabytes: a few times what the largest whole text takes. */
const mostMemory = 512;
const mostFailures = 25;

const say = (line: string) => process.stdout.write(`${line}\n`);
const kept = mkdtempSync(join(tmpdir(), 'offprint-fuzz-'));
const first = Number(values.seed);
const kind = values.library ? 'library' : values.stretched ? 'stretched' : 'damaged';
const formats =
  kind === 'library'
    ? ['library']
    : values.format === undefined
      ? importers.map(({ format }) => format)
      : [values.format];
const files = kind === 'library' ? fixtures().length : 1;
const perFormat = kind === 'stretched' ? stretchedCases : Math.ceil(Number(values.cases) / formats.length / files);

interface Tally {
  refused: number;
  read: number;
  records: number;
  failures: string[];
  slowest: { seed: number; milliseconds: number };
}

/**
 * Runs cases `[from, from + count)` of a format in a process of its own.
 * @returns the case at which it crashed or hung and was stopped, or null
 */
function run(format: string, from: number, count: number, tally: Tally): Promise<number | null> {
  const child = fork(join(import.meta.dirname, 'case-runner.ts'), {
    execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${mostMemory}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (data: Buffer) => {
    said = (said + data.toString()).slice(-2000);
  });
  return new Promise((resolve) => {
    let at = from;
    let hung = false;
    const stop = () => {
      hung = true;
      child.kill('SIGKILL');
    };
    let watchdog = setTimeout(stop, longestWait);
    child.on('message', (answer: Answer) => {
      clearTimeout(watchdog);
      watchdog = setTimeout(stop, longestWait);
      at = answer.seed + 1;
      if (answer.milliseconds > tally.slowest.milliseconds) tally.slowest = answer;
      if (answer.fault !== null) tally.failures.push(`${format}, case ${answer.seed}: ${answer.fault}`);
      else tally[answer.outcome] += 1;
      tally.records += answer.records;
      if (tally.failures.length >= mostFailures) child.kill('SIGKILL');
    });
    child.on('exit', () => {
      clearTimeout(watchdog);
      const done = at >= from + count || tally.failures.length >= mostFailures;
      if (!done) {
        tally.failures.push(
          hung
            ? `${format}, case ${at}: no end after ${longestWait / 1000} seconds`
            : `${format}, case ${at}: the process ended: ${said.trim().split('\n').slice(-8).join(' | ')}`,
        );
      }
      resolve(done ? null : at);
    });
    child.send({ format, from, count, kind, kept } satisfies Task);
  });
}

const started = performance.now();
let failed = 0;
let total = 0;
for (const format of formats) {
  const tally: Tally = { refused: 0, read: 0, records: 0, failures: [], slowest: { seed: 0, milliseconds: 0 } };
  const end = first + perFormat;
  for (let from = first; from < end; ) {
    const stoppedAt = await run(format, from, end - from, tally);
    from = stoppedAt === null ? end : stoppedAt + 1;
  }
  const { refused, read, records, failures, slowest } = tally;
  total += refused + read + failures.length;
  failed += failures.length;
  const slow = `slowest ${Math.round(slowest.milliseconds)} ms (case ${slowest.seed})`;
  say(`${format}: ${refused} refused, ${read} read with ${records} records, ${failures.length} failed; ${slow}`);
  for (const failure of failures) say(`  ${failure}`);
}
say(
  `${total * files} ${kind === 'stretched' ? 'stretched' : 'damaged'} files in ${Math.round((performance.now() - started) / 1000)} s, ${failed} failed.`,
);
if (readdirSync(kept).length === 0) rmSync(kept, { recursive: true });
else say(`The files that failed are in ${kept}.`);
process.exitCode = failed === 0 ? 0 : 1;
