import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inWords, oneTest, readReport, sum } from './tally.ts';

let folder: string;
let report: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-tally-'));
  report = join(folder, 'report.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const vitest = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 2 };
const playwright = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 3 } };

test('reads what vitest and Playwright report', () => {
  writeFileSync(report, JSON.stringify(vitest));
  expect(readReport('vitest', report, true)).toEqual({ passed: 5, failed: 0, skipped: 3 });
  writeFileSync(report, JSON.stringify(playwright));
  expect(readReport('playwright', report, false)).toEqual({ passed: 4, failed: 2, skipped: 3 });
});

test('a run that failed is never all well', () => {
  writeFileSync(report, JSON.stringify(vitest));
  expect(readReport('vitest', report, false)).toEqual({ passed: 5, failed: 1, skipped: 3 });
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
  expect(inWords(sum([oneTest(true), { passed: 0, failed: 0, skipped: 4 }]))).toBe('1 passed, 0 failed, 4 skipped');
});
