import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** How many tests ended in which way. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** Names of the tests that failed and passed when they were run again. They are among the passed. */
  flaky: readonly string[];
}

/** The tally of a step that is one test by itself. */
export function oneTest(passed: boolean): Tally {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0, flaky: [] };
}

/** All tallies in one. */
export function sum(tallies: readonly Tally[]): Tally {
  const total = (key: 'passed' | 'failed' | 'skipped') => tallies.reduce((all, tally) => all + tally[key], 0);
  return {
    passed: total('passed'),
    failed: total('failed'),
    skipped: total('skipped'),
    flaky: tallies.flatMap(({ flaky }) => flaky),
  };
}

/** The tally in words: the last line of a test run. */
export function inWords({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** The flaky tests by name, one to a line below how many they are; null when there are none. */
export function flakyInWords({ flaky }: Tally): string | null {
  if (flaky.length === 0) return null;
  return [`${flaky.length} flaky: failed, and passed when run again`, ...flaky].join('\n  ');
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
    flaky: [],
  }));

const playwrightSuite = z.object({
  specs: z
    .array(
      z.object({
        title: z.string(),
        file: z.string(),
        line: z.int(),
        tests: z.array(z.object({ projectName: z.string(), status: z.string() })),
      }),
    )
    .default([]),
  get suites() {
    return z.array(playwrightSuite).default([]);
  },
});

/** Names of the flaky tests of a suite and of those within it. */
function flakyOf({ specs, suites }: z.infer<typeof playwrightSuite>): string[] {
  const own = specs.flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status === 'flaky')
      .map(({ projectName }) => `[${projectName}] ${file}:${line} › ${title}`),
  );
  return [...own, ...suites.flatMap(flakyOf)];
}

/** How the tests of each host ended, of a suite and of those within it. */
function hostsOf({ specs, suites }: z.infer<typeof playwrightSuite>): { host: string; status: string }[] {
  const own = specs.flatMap(({ tests }) => tests.map(({ projectName, status }) => ({ host: projectName, status })));
  return [...own, ...suites.flatMap(hostsOf)];
}

/**
 * How the end-to-end suite went in each of its hosts, in words, one to a line.
 * @param path Playwright's JSON report; nothing is said of one that cannot be read
 * @param hosts what to call each of Playwright's projects; one of which no test ran is named all the same
 */
export function hostsInWords(path: string, hosts: Readonly<Record<string, string>>): string[] {
  const ended = readSuites(path).flatMap(hostsOf);
  const names = new Set([...Object.keys(hosts), ...ended.map(({ host }) => host)]);
  return [...names].map((name) => {
    const own = ended.filter(({ host }) => host === name);
    const count = (...statuses: string[]) => own.filter(({ status }) => statuses.includes(status)).length;
    const passed = count('expected', 'flaky');
    const skipped = count('skipped');
    return `${hosts[name] ?? name}: ${inWords({ passed, failed: own.length - passed - skipped, skipped, flaky: [] })}`;
  });
}

function readSuites(path: string): z.infer<typeof playwrightSuite>[] {
  try {
    return z.object({ suites: z.array(playwrightSuite) }).parse(JSON.parse(readFileSync(path, 'utf8'))).suites;
  } catch {
    return [];
  }
}

const playwrightReport = z
  .object({
    stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
    suites: z.array(playwrightSuite),
  })
  .transform(({ stats, suites }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    flaky: suites.flatMap(flakyOf),
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
