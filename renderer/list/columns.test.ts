import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnIds, settingsChangeSchema } from '../../shared/settings.ts';
import {
  columnShapes,
  fittingColumns,
  fittingWidth,
  moveColumn,
  shiftColumn,
  shownColumns,
  trackSizes,
  widestColumn,
  withWaiting,
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

describe('fittingColumns', () => {
  const usual = (['status', 'starred', 'title', 'tags', 'note', 'added'] as const).map((id) => ({
    id,
    width: columnShapes[id].width,
  }));
  const all = columnIds.map((id) => ({ id, width: columnShapes[id].width }));

  it('keeps what the reader chose while there is room', () => {
    expect(fittingColumns(usual, 532)).toEqual(['status', 'starred', 'title', 'tags', 'note', 'added']);
    expect(fittingColumns(all, Number.POSITIVE_INFINITY)).toEqual(columnIds);
  });

  it('lets the dates go before the tags, and never the title or the marks', () => {
    expect(fittingColumns(usual, 400)).toEqual(['status', 'starred', 'title', 'tags', 'note']);
    expect(fittingColumns(usual, 320)).toEqual(['status', 'starred', 'title', 'note']);
    expect(fittingColumns(all, 0)).toEqual(['status', 'starred', 'title', 'note']);
  });

  it('are put back where they were when the others are reordered', () => {
    const chosen = ['status', 'title', 'tags', 'note', 'added'] as const;
    expect(withWaiting(['note', 'status', 'title'], chosen)).toEqual(['note', 'added', 'status', 'title', 'tags']);
    expect(withWaiting(['title'], ['added', 'title'])).toEqual(['added', 'title']);
  });

  it('never shows fewer columns in more room', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(all), fc.nat(1600), fc.nat(400), (shown, width, more) => {
        const fewer = fittingColumns(shown, width);
        const wider = fittingColumns(shown, width + more);
        expect(wider).toEqual(expect.arrayContaining(fewer));
      }),
    );
  });
});
