import { afterEach, beforeEach, expect, type MockInstance, test, vi } from 'vitest';
import type * as Double from './electron-double.ts';

let electron: typeof Double;
let refuseLaunch: (argv: readonly string[]) => boolean;
let write: MockInstance;

beforeEach(async () => {
  vi.resetModules();
  vi.doMock('electron', () => import('./electron-double.ts'));
  electron = await import('./electron-double.ts');
  ({ refuseLaunch } = await import('./refuse-launch.ts'));
  electron.app.isPackaged = true;
  write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => vi.restoreAllMocks());

test('an installed program ends at once when it is started with a switch that it does not take, and names it', () => {
  expect(refuseLaunch(['offprint', '--remote-debugging-port=9222'])).toBe(true);
  expect(electron.app.exitCode).toBe(1);
  expect(electron.errorBoxes).toEqual([
    { title: expect.any(String), content: expect.stringContaining('--remote-debugging-port,') },
  ]);
  expect(String(write.mock.calls[0]?.[0])).toContain('--remote-debugging-port');
});

test('started without the sandbox, it ends, and says what else there is, where the reader sees it', async () => {
  expect(refuseLaunch(['offprint', '--no-sandbox'])).toBe(true);
  expect(electron.errorBoxes).toEqual([]);
  electron.app.becomeReady();
  await vi.waitUntil(() => electron.app.exitCode !== null);
  expect(electron.app.exitCode).toBe(1);
  expect(electron.errorBoxes[0]?.content).toContain('.deb');
  expect(electron.BrowserWindow.all()).toEqual([]);
});

test('it starts with what it takes', () => {
  expect(refuseLaunch(['offprint', '--data-dir', '/d', 'a.bib'])).toBe(false);
  expect(electron.app.exitCode).toBeNull();
});

test('a program that is not installed takes every switch, as its tests and its developers need', () => {
  electron.app.isPackaged = false;
  expect(refuseLaunch(['electron', '.', '--inspect=0', '--remote-debugging-port=0', '--no-sandbox'])).toBe(false);
  expect(electron.errorBoxes).toEqual([]);
});
