import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  between,
  clampTo,
  firstOf,
  type IndexRange,
  includes,
  lastOf,
  type Ranges,
  sizeOf,
  tidy,
  toggle,
  union,
  without,
} from './ranges.ts';

const top = 40;
const range = fc.tuple(fc.nat(top), fc.nat(top)).map(([a, b]): IndexRange => [Math.min(a, b), Math.max(a, b)]);
const set = fc.array(range, { maxLength: 6 }).map(tidy);

function asSet(ranges: readonly IndexRange[]): Set<number> {
  const all = new Set<number>();
  for (const [from, to] of ranges) for (let index = from; index < to; index += 1) all.add(index);
  return all;
}

function expectTidy(ranges: Ranges) {
  ranges.forEach(([from, to], at) => {
    expect(from).toBeLessThan(to);
    expect(from).toBeGreaterThan(ranges[at - 1]?.[1] ?? -1);
  });
}

describe('index ranges behave as a set of numbers', () => {
  it('tidies any list of ranges', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 8 }), (ranges) => {
        expectTidy(tidy(ranges));
        expect(asSet(tidy(ranges))).toEqual(asSet(ranges));
      }),
    );
  });

  it('unites, takes out and toggles', () => {
    fc.assert(
      fc.property(set, set, range, fc.nat(top), (one, other, gone, index) => {
        const united = union(one, other);
        expectTidy(united);
        expect(asSet(united)).toEqual(new Set([...asSet(one), ...asSet(other)]));
        const left = without(one, gone);
        expectTidy(left);
        const taken = asSet([gone]);
        expect(asSet(left)).toEqual(new Set([...asSet(one)].filter((each) => !taken.has(each))));
        const toggled = toggle(one, index);
        expectTidy(toggled);
        const expected = asSet(one);
        if (!expected.delete(index)) expected.add(index);
        expect(asSet(toggled)).toEqual(expected);
      }),
    );
  });

  it('answers membership, size, first and last', () => {
    fc.assert(
      fc.property(set, fc.nat(top), fc.nat(10), (ranges, index, limit) => {
        const all = asSet(ranges);
        expect(includes(ranges, index)).toBe(all.has(index));
        expect(sizeOf(ranges)).toBe(all.size);
        expect(firstOf(ranges, limit)).toEqual([...all].slice(0, limit));
        expect(lastOf(ranges)).toBe([...all].at(-1) ?? null);
        expect(asSet(clampTo(ranges, limit))).toEqual(new Set([...all].filter((each) => each < limit)));
      }),
    );
  });

  it('spans two rows in either direction', () => {
    expect(between(7, 3)).toEqual([[3, 8]]);
    expect(between(3, 3)).toEqual([[3, 4]]);
  });

  it('holds a million rows as one range', () => {
    expect(toggle([[0, 1_000_000]], 500_000)).toEqual([
      [0, 500_000],
      [500_001, 1_000_000],
    ]);
  });
});
