import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Budget, CommonKeys, type Keys, KnownKeys, noKeys, PiecewiseKeys, RemainingKeys, UnitedKeys } from './keys.ts';
import { inPageOrder } from './reading.ts';

type Shape = { some: number[] } | { of: Shape[]; by: 'all' | 'any' } | { but: [Shape, Shape] };

const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 4 },
    fc.record({ some: fc.uniqueArray(fc.integer({ min: 1, max: 3000 }), { maxLength: 300, size: 'max' }) }),
    fc.record({ of: fc.array(tie('shape'), { minLength: 1, maxLength: 3 }), by: fc.constantFrom('all', 'any') }),
    fc.record({ but: fc.tuple(tie('shape'), tie('shape')) }),
  ),
}));

function members(of: Shape): Set<number> {
  if ('some' in of) return new Set(of.some);
  if ('but' in of) {
    const [all, but] = of.but.map(members);
    return new Set([...(all ?? [])].filter((key) => !but?.has(key)));
  }
  const sets = of.of.map(members);
  const any = sets.flatMap((set) => [...set]);
  return new Set(of.by === 'any' ? any : any.filter((key) => sets.every((set) => set.has(key))));
}

function open(of: Shape, budget: Budget, piece: number): Keys {
  if ('but' in of) {
    return new RemainingKeys(budget, open(of.but[0], budget, piece), open(of.but[1], budget, piece));
  }
  if ('of' in of) {
    const all = of.of.map((part) => open(part, budget, piece));
    return of.by === 'all' ? new CommonKeys(budget, all) : new UnitedKeys(all);
  }
  const sorted = of.some.toSorted((a, b) => a - b);
  if (piece === 0) return sorted.length === 0 ? noKeys : new KnownKeys(sorted);
  return new PiecewiseKeys(budget, (from, most) => {
    const found = sorted.filter((key) => key >= from).slice(0, Math.min(piece, most));
    const offsets = found.map((key) => key - from);
    return { offsets, past: found.length < piece ? Number.POSITIVE_INFINITY : (found.at(-1) ?? from) + 1 };
  });
}

/** A little time, which the first piece that is read uses up. */
const hardlyAny = 1e-9;

test('sets put together in any way have the keys that they must, in order, however often the reading stops', () => {
  fc.assert(
    fc.property(shape, fc.constantFrom(0, 1, 7, 50), fc.boolean(), (of, piece, isInterrupted) => {
      const budget = new Budget();
      const read: number[] = [];
      const allow = () => budget.allow(isInterrupted ? hardlyAny : Number.POSITIVE_INFINITY);
      allow();
      for (const some of inPageOrder(open(of, budget, piece), budget)) {
        read.push(...some);
        allow();
      }
      expect(read).toEqual([...members(of)].sort((a, b) => a - b));
    }),
    { numRuns: Number(process.env['RUNS'] ?? 200) },
  );
});

test('what one part has looked at already is not asked of it again when another part is behind', () => {
  const some = (...keys: number[]) => new KnownKeys(keys);
  const budget = new Budget();
  const but = () => new RemainingKeys(budget, new UnitedKeys([some(3000), some(2999)]), some(2999));
  const both = () => new CommonKeys(budget, [new UnitedKeys([some(3000), some(2999)]), some(2998, 3000)]);
  for (const part of [but, both]) {
    const read = [...inPageOrder(new UnitedKeys([part(), some(1)]), new Budget())].flat();
    expect(read).toEqual([1, 3000]);
  }
});

test('where the time is over just as there is nothing more, there is nothing more the next time', () => {
  const budget = new Budget();
  const asked: number[] = [];
  const pieces = () =>
    new PiecewiseKeys(budget, (from) => {
      asked.push(from);
      return { offsets: [0], past: from + 1 };
    });
  const keys = new CommonKeys(budget, [noKeys, pieces()]);
  budget.allow(0);
  expect(keys.seek(1)).toBe(Number.POSITIVE_INFINITY);
  budget.allow(1000);
  expect(keys.seek(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(pieces().seek(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(asked).toEqual([]);
});

test('what is asked for up to a key is right below it, and never below what was asked for', () => {
  const step = fc.record({ by: fc.nat(200), ahead: fc.integer({ min: 1, max: 200 }) });
  fc.assert(
    fc.property(shape, fc.array(step, { maxLength: 20 }), (of, steps) => {
      const keys = open(of, new Budget(), 7);
      const all = [...members(of)].sort((a, b) => a - b);
      let from = 1;
      for (const { by, ahead } of steps) {
        from += by;
        const first = all.find((key) => key >= from) ?? Number.POSITIVE_INFINITY;
        const answer = keys.seek(from, from + ahead);
        if (first < from + ahead) expect(answer).toBe(first);
        else {
          expect(answer).toBeGreaterThanOrEqual(from + ahead);
          expect(answer).toBeLessThanOrEqual(first);
        }
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 200) },
  );
});
