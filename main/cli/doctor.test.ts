import { chmodSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkNames, type DoctorReport, doctorReportSchema } from '../doctor/report.ts';
import { openReader } from '../store/store-testing.ts';
import { run } from './program.ts';

let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-doctor-'));
  chmodSync(folder, 0o700);
  for (const text of ['first', 'a secret of mine']) {
    const { store, marks } = await openReader(folder);
    await marks.setNote({ id: 'arxiv:1', markedAs: [] }, text);
    await store.keep('asked');
    await store.close();
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function offprint(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const ran = { code: 0, out: '', err: '' };
  const terminal = {
    out: (text: string) => {
      ran.out += text;
    },
    err: (line: string) => {
      ran.err += `${line}\n`;
    },
    drained: () => Promise.resolve(),
    progress: null,
    input: (async function* () {})(),
    width: null,
    folder,
    env: { OFFPRINT_DATA_DIR: folder },
    stopped: () => new Promise<void>(() => {}),
  };
  ran.code = await run(args, terminal, () => Promise.reject(new Error('the doctor opens no library')));
  return ran;
}

async function json(...args: string[]): Promise<{ code: number; report: DoctorReport }> {
  const { code, out } = await offprint('doctor', '--json', ...args);
  return { code, report: doctorReportSchema.strict().parse(JSON.parse(out)) };
}

test('a healthy folder ends with 0, and each check stands there once', async () => {
  const { code, report } = await json();
  expect(report.checks.map(({ name }) => name)).toEqual(checkNames);
  expect([code, report.healthy, report.repaired]).toEqual([0, true, undefined]);
  const { code: plain, out } = await offprint('doctor');
  expect([plain, out.trimEnd().split('\n').length]).toEqual([0, checkNames.length + 1]);
  expect(out).toMatch(/All is well\.\n$/);
});

test('a damaged one ends with 1 and says what it would do; repairing does it and ends with 0', async () => {
  truncateSync(join(folder, 'library.json'), 0);
  const found = await offprint('doctor');
  expect(found.code).toBe(1);
  expect(found.out).toMatch(
    /^PROBLEM {2}library: .*library\.json is empty\.\n {9}--repair would: Keep the damaged file/m,
  );
  expect(found.out).toMatch(/There is 1 problem\. doctor --repair does what is said above\.\n$/);
  const mended = await offprint('doctor', '--repair');
  expect(mended.code).toBe(0);
  expect(mended.out).toMatch(
    /^repaired {2}library: library\.json is empty\. Your marks and notes were brought back from/,
  );
  expect(found.out + mended.out).not.toContain('secret');
  const { code, report } = await json('--repair');
  expect([code, report.repaired]).toEqual([0, []]);
});

test('without a folder it ends with 1 and makes none', async () => {
  const { code, err } = await offprint('doctor', '--data-dir', join(folder, 'none'));
  expect([code, err]).toEqual([1, expect.stringContaining('there is no such folder')]);
});
