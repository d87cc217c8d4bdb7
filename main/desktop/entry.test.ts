import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const began = vi.hoisted(() => ({ what: [] as unknown[] }));
const argv = process.argv;

beforeEach(() => {
  began.what.length = 0;
  vi.resetModules();
  vi.doMock('electron', () => ({ app: { isPackaged: true } }));
  vi.doMock('./main.ts', () => {
    began.what.push('the window');
    return {};
  });
  vi.doMock('./command-line.ts', () => ({
    runCommandLine: async (args: readonly string[]) => {
      await Promise.resolve();
      began.what.push(args);
    },
  }));
});
afterEach(() => {
  process.argv = argv;
});

test.each<[string[], unknown]>([
  [['/opt/Offprint/offprint'], 'the window'],
  [['/opt/Offprint/offprint', 'a.bib'], 'the window'],
  [['/opt/Offprint/offprint', '--data-dir', 'list'], 'the window'],
  [
    ['/opt/Offprint/offprint', 'list', '--json'],
    ['list', '--json'],
  ],
  [['/opt/Offprint/offprint', '--no-sandbox', '--command-line', '--', 'x'], ['x']],
])('%j begins one thing, and is read to its end when that has', async (given, what) => {
  process.argv = given;
  await import('./entry.ts');
  expect(began.what).toEqual([what]);
});
