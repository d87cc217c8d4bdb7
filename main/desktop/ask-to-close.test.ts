import type { BrowserWindow } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { askToClose, type Unsaved } from './ask-to-close.ts';
import { questions } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));

const window = { isDestroyed: () => false } as unknown as BrowserWindow;

beforeEach(() => {
  questions.asked.length = 0;
});

test.each([
  ['a note that the page could not save', { kind: 'page', notes: 1 }, 'A note could', 'Go back'],
  ['several of them', { kind: 'page', notes: 3 }, '3 notes could', 'Go back'],
  ['a page that does not answer', { kind: 'silent', kept: 1 }, 'does not answer', 'Wait'],
  ['a draft that cannot be saved', { kind: 'kept', notes: 1, why: 'The disk is full.' }, 'A note could', 'Try again'],
] as const)('%s keeps the window open, unless the reader says otherwise', async (_what, unsaved, message, stay) => {
  questions.answer = 0;
  expect(await askToClose(window, unsaved)).toBe(false);
  questions.answer = 1;
  expect(await askToClose(window, unsaved)).toBe(true);
  const [asked] = questions.asked;
  expect(asked?.message).toContain(message);
  expect(asked?.buttons).toEqual([stay, expect.stringMatching(/^(Close without saving|Save and close)$/)]);
  // Enter and Escape both keep it.
  expect(asked).toMatchObject({ type: 'warning', defaultId: 0, cancelId: 0, noLink: true });
});

test.each<[Unsaved, RegExp]>([
  [{ kind: 'silent', kept: 2 }, /saved then, as it stood when the window last answered/],
  [{ kind: 'silent', kept: 0 }, /^All that you wrote is saved/],
  [{ kind: 'kept', notes: 1, why: 'The disk is full.' }, /^The disk is full\. /],
])('what becomes of the text is said: %j', async (unsaved, detail) => {
  await askToClose(window, unsaved);
  expect(questions.asked[0]?.detail).toMatch(detail);
});

test('where all is saved, nothing is said to be lost', async () => {
  await askToClose(window, { kind: 'silent', kept: 0 });
  expect(questions.asked[0]?.buttons).toEqual(['Wait', 'Close']);
});
