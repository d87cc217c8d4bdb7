import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { app, errorBoxes, BrowserWindow as FakeWindow } from './electron-double.ts';
import { recoverFromCrash } from './recover-from-crash.ts';

vi.mock('electron', () => import('./electron-double.ts'));

app.becomeReady();

let window: FakeWindow;
let restart: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  errorBoxes.length = 0;
  app.exitCode = null;
  window = new FakeWindow();
  restart = recoverFromCrash(window as unknown as BrowserWindow);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  window.destroy();
});

test.each(['crashed', 'oom', 'killed'])('a page that was %s is loaded again', (reason) => {
  window.webContents.crash(reason);
  // Chromium must be done with the old process first.
  expect(window.webContents.reloads).toBe(0);
  vi.runAllTimers();
  expect(window.webContents.reloads).toBe(1);
  expect(errorBoxes).toEqual([]);
});

test('a page that ends as it should is left alone', () => {
  window.webContents.crash('clean-exit');
  vi.runAllTimers();
  expect(window.webContents.reloads).toBe(0);
});

test('a page that crashes again at once is given up with a message', () => {
  window.webContents.crash('crashed');
  vi.advanceTimersByTime(9_000);
  window.webContents.crash('crashed');
  vi.runAllTimers();
  expect(window.webContents.reloads).toBe(1);
  expect(errorBoxes).toHaveLength(1);
  expect(app.exitCode).toBe(0);
});

test('a page that crashes again much later is loaded again', () => {
  window.webContents.crash('crashed');
  vi.advanceTimersByTime(11_000);
  window.webContents.crash('crashed');
  vi.runAllTimers();
  expect(window.webContents.reloads).toBe(2);
  expect(errorBoxes).toEqual([]);
});

test('a window that is closed meanwhile is left alone', () => {
  window.webContents.crash('crashed');
  window.destroy();
  vi.runAllTimers();
  expect(window.webContents.reloads).toBe(0);
});

test('a page that is loaded again because it did not answer has not crashed', () => {
  window.webContents.crash('crashed');
  vi.runAllTimers();
  restart();
  expect(window.webContents.did).toEqual(['end']);
  vi.runAllTimers();
  expect(window.webContents.reloads).toBe(2);
  restart();
  vi.runAllTimers();
  expect(window.webContents.reloads).toBe(3);
  expect(errorBoxes).toEqual([]);
  // One that then crashes twice by itself is given up all the same.
  window.webContents.crash('crashed');
  vi.runAllTimers();
  expect(errorBoxes).toHaveLength(1);
});

test('a window that is gone is not loaded again', () => {
  window.destroy();
  restart();
  expect(window.webContents.did).toEqual([]);
});
