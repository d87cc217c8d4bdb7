import type { BrowserWindow } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { app, BrowserWindow as FakeWindow } from './electron-double.ts';
import { flushBeforeClosing } from './flush-before-closing.ts';

vi.mock('electron', () => import('./electron-double.ts'));

app.becomeReady();

let window: FakeWindow;
let flushed: PromiseWithResolvers<number | null>;
let steps: string[];
let mayClose: boolean;

beforeEach(() => {
  window = new FakeWindow();
  flushed = Promise.withResolvers();
  steps = [];
  mayClose = false;
  flushBeforeClosing(window as unknown as BrowserWindow, {
    ask: () => void steps.push('ask'),
    flushed: () => {
      steps.push('wait');
      return flushed.promise;
    },
    closeAnyway: async (unsaved) => {
      steps.push(`unsaved ${unsaved}`);
      return mayClose;
    },
    save: async () => void steps.push('save'),
  });
});

const destroyed = () => vi.waitFor(() => expect(window.isDestroyed()).toBe(true));

test('a closing window stays until its page has saved', async () => {
  window.close();
  // Everything that does not wait for the page has had its turn.
  await new Promise((resolve) => setImmediate(resolve));
  // Waiting begins before asking, so that a quick answer is not missed.
  expect(steps).toEqual(['save', 'wait', 'ask']);
  expect(window.isDestroyed()).toBe(false);
  flushed.resolve(0);
  await destroyed();
});

test('closing twice asks once', async () => {
  window.close();
  window.close();
  expect(steps.filter((step) => step === 'ask')).toHaveLength(1);
  flushed.resolve(0);
  await destroyed();
});

test.each([2, null])('a window with something unsaved (%s) closes only when the reader says so', async (unsaved) => {
  flushed.resolve(unsaved);
  window.close();
  await vi.waitFor(() => expect(steps).toContain(`unsaved ${unsaved}`));
  // The reader goes back: the window is as it was, and can be closed again.
  await new Promise((resolve) => setImmediate(resolve));
  expect(window.isDestroyed()).toBe(false);
  mayClose = true;
  window.close();
  await destroyed();
  expect(steps.filter((step) => step === 'ask')).toHaveLength(2);
});

test('a page that has crashed is not asked', async () => {
  window.webContents.crashed = true;
  window.close();
  await destroyed();
  expect(steps).toEqual(['save']);
});

test('the end of the Windows session is passed on', () => {
  window.emit('query-session-end', {});
  expect(steps).toEqual(['ask']);
  // What was typed between the question and the end, or where the question did not come.
  window.emit('session-end', {});
  expect(steps).toEqual(['ask', 'ask']);
});
