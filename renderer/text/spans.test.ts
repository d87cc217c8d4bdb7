import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TextRange } from '../../shared/paper.ts';
import { runsOf, tidyRanges } from './spans.ts';

const anyRange = fc.tuple(
  fc.integer({ min: -5, max: 60 }),
  fc.integer({ min: -5, max: 60 }),
) as fc.Arbitrary<TextRange>;

test('overlapping and touching ranges become one, and what lies outside is cut off', () => {
  expect(
    tidyRanges(
      [
        [8, 30],
        [2, 4],
        [4, 6],
        [3, 3],
        [-1, 1],
      ],
      10,
    ),
  ).toEqual([
    [0, 1],
    [2, 6],
    [8, 10],
  ]);
  expect(tidyRanges([[Number.NaN, 3]], 10)).toEqual([]);
});

test('runs cover the wanted part once, and a unit is marked exactly when a range holds it', () => {
  fc.assert(
    fc.property(fc.array(anyRange), fc.nat(50), fc.nat(50), (ranges, one, other) => {
      const [from, to] = one < other ? [one, other] : [other, one];
      const seen: boolean[] = [];
      for (const run of runsOf(from, to, tidyRanges(ranges, 50))) {
        expect(run.from).toBe(from + seen.length);
        for (let unit = run.from; unit < run.to; unit += 1) seen.push(run.marked);
      }
      const held = Array.from({ length: to - from }, (_, i) => ranges.some(([a, b]) => a <= from + i && from + i < b));
      expect(seen).toEqual(held);
    }),
  );
});
