import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Homes, type Known } from './homes.ts';

/** The rule itself, by comparing everything with everything. */
function compatible(a: Known, b: Known, shortTitle: boolean): boolean {
  const bothNamed = a.people.size > 0 && b.people.size > 0;
  if (bothNamed && ![...a.people].some((name) => b.people.has(name))) return false;
  if (a.years.size === 0 || b.years.size === 0) return true;
  const apart = bothNamed && !shortTitle ? 5 : 1;
  return [...a.years].some((year) => [...b.years].some((other) => Math.abs(year - other) <= apart));
}

test('finds what the rule says, both ways round, and stops at two', () => {
  const known: fc.Arbitrary<Known> = fc.record({
    people: fc.subarray(['smith', 'jones', 'wang', 'nameless']).map((names) => new Set(names)),
    years: fc.subarray([1990, 1991, 1995, 1996, 2001, 2010]).map((years) => new Set(years)),
  });
  fc.assert(
    fc.property(fc.array(known, { maxLength: 6 }), known, fc.boolean(), (homes, guest, shortTitle) => {
      const right = new Set(homes.filter((home) => compatible(home, guest, shortTitle)));
      const found = new Set<Known>();
      new Homes(homes, shortTitle).find(guest, found);
      expect(found.size).toBe(Math.min(2, right.size));
      for (const home of found) expect(right).toContain(home);
      for (const home of homes) {
        const back = new Set<Known>();
        new Homes([guest], shortTitle).find(home, back);
        expect(back.size === 1).toBe(right.has(home));
      }
    }),
    { numRuns: 2000 },
  );
});
