import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** How many tests ended in which way. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** The tally of a step that is one test by itself. */
export function oneTest(passed: boolean): Tally {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

/** All tallies in one. */
export function sum(tallies: readonly Tally[]): Tally {
  const total = (key: keyof Tally) => tallies.reduce((all, tally) => all + tally[key], 0);
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') };
}

/** The tally in words: the last line of a test run. */
export function inWords({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

const vitestReport = z
  .object({
    numPassedTests: z.int(),
    numFailedTests: z.int(),
    numPendingTests: z.int(),
    numTodoTests: z.int(),
  })
  .transform((report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }));

const playwrightReport = z
  .object({
    stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  })
  .transform(({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }));

/**
 * Reads the JSON report of vitest or Playwright. A run that failed without a failed test to show
 * for it (a file that does not load, a report that was not written) counts as one.
 * @param path the report's file
 * @param passed whether the run itself said that all is well
 */
export function readReport(kind: 'vitest' | 'playwright', path: string, passed: boolean): Tally {
  const schema = kind === 'vitest' ? vitestReport : playwrightReport;
  let tally: Tally;
  try {
    tally = schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return oneTest(false);
  }
  return passed || tally.failed > 0 ? tally : sum([tally, oneTest(false)]);
}
