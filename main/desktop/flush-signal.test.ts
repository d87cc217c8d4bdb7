import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { flushPatience, flushSignal } from './flush-signal.ts';
import { smallLibrary } from './small-library.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the page’s word is heard on its way to the library', async () => {
  const library = smallLibrary();
  const signal = flushSignal(library.handlers);
  const flushed = signal.flushed();
  await signal.handlers['session.flushed']({ unsaved: 2 });
  expect(await flushed).toBe(2);
  expect(library.called).toEqual([['session.flushed', {}]]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a page that says nothing is waited for so long and no longer', async () => {
  const signal = flushSignal(smallLibrary().handlers);
  const done = vi.fn();
  const flushed = signal.flushed().then(done);
  await vi.advanceTimersByTimeAsync(flushPatience - 1);
  expect(done).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await flushed;
  expect(done).toHaveBeenCalledWith(null);
});

test('the other calls go through as they are', async () => {
  const { handlers } = smallLibrary();
  expect(flushSignal(handlers).handlers['list.open']).toBe(handlers['list.open']);
});
