import { describe, expect, it } from 'vitest';
import { columnIds, settingsChangeSchema } from '../../shared/settings.ts';
import {
  columnShapes,
  fittingWidth,
  moveColumn,
  shiftColumn,
  shownColumns,
  trackSizes,
  widestColumn,
} from './columns.ts';

describe('the order of columns', () => {
  const order = ['status', 'title', 'tags', 'added'] as const;

  it.each([
    ['added', 'status', false, ['added', 'status', 'title', 'tags']],
    ['status', 'tags', true, ['title', 'tags', 'status', 'added']],
    ['status', 'status', true, [...order]],
    ['status', 'venue', true, [...order]],
  ] as const)('moves %s to %s', (id, target, after, expected) => {
    expect(moveColumn(order, id, target as (typeof order)[number], after)).toEqual(expected);
  });

  it('shifts by one place and stops at the ends', () => {
    expect(shiftColumn(order, 'title', -1)).toEqual(['title', 'status', 'tags', 'added']);
    expect(shiftColumn(order, 'title', 1)).toEqual(['status', 'tags', 'title', 'added']);
    expect(shiftColumn(order, 'status', -1)).toEqual([...order]);
    expect(shiftColumn(order, 'added', 1)).toEqual([...order]);
  });

  it('always shows the title, and each column once', () => {
    expect(shownColumns([])).toEqual(['title']);
    expect(shownColumns(['tags', 'tags', 'title'])).toEqual(['tags', 'title']);
  });
});

describe('widths', () => {
  it('leave the rest to the title, and let tags beside it make way', () => {
    const shown = [
      { id: 'status', width: 36 },
      { id: 'title', width: 120 },
      { id: 'tags', width: 176 },
      { id: 'added', width: 78 },
    ] as const;
    expect(trackSizes(shown)).toEqual({
      template: '36px minmax(120px, 1fr) minmax(56px, 176px) 78px',
      least: 16 + 36 + 120 + 56 + 78,
    });
    expect(trackSizes([shown[2], shown[1]]).template).toBe('176px minmax(120px, 1fr)');
  });

  it('fit the column and what settings accept', () => {
    for (const id of columnIds) {
      for (const width of [-5, 30.4, 100_000]) {
        const fitting = fittingWidth(id, width);
        expect(fitting).toBeGreaterThanOrEqual(columnShapes[id].narrowest);
        expect(fitting).toBeLessThanOrEqual(widestColumn);
        expect(settingsChangeSchema.safeParse({ columns: { order: [], widths: { [id]: fitting } } }).success).toBe(
          true,
        );
      }
    }
  });
});
