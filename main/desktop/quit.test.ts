import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { app, BrowserWindow } from './electron-double.ts';
import { quitInOrder } from './quit.ts';

vi.mock('electron', () => import('./electron-double.ts'));

app.becomeReady();

let written = '';

beforeEach(() => {
  vi.useFakeTimers();
  app.removeAllListeners();
  app.exitCode = null;
  written = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A window that is held back when it closes, as one is that flushes. */
function heldBack(): BrowserWindow {
  const window = new BrowserWindow();
  window.on('close', (event: { preventDefault(): void }) => event.preventDefault());
  return window;
}

test('the library is closed before the process ends', async () => {
  const closing = Promise.withResolvers<void>();
  quitInOrder(() => closing.promise);
  app.quit();
  expect(app.exitCode).toBeNull();
  closing.resolve();
  await vi.waitFor(() => expect(app.exitCode).toBe(0));
});

test('quitting goes on when the window that held it back is gone, and closes the library once', async () => {
  const close = vi.fn(async () => {});
  quitInOrder(close, 'darwin');
  const window = heldBack();
  app.quit();
  app.quit();
  expect(close).not.toHaveBeenCalled();
  window.destroy();
  app.quit();
  await vi.waitFor(() => expect(app.exitCode).toBe(0));
  expect(close).toHaveBeenCalledOnce();
});

test.each([
  ['linux', 1],
  ['win32', 1],
  ['darwin', 0],
] as const)('closing the last window on %s ends the program: %i', (platform, times) => {
  const close = vi.fn(async () => {});
  quitInOrder(close, platform);
  heldBack().destroy();
  expect(close).toHaveBeenCalledTimes(times);
});

test('on macOS, a window closed after quitting was called off does not end the program', () => {
  const close = vi.fn(async () => {});
  const doNotQuit = quitInOrder(close, 'darwin');
  const window = heldBack();
  app.quit();
  doNotQuit();
  window.destroy();
  expect(close).not.toHaveBeenCalled();
  app.quit();
  expect(close).toHaveBeenCalledOnce();
});

test('a library that cannot be closed ends the program with 1, and it is said', async () => {
  quitInOrder(async () => {
    throw new Error('disk full');
  });
  app.quit();
  await vi.waitFor(() => expect(app.exitCode).toBe(1));
  expect(written).toContain('did not close');
});

test('a library that never closes does not keep the program for ever', () => {
  quitInOrder(() => new Promise(() => {}));
  app.quit();
  vi.advanceTimersByTime(10_000);
  expect(app.exitCode).toBe(1);
  expect(written).toContain('did not close in time');
});

test('what ends the process when the library is closed, an installer say, is not held back', async () => {
  const close = vi.fn(async () => {});
  // As macOS's updater does it: it quits the program once more.
  const end = vi.fn(() => app.quit());
  quitInOrder(close, 'darwin', end);
  app.quit();
  await vi.waitFor(() => expect(app.exitCode).toBe(0));
  expect(end).toHaveBeenCalledExactlyOnceWith(0);
  expect(close).toHaveBeenCalledOnce();
});
