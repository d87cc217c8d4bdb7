import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementHeight, followScroll, offsetOf, tallest, topOf } from './tall-scroll.ts';

const heights = fc
  .record({ content: fc.integer({ min: 0, max: 80_000_000 }), view: fc.integer({ min: 100, max: 2000 }) })
  .map(({ content, view }) => ({ content: Math.max(content, view), view }));

describe('a list that is taller than an element may be', () => {
  it('is an element no taller than browsers draw', () => {
    expect(elementHeight({ content: 52_000_000 })).toBe(tallest);
    expect(elementHeight({ content: 1000 })).toBe(1000);
  });

  it('is at its ends where the element is at its ends, and every place is found again', () => {
    fc.assert(
      fc.property(heights, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
        const end = given.content - given.view;
        const element = elementHeight(given) - given.view;
        expect(topOf(0, given)).toBe(0);
        expect(topOf(end, given)).toBeCloseTo(element, 3);
        const offset = share * end;
        expect(offsetOf(topOf(offset, given), given)).toBeCloseTo(offset, 2);
      }),
    );
  });

  it('grows with the element', () => {
    fc.assert(
      fc.property(heights, fc.integer({ min: 0 }), fc.integer({ min: 0 }), (given, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        expect(topOf(less, given)).toBeLessThanOrEqual(topOf(more, given) + 1e-6);
      }),
    );
  });

  it('moves pixel by pixel with the wheel, wherever it is, and reaches both ends', () => {
    fc.assert(
      fc.property(
        heights,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.integer({ min: -900, max: 900 }), { maxLength: 200 }),
        (given, start, moves) => {
          const end = given.content - given.view;
          const element = elementHeight(given) - given.view;
          let place = { offset: start * end, top: topOf(start * end, given) };
          for (const move of moves) {
            const top = Math.min(Math.max(place.top + move, 0), element);
            const next = followScroll(place, top, given);
            expect(next.offset).toBeGreaterThanOrEqual(0);
            expect(next.offset).toBeLessThanOrEqual(end);
            expect(Math.abs(next.offset - place.offset)).toBeLessThanOrEqual(Math.abs(move) + 1e-3);
            // Only the end of the list itself may stop it.
            const free = place.offset + move > 0 && place.offset + move < end;
            if (free && top === place.top + move) expect(next.offset - place.offset).toBeCloseTo(move, 2);
            if (next.top <= 0) expect(next.offset).toBeLessThan(2);
            if (next.top >= element) expect(next.offset).toBeGreaterThan(end - 2);
            place = next;
          }
        },
      ),
    );
  });

  it('goes with the scroll bar to the place that it means', () => {
    const given = { content: 52_000_000, view: 700 };
    const middle = followScroll({ offset: 0, top: 0 }, (tallest - 700) / 2, given);
    expect(middle.offset).toBeCloseTo((52_000_000 - 700) / 2, 0);
    const last = followScroll(middle, tallest - 700, given);
    expect(last.offset).toBe(52_000_000 - 700);
  });
});
