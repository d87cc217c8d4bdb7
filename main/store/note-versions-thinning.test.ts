import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Aged, thinned } from './note-versions-thinning.ts';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 23, 8, 15);

const version = fc.record({
  version: fc.integer({ min: 0, max: 400 }).map(String),
  replacedAt: fc
    .oneof(fc.nat(2 * day), fc.nat(10 * day), fc.nat(800 * day), fc.integer({ min: -hour, max: 0 }))
    .map((age) => now - age),
  writtenAt: fc.nat(now),
  removed: fc.boolean(),
});
const versions = fc.uniqueArray(version, { maxLength: 60, selector: ({ version }) => version });

/** How many stay of those that were replaced in the same stretch of time, by the plain words of the rule. */
function stretches(all: readonly Aged[], length: (date: string) => string, from: number, to: number) {
  const old = all.filter(({ replacedAt }) => now - replacedAt >= from && now - replacedAt < to);
  return new Set(old.map(({ replacedAt }) => length(new Date(replacedAt).toISOString())));
}

test('all of a day stay, one an hour of a week, one a day of a year, one a month beyond', () => {
  fc.assert(
    fc.property(versions, (all) => {
      const stay = thinned(all, now);
      const isSmall = ({ replacedAt }: Aged) => now - replacedAt < day;
      expect(stay.filter(isSmall).length).toBe(all.filter(isSmall).length);
      for (const [length, from, to] of [
        [13, day, 7 * day],
        [10, 7 * day, 365 * day],
        [7, 365 * day, Number.POSITIVE_INFINITY],
      ] as const) {
        const cut = (date: string) => date.slice(0, length);
        expect(stretches(stay, cut, from, to)).toEqual(stretches(all, cut, from, to));
      }
    }),
  );
});

test('the newest of a stretch stays, the three newest of all, and every one that was deleted; few else', () => {
  fc.assert(
    fc.property(versions, (all) => {
      const stay = new Set(thinned(all, now));
      const newest = all.toSorted((one, other) => other.replacedAt - one.replacedAt);
      const third = newest[2]?.replacedAt ?? Number.NEGATIVE_INFINITY;
      for (const one of all) {
        if (one.removed || one.replacedAt > third) expect(stay.has(one)).toBe(true);
      }
      const most = 3 + all.filter(({ removed }) => removed).length + stretchCount(all);
      const old = [...stay].filter(({ replacedAt }) => now - replacedAt >= day);
      expect(old.length).toBeLessThanOrEqual(most);
    }),
  );
});

function stretchCount(all: readonly Aged[]): number {
  return (
    stretches(all, (date) => date.slice(0, 13), day, 7 * day).size +
    stretches(all, (date) => date.slice(0, 10), 7 * day, 365 * day).size +
    stretches(all, (date) => date.slice(0, 7), 365 * day, Number.POSITIVE_INFINITY).size
  );
}

test('thinning twice, or now and once more later, leaves what thinning once and later does', () => {
  fc.assert(
    fc.property(versions, fc.nat(500 * day), (all, wait) => {
      const names = (some: readonly Aged[]) => new Set(some.map(({ version }) => version));
      const once = thinned(all, now);
      expect(names(thinned(once, now))).toEqual(names(once));
      // Three that are the newest now are no more than that later, so they may stay on.
      const later = names(thinned(all, now + wait));
      const both = names(thinned(once, now + wait));
      for (const name of later) expect(both.has(name)).toBe(true);
    }),
  );
});

test('of a version that is there several times, one stays, whatever its time', () => {
  const one = { version: 'a', replacedAt: -5_000_000, writtenAt: 0, removed: true };
  expect(thinned([one, { ...one }, { ...one }], now)).toEqual([one]);
});
