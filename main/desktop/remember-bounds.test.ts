import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WindowBounds } from '../../shared/settings.ts';
import { app, BrowserWindow as FakeWindow } from './electron-double.ts';
import { rememberBounds } from './remember-bounds.ts';

vi.mock('electron', () => import('./electron-double.ts'));

const bounds = { x: 5, y: 6, width: 900, height: 700 };
let window: FakeWindow;
let save: ReturnType<typeof vi.fn<(bounds: WindowBounds) => Promise<void>>>;
let saveNow: () => Promise<void>;

app.becomeReady();

beforeEach(() => {
  vi.useFakeTimers();
  window = new FakeWindow();
  save = vi.fn(async () => {});
  saveNow = rememberBounds(window as unknown as BrowserWindow, save);
});

afterEach(() => {
  window.destroy();
  vi.useRealTimers();
});

test('a place is written down once, when the window has come to rest', () => {
  window.move({ ...bounds, x: 1 });
  vi.advanceTimersByTime(400);
  window.move(bounds);
  vi.advanceTimersByTime(400);
  expect(save).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(save).toHaveBeenCalledExactlyOnceWith({ ...bounds, maximized: false });
});

test('a maximised window remembers what it was before', () => {
  window.bounds = bounds;
  window.maximize();
  vi.runAllTimers();
  expect(save).toHaveBeenCalledExactlyOnceWith({ ...bounds, maximized: true });
});

test('a window that fills the screen remembers what it was before, too', () => {
  window.bounds = bounds;
  window.setFullScreen(true);
  vi.runAllTimers();
  window.setFullScreen(false);
  vi.runAllTimers();
  expect(save.mock.calls).toEqual([
    [{ ...bounds, maximized: false, fullScreen: true }],
    [{ ...bounds, maximized: false }],
  ]);
});

test('closing writes down at once what is not yet written, and nothing else', async () => {
  await saveNow();
  expect(save).not.toHaveBeenCalled();
  window.move(bounds);
  await saveNow();
  expect(save).toHaveBeenCalledOnce();
  vi.runAllTimers();
  expect(save).toHaveBeenCalledOnce();
});

test('a window that is gone is not asked where it is', () => {
  window.move(bounds);
  window.destroy();
  vi.runAllTimers();
  expect(save).not.toHaveBeenCalled();
});

test('a place that cannot be written down breaks nothing', async () => {
  save.mockRejectedValue(new Error('disk full'));
  window.move(bounds);
  await vi.runAllTimersAsync();
  expect(save).toHaveBeenCalledOnce();
});
