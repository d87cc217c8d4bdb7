import { describe, expect, it } from 'vitest';
import { FamilyChanges, familiesOf, withTotals } from './tag-families.ts';

describe('familiesOf', () => {
  it.each([
    ['ml', ['ml']],
    ['ML/Vision/3d', ['ml/vision/3d', 'ml', 'ml/vision']],
    ['/x', ['/x']],
    ['a/', ['a/', 'a']],
  ])('of %j are %j', (tag, families) => {
    expect(familiesOf(tag)).toEqual(families);
  });
});

describe('FamilyChanges', () => {
  it('counts a paper once in a family, however many of its tags are in it', () => {
    const changes = new FamilyChanges();
    changes.add([], ['ml/a', 'ml/b', 'x']);
    changes.add(['ml/a', 'x'], ['ML']);
    changes.add(['x'], ['x']);
    expect(new Map(changes)).toEqual(
      new Map([
        ['ml', 1],
        ['ml/b', 1],
      ]),
    );
  });
});

describe('withTotals', () => {
  it('adds the tags that only have others nested in them', () => {
    const totals = new Map([
      ['a', 1],
      ['ml', 5],
      ['ml/deep', 2],
      ['ml/deep/x', 2],
      ['ml/vision', 4],
    ]);
    const tags = [
      { name: 'a', count: 1 },
      { name: 'ML/deep/x', count: 2 },
      { name: 'ml/vision', count: 4 },
    ];
    expect(withTotals(tags, totals)).toEqual([
      { name: 'a', count: 1, total: 1 },
      { name: 'ML', count: 0, total: 5 },
      { name: 'ML/deep', count: 0, total: 2 },
      { name: 'ML/deep/x', count: 2, total: 2 },
      { name: 'ml/vision', count: 4, total: 4 },
    ]);
  });
});
