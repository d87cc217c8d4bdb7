import type { BrowserWindow } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { askToClose } from './ask-to-close.ts';
import { questions } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));

const window = {} as BrowserWindow;

beforeEach(() => {
  questions.asked.length = 0;
});

test.each([
  [1, 'A note could not be saved.'],
  [3, '3 notes could not be saved.'],
  [null, 'The window does not answer.'],
])('%s unsaved: “%s”, and staying is what Enter and Escape do', async (unsaved, message) => {
  questions.answer = 0;
  expect(await askToClose(window, unsaved)).toBe(false);
  expect(questions.asked[0]).toMatchObject({ message, defaultId: 0, cancelId: 0 });
  expect(questions.asked[0]?.buttons?.[1]).toBe('Close without saving');
  questions.answer = 1;
  expect(await askToClose(window, unsaved)).toBe(true);
});
