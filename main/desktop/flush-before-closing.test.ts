import type { BrowserWindow } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { app, BrowserWindow as FakeWindow } from './electron-double.ts';
import { flushBeforeClosing } from './flush-before-closing.ts';

vi.mock('electron', () => import('./electron-double.ts'));

app.becomeReady();

let window: FakeWindow;
let flushed: PromiseWithResolvers<void>;
let steps: string[];

beforeEach(() => {
  window = new FakeWindow();
  flushed = Promise.withResolvers();
  steps = [];
  flushBeforeClosing(window as unknown as BrowserWindow, {
    ask: () => void steps.push('ask'),
    flushed: () => {
      steps.push('wait');
      return flushed.promise;
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
  flushed.resolve();
  await destroyed();
});

test('closing twice asks once', async () => {
  window.close();
  window.close();
  expect(steps.filter((step) => step === 'ask')).toHaveLength(1);
  flushed.resolve();
  await destroyed();
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
});
