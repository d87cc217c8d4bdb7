import { describe, expect, it } from 'vitest';
import { chooseSort, sortText } from './sort-menu.tsx';

describe('sortText', () => {
  it.each([
    [[], 'sort', 'Page order'],
    [[], 'relevance', 'Best match'],
    [[], 'title', 'Title matches first'],
    [[{ field: 'title', desc: false }], 'sort', 'Title'],
    [
      [
        { field: 'status', desc: true },
        { field: 'added', desc: false },
      ],
      'sort',
      'Status, Added',
    ],
  ] as const)('%j in the order of %s is %s', (sort, order, text) => {
    expect(sortText([...sort], order)).toBe(text);
  });
});

describe('chooseSort', () => {
  it('starts the way one looks for, and turns round when chosen again', () => {
    const newest = chooseSort([], 'added');
    expect(newest).toEqual([{ field: 'added', desc: true }]);
    expect(chooseSort(newest, 'added')).toEqual([{ field: 'added', desc: false }]);
    expect(chooseSort(newest, 'title')).toEqual([{ field: 'title', desc: false }]);
    expect(chooseSort([...newest, { field: 'title', desc: true }], 'added')).toEqual(newest);
  });
});
