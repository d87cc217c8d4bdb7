import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import type { NoteSaver } from './note-saver.ts';
import { noteSaverOf } from './note-saver-of.ts';
import { slowLibrary } from './testing.ts';

const a = 'arxiv:2306.00001';
let library: ReturnType<typeof slowLibrary>;
let saver: NoteSaver;

/** The texts on their way to the disk. */
const sent = () => library.open.map(({ input }) => Reflect.get(input as object, 'text'));

/** Lets the page be hidden or shown, without telling it. */
const beHidden = (hidden: boolean) =>
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(hidden ? 'hidden' : 'visible');

beforeEach(() => {
  // The pause after the last key is never over by itself.
  vi.useFakeTimers();
  library = slowLibrary();
  saver = noteSaverOf(library.client);
  saver.edit(a, 'typed just now');
});

afterEach(async () => {
  // The pages of all tests are one: a saver with nothing left to save hears of nothing.
  library.client.call = async () => ({}) as never;
  for (const call of library.open) call.answer({});
  await saver.flush();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('there is one for a library', () => {
  expect(noteSaverOf(library.client)).toBe(saver);
  expect(sent()).toEqual([]);
});

test.each([
  ['goes into the background', () => document.dispatchEvent(new Event('visibilitychange')), true],
  ['is left', () => window.dispatchEvent(new Event('pagehide')), false],
  ['is stopped in the background', () => document.dispatchEvent(new Event('freeze')), true],
  ['is closed or loaded anew', () => window.dispatchEvent(new Event('beforeunload', { cancelable: true })), false],
])('what was typed is sent when the page %s', (_when, tell, hidden) => {
  beHidden(hidden);
  tell();
  expect(sent()).toEqual(['typed just now']);
});

test('nothing is sent when the page comes into sight again', () => {
  beHidden(false);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(sent()).toEqual([]);
});

test('a page that would lose text asks before it is closed; one that would not does not', async () => {
  const leave = () => {
    const event = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect(leave()).toBe(false);
  library.next('note.set').fail(new OffprintError('unreadable', 'The disk is full.'));
  await vi.waitFor(() => expect(saver.failed()).toEqual([a]));
  expect(leave()).toBe(true);
});

test('no storage of the browser’s holds what was typed, saved or not', async () => {
  window.dispatchEvent(new Event('pagehide'));
  library.next('note.set').fail(new OffprintError('unreadable', 'The disk is full.'));
  await vi.waitFor(() => expect(saver.failed()).toEqual([a]));
  expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state])).not.toContain(
    'typed just now',
  );
});
