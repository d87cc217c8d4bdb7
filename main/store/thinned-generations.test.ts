import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generationReasons } from '../../shared/generations.ts';
import { newestFirst, surelyKept, type ThinnedGeneration, thinnedOut } from './thinned-generations.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 23, 8, 15);

const runs = { numRuns: Number(process.env['RUNS'] ?? 300) };

/** One now and then, in the last two years or a little later than now. */
const generation = fc.record({
  takenAt: fc.integer({ min: -day / minute, max: (730 * day) / minute }).map((ago) => now - ago * minute),
  reason: fc.constantFrom(...generationReasons),
  bytes: fc.constantFrom(0, 1, 10, 1000),
});
const generations = fc
  .array(generation, { maxLength: 120 })
  .map((all) => all.map((each, at): ThinnedGeneration => ({ ...each, id: String(at).padStart(4, '0') })));
const noLimit = Number.MAX_SAFE_INTEGER;

function taken(ago: number, reason: ThinnedGeneration['reason'] = 'hour'): ThinnedGeneration {
  return { id: `${ago}`, takenAt: now - ago, reason, bytes: 1 };
}

/** So many newer ones that the others are judged by their age. */
const newest = Array.from({ length: surelyKept }, (_, at) => taken(at));

function left(all: readonly ThinnedGeneration[], at = now, limit = noLimit): ThinnedGeneration[] {
  const gone = thinnedOut(all, at, limit);
  return all.filter(({ id }) => !gone.has(id));
}

function idsLeft(others: readonly ThinnedGeneration[]): string[] {
  const known = new Set(newest.map(({ id }) => id));
  return left([...newest, ...others]).flatMap(({ id }) => (known.has(id) ? [] : [id]));
}

test('of the last day, the last of each hour stays, and whatever was taken before something', () => {
  const [last, earlier] = [taken(2 * hour + 16 * minute), taken(2 * hour + 40 * minute)];
  const [important, before] = [taken(2 * hour + 50 * minute, 'import'), taken(2 * hour + 55 * minute, 'start')];
  expect(idsLeft([before, last, important, earlier])).toEqual([last.id, important.id]);
});

test('of the last 30 days, the last of each day stays, and those that were asked for', () => {
  const [last, earlier] = [taken(3 * day), taken(3 * day + hour)];
  const [important, asked] = [taken(3 * day + 2 * hour, 'import'), taken(3 * day + 3 * hour, 'asked')];
  expect(idsLeft([asked, important, earlier, last])).toEqual([asked.id, last.id]);
});

test('of a year, the last of each week stays, and nothing older', () => {
  const weeks = [100, 101, 102, 103, 104, 105, 106].map((days) => taken(days * day));
  const ofTwoWeeks = idsLeft([...weeks, taken(366 * day, 'asked')]);
  expect(ofTwoWeeks.length).toBeGreaterThanOrEqual(1);
  expect(ofTwoWeeks.length).toBeLessThanOrEqual(2);
  expect(ofTwoWeeks).toContain(taken(100 * day).id);
});

test('the newest ones stay, however old and large they are', () => {
  const old = [500, 600, 700, 800, 900, 1000].map((days) => ({ ...taken(days * day), bytes: 1000 }));
  expect(left(old, now, 10).map(({ id }) => id)).toEqual(old.slice(0, surelyKept).map(({ id }) => id));
});

test('where they are too large together, the oldest go', () => {
  const all = [...newest, ...[1, 2, 3, 4].map((days) => taken(days * day + hour))];
  expect(left(all, now, surelyKept + 2)).toEqual(all.slice(0, surelyKept + 2));
});

test('each one that goes for its age leaves a newer one of its time behind', () => {
  fc.assert(
    fc.property(generations, (all) => {
      const kept = left(all);
      for (const { id, takenAt } of all) {
        if (kept.some((each) => each.id === id)) continue;
        const age = now - takenAt;
        if (age > 365 * day) continue;
        const span = age <= day ? hour : age <= 30 * day ? day : 7 * day;
        const near = kept.some((each) => each.takenAt >= takenAt && each.takenAt - takenAt < span);
        expect(near).toBe(true);
      }
    }),
    runs,
  );
});

test('thinning again changes nothing, and the newest always stay', () => {
  fc.assert(
    fc.property(generations, fc.constantFrom(noLimit, 100, 0), (all, limit) => {
      const kept = left(all, now, limit);
      expect(thinnedOut(kept, now, limit)).toEqual(new Set());
      const first = newestFirst(all).slice(0, surelyKept);
      for (const { id } of first) expect(kept.map((each) => each.id)).toContain(id);
      const bytes = newestFirst(kept).reduce((sum, each) => sum + each.bytes, 0);
      expect(kept.length <= surelyKept || bytes <= limit).toBe(true);
    }),
    runs,
  );
});

test('however they come, there are never many', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 * 60 }), { minLength: 50, maxLength: 300 }), (pauses) => {
      let kept: ThinnedGeneration[] = [];
      let at = now;
      for (const minutes of pauses) {
        at += minutes * minute;
        kept = left([...kept, { id: `${at}`, takenAt: at, reason: 'hour', bytes: 1 }], at);
      }
      // One for each hour, day and week, one more of each where a span has only begun, and the newest.
      expect(kept.length).toBeLessThanOrEqual(25 + 31 + 54 + surelyKept);
      expect(kept.at(-1)?.takenAt).toBe(at);
    }),
    { numRuns: Math.ceil(runs.numRuns / 10) },
  );
});
