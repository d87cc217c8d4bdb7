import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { flakyInWords, hostsInWords, inWords, oneTest, readReport, sum } from './tally.ts';

let folder: string;
let report: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-tally-'));
  report = join(folder, 'report.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const vitest = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 2 };
const spec = (title: string, line: number, status: string) => ({
  title,
  file: 'window/look.spec.ts',
  line,
  tests: [{ projectName: 'browser', status }],
});
const playwright = {
  stats: { expected: 4, unexpected: 1, flaky: 2, skipped: 3 },
  suites: [
    {
      specs: [spec('draws', 7, 'expected'), spec('reads', 8, 'flaky'), spec('writes', 9, 'unexpected')],
      suites: [{ specs: [spec('stops', 12, 'flaky')] }],
    },
  ],
};
const flaky = ['[browser] window/look.spec.ts:8 › reads', '[browser] window/look.spec.ts:12 › stops'];

test('reads what vitest and Playwright report', () => {
  writeFileSync(report, JSON.stringify(vitest));
  expect(readReport('vitest', report, true)).toEqual({ passed: 5, failed: 0, skipped: 3, flaky: [] });
  writeFileSync(report, JSON.stringify(playwright));
  expect(readReport('playwright', report, false)).toEqual({ passed: 6, failed: 1, skipped: 3, flaky });
});

test('each host is counted and named, one that was skipped or never ran too', () => {
  const of = (projectName: string, status: string) => ({ projectName, status });
  const tests = [of('browser', 'expected'), of('desktop', 'unexpected'), of('electron', 'skipped'), of('new', 'flaky')];
  const specs = [{ ...spec('draws', 7, 'expected'), tests }, spec('reads', 8, 'flaky')];
  writeFileSync(report, JSON.stringify({ suites: [{ specs: [], suites: [{ specs }] }] }));
  const names = { browser: 'in a browser', desktop: 'stand-in', electron: 'Electron', none: 'nowhere' };
  expect(hostsInWords(report, names)).toEqual([
    'in a browser: 2 passed, 0 failed',
    'stand-in: 0 passed, 1 failed',
    'Electron: 0 passed, 0 failed, 1 skipped',
    'nowhere: 0 passed, 0 failed',
    'new: 1 passed, 0 failed',
  ]);
  writeFileSync(report, 'no report');
  expect(hostsInWords(report, { browser: 'in a browser' })).toEqual(['in a browser: 0 passed, 0 failed']);
});

test('a run that failed is never all well', () => {
  writeFileSync(report, JSON.stringify(vitest));
  expect(readReport('vitest', report, false)).toEqual({ passed: 5, failed: 1, skipped: 3, flaky: [] });
});

test.each(['', '{}', 'null', '{"stats":{}}'])('a report of %j is one failure', (text) => {
  writeFileSync(report, text);
  for (const kind of ['vitest', 'playwright'] as const) expect(readReport(kind, report, true)).toEqual(oneTest(false));
});

test('so is none', () => {
  expect(readReport('vitest', report, true)).toEqual(oneTest(false));
});

test('the totals in words', () => {
  expect(inWords(sum([]))).toBe('0 passed, 0 failed');
  expect(inWords(sum([oneTest(true), oneTest(false), oneTest(true)]))).toBe('2 passed, 1 failed');
  expect(inWords(sum([oneTest(true), { passed: 0, failed: 0, skipped: 4, flaky: [] }]))).toBe(
    '1 passed, 0 failed, 4 skipped',
  );
});

test('a test that passed when run again has passed, and is told by name', () => {
  const total = sum([oneTest(true), { passed: 2, failed: 0, skipped: 0, flaky }]);
  expect(inWords(total)).toBe('3 passed, 0 failed');
  expect(flakyInWords(total)).toBe(`2 flaky: failed, and passed when run again\n  ${flaky[0]}\n  ${flaky[1]}`);
  expect(flakyInWords(oneTest(false))).toBeNull();
});
