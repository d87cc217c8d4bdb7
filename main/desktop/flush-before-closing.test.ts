import type { BrowserWindow } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { app, BrowserWindow as FakeWindow } from './electron-double.ts';
import { flushBeforeClosing } from './flush-before-closing.ts';

vi.mock('electron', () => import('./electron-double.ts'));

app.becomeReady();

let window: FakeWindow;
let flushed: PromiseWithResolvers<number | null>;
let steps: string[];
let mayClose: boolean;
let isHung: boolean;
/** What the program answers, one time after another, when it saves what a page kept. */
let troubles: (string | null)[];
let isClosing: () => boolean;

beforeEach(() => {
  window = new FakeWindow();
  flushed = Promise.withResolvers();
  steps = [];
  mayClose = false;
  isHung = false;
  troubles = [];
  isClosing = flushBeforeClosing(window as unknown as BrowserWindow, {
    ask: () => void steps.push('ask'),
    flushed: () => {
      steps.push('wait');
      return flushed.promise;
    },
    drafts: {
      count: () => 2,
      save: async () => {
        steps.push('save drafts');
        return troubles.shift() ?? null;
      },
      drop: async () => void steps.push('drop drafts'),
    },
    isHung: () => isHung,
    closeAnyway: async (unsaved) => {
      steps.push(JSON.stringify(unsaved));
      return mayClose;
    },
    stays: () => void steps.push('stays'),
    save: async () => void steps.push('save'),
  });
});

const destroyed = () => vi.waitFor(() => expect(window.isDestroyed()).toBe(true));
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a closing window stays until its page has saved', async () => {
  expect(isClosing()).toBe(false);
  window.close();
  // Everything that does not wait for the page has had its turn.
  await settled();
  // Waiting begins before asking, so that a quick answer is not missed.
  expect(steps).toEqual(['save', 'wait', 'ask']);
  expect(window.isDestroyed()).toBe(false);
  expect(isClosing()).toBe(true);
  flushed.resolve(0);
  await destroyed();
  // The page has saved them itself.
  expect(steps.slice(3)).toEqual(['drop drafts']);
});

test('closing twice asks once', async () => {
  window.close();
  window.close();
  expect(steps.filter((step) => step === 'ask')).toHaveLength(1);
  flushed.resolve(0);
  await destroyed();
});

test('a page that could not save closes only when the reader says so, and nothing is saved behind its back', async () => {
  flushed.resolve(2);
  window.close();
  await vi.waitFor(() => expect(steps).toContain('stays'));
  expect(steps).toContain('{"kind":"page","notes":2}');
  // The reader goes back: the window is as it was, and can be closed again.
  await settled();
  expect(window.isDestroyed()).toBe(false);
  expect(isClosing()).toBe(false);
  expect(steps).not.toContain('drop drafts');
  mayClose = true;
  window.close();
  await destroyed();
  expect(steps.filter((step) => step === 'ask')).toHaveLength(2);
  expect(steps).not.toContain('save drafts');
  expect(steps.at(-1)).toBe('drop drafts');
});

describe('a page that does not answer', () => {
  beforeEach(() => flushed.resolve(null));

  test('is waited for where the reader wants that, and nothing is touched', async () => {
    window.close();
    await vi.waitFor(() => expect(steps).toContain('stays'));
    await settled();
    expect(steps).toContain('{"kind":"silent","kept":2}');
    expect(steps).not.toContain('save drafts');
    expect(window.isDestroyed()).toBe(false);
  });

  test('is closed where the reader wants that, once what it kept is saved', async () => {
    mayClose = true;
    window.close();
    await destroyed();
    expect(steps.slice(3)).toEqual(['{"kind":"silent","kept":2}', 'save drafts', 'drop drafts']);
  });
});

describe('a page that has crashed', () => {
  test('is not asked: what it kept is saved', async () => {
    window.webContents.crashed = true;
    window.close();
    await destroyed();
    expect(steps).toEqual(['save', 'save drafts', 'drop drafts']);
  });

  test('while it was asked is waited for no longer', async () => {
    window.close();
    await settled();
    window.webContents.crash('crashed');
    await destroyed();
    expect(steps.slice(3)).toEqual(['save drafts', 'drop drafts']);
  });

  test('and whose text cannot be saved is tried again until it can, or the reader gives it up', async () => {
    window.webContents.crashed = true;
    troubles = ['The disk is full.', null];
    window.close();
    await destroyed();
    expect(steps.slice(1)).toEqual([
      'save drafts',
      '{"kind":"kept","notes":2,"why":"The disk is full."}',
      'save drafts',
      'drop drafts',
    ]);
  });

  test('and whose text cannot be saved is closed without it only when the reader says so', async () => {
    window.webContents.crashed = true;
    troubles = ['The disk is full.', 'The disk is full.'];
    mayClose = true;
    window.close();
    await destroyed();
    expect(steps.filter((step) => step === 'save drafts')).toHaveLength(1);
  });
});

describe('the end of the Windows session', () => {
  test('is passed on', () => {
    window.emit('query-session-end', {});
    expect(steps).toEqual(['ask']);
    // What was typed between the question and the end, or where the question did not come.
    window.emit('session-end', {});
    expect(steps).toEqual(['ask', 'ask']);
  });

  test.each(['crashed', 'hung'])('has what a page kept saved that is %s', (how) => {
    window.webContents.crashed = how === 'crashed';
    isHung = how === 'hung';
    window.emit('session-end', {});
    expect(steps).toEqual(['save drafts']);
  });
});
