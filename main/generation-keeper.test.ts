import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OffprintError } from '../shared/outcome.ts';
import { GenerationKeeper } from './generation-keeper.ts';
import type { KeptGeneration } from './store/generation-files.ts';

const minute = 60_000;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A keeper of a store that keeps nothing; `full` makes it fail. */
function keeper(newest: number | null = null, readOnly: string | null = null) {
  const kept: string[] = [];
  const told: string[] = [];
  const disk = { full: false };
  let onUnkept: (error: unknown) => void = () => {};
  const store = {
    readOnly,
    async keep(reason: string) {
      if (disk.full) throw new OffprintError('unreadable', 'The disk is full.');
      kept.push(reason);
      return null;
    },
    onUnkept: (listener: (error: unknown) => void) => {
      onUnkept = listener;
    },
  };
  const generations = {
    list: async () => ({
      generations: newest === null ? [] : [{ takenAt: Date.now() - newest } as KeptGeneration],
      damaged: [],
    }),
  };
  const made = new GenerationKeeper(store, generations, (sentence) => told.push(sentence));
  return { keeper: made, kept, told, disk, unkept: (error: unknown) => onUnkept(error) };
}

test('one is taken at the start, and every hour until it is closed', async () => {
  const { keeper: made, kept } = keeper();
  made.start();
  await vi.advanceTimersByTimeAsync(59 * minute);
  expect(kept).toEqual(['start']);
  await vi.advanceTimersByTimeAsync(62 * minute);
  expect(kept).toEqual(['start', 'hour', 'hour']);
  await made.close();
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(200 * minute);
  expect(kept).toHaveLength(3);
});

test('a session does not begin with one while a young one is kept', async () => {
  const young = keeper(4 * minute);
  young.keeper.start();
  const old = keeper(6 * minute);
  old.keeper.start();
  // Of a clock that was wrong: nobody knows how old it is.
  const future = keeper(-10 * minute);
  future.keeper.start();
  await vi.advanceTimersByTimeAsync(minute);
  expect([young.kept, old.kept, future.kept]).toEqual([[], ['start'], ['start']]);
  await Promise.all([young, old, future].map((each) => each.keeper.close()));
});

test('what cannot be taken is told once and tried again soon', async () => {
  const { keeper: made, kept, told, disk, unkept } = keeper();
  disk.full = true;
  made.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual([expect.stringContaining('The disk is full.')]);
  await vi.advanceTimersByTimeAsync(5 * minute);
  await made.before('import');
  unkept(new OffprintError('unreadable', 'The disk is full.'));
  expect(told).toHaveLength(1);
  disk.full = false;
  await vi.advanceTimersByTimeAsync(5 * minute);
  expect(kept).toEqual(['hour']);
  unkept(new OffprintError('unreadable', 'The disk is full.'));
  expect(told).toHaveLength(2);
  await made.close();
});

test('where nothing may be written, none is taken', async () => {
  const { keeper: made, kept } = keeper(null, 'It is read-only.');
  made.start();
  await vi.advanceTimersByTimeAsync(120 * minute);
  expect(kept).toEqual([]);
  await made.close();
});

test('closing waits for the one being taken', async () => {
  const { keeper: made, kept } = keeper();
  made.start();
  await made.close();
  expect(kept).toEqual(['start']);
  expect(vi.getTimerCount()).toBe(0);
});
