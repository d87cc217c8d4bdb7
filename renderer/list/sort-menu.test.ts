import { describe, expect, it } from 'vitest';
import { chooseSort, sortText } from './sort-menu.tsx';

describe('sortText', () => {
  it.each([
    [[], '', 'Page order'],
    [[], 'status:read', 'Page order'],
    [[], 'weak', 'Best match'],
    [[{ field: 'title', desc: false }], 'weak', 'Title'],
    [
      [
        { field: 'status', desc: true },
        { field: 'added', desc: false },
      ],
      '',
      'Status, Added',
    ],
  ] as const)('%j with %j is %s', (sort, query, text) => {
    expect(sortText([...sort], query)).toBe(text);
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
