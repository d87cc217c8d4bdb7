import { describe, expect, it } from 'vitest';
import { initialState } from './app-state.ts';
import { columnsNow, isRearranged, noArrangement, sortNow } from './arrangement.ts';

const byTitle = [{ field: 'title', desc: false } as const];

describe('the order and the columns of the list', () => {
  it("are the list's own where a view brings none", () => {
    const state = initialState();
    expect(sortNow(state)).toBe(state.settings.sort);
    expect(columnsNow(state)).toBe(state.settings.columns.order);
  });

  it('are those that a view brings, an empty order included', () => {
    const settings = { ...initialState().settings, sort: byTitle };
    const state = { ...initialState(), settings, arrangement: { sort: [], columns: ['title' as const] } };
    expect(sortNow(state)).toEqual([]);
    expect(columnsNow(state)).toEqual(['title']);
  });
});

describe('isRearranged', () => {
  it.each([
    [null, noArrangement.sort, false],
    [byTitle, [...byTitle], false],
    [byTitle, [{ field: 'title', desc: true } as const], true],
    [byTitle, [], true],
    [[], byTitle, true],
    [null, byTitle, true],
  ])('of %j and %j is %j', (saved, now, expected) => {
    expect(isRearranged({ sort: saved, columns: null }, { sort: now, columns: null })).toBe(expected);
  });

  it('looks at the columns and their order', () => {
    const saved = { sort: null, columns: ['title' as const, 'tags' as const] };
    expect(isRearranged(saved, { sort: null, columns: ['title', 'tags'] })).toBe(false);
    expect(isRearranged(saved, { sort: null, columns: ['tags', 'title'] })).toBe(true);
    expect(isRearranged(saved, { sort: null, columns: ['title'] })).toBe(true);
  });
});
