import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { app, BrowserWindow as FakeWindow, questions } from './electron-double.ts';
import { watchForHang } from './watch-for-hang.ts';

vi.mock('electron', () => import('./electron-double.ts'));

app.becomeReady();

let window: FakeWindow;
let restarts: number;
let isClosing: boolean;
let isHung: () => boolean;
let answer: PromiseWithResolvers<number>;

beforeEach(() => {
  window = new FakeWindow();
  restarts = 0;
  isClosing = false;
  answer = Promise.withResolvers();
  questions.asked.length = 0;
  questions.later = answer.promise;
  isHung = watchForHang(window as unknown as BrowserWindow, {
    restart: () => {
      restarts += 1;
    },
    isClosing: () => isClosing,
  });
});

afterEach(() => {
  questions.later = null;
  window.destroy();
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('the reader is asked once, and can have it loaded again', async () => {
  expect(isHung()).toBe(false);
  window.emit('unresponsive');
  window.emit('unresponsive');
  expect(isHung()).toBe(true);
  expect(questions.asked).toHaveLength(1);
  expect(questions.asked[0]).toMatchObject({
    type: 'warning',
    buttons: ['Wait', 'Load it again'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
    signal: expect.any(AbortSignal),
  });
  expect(restarts).toBe(0);
  answer.resolve(1);
  await settled();
  expect(restarts).toBe(1);
});

test('a reader who waits is asked again when it still does not answer', async () => {
  window.emit('unresponsive');
  answer.resolve(0);
  await settled();
  expect(restarts).toBe(0);
  expect(isHung()).toBe(true);
  window.emit('unresponsive');
  expect(questions.asked).toHaveLength(2);
});

test.each(['responsive', 'closed'] as const)('the question goes away when the window is %s', async (event) => {
  window.emit('unresponsive');
  window.emit(event);
  expect(questions.asked[0]?.signal?.aborted).toBe(true);
  expect(isHung()).toBe(false);
  // Too late: a page that answers is not loaded again.
  answer.resolve(1);
  await settled();
  expect(restarts).toBe(0);
});

test('a page that crashes meanwhile hangs no more', () => {
  window.emit('unresponsive');
  window.webContents.crash('crashed');
  expect(isHung()).toBe(false);
  expect(questions.asked[0]?.signal?.aborted).toBe(true);
});

test('a window that closes is asked about by whoever closes it', async () => {
  isClosing = true;
  window.emit('unresponsive');
  expect(questions.asked).toEqual([]);
  expect(isHung()).toBe(true);
});

test('a window that begins to close while it is asked about is not loaded again', async () => {
  window.emit('unresponsive');
  isClosing = true;
  answer.resolve(1);
  await settled();
  expect(restarts).toBe(0);
});
