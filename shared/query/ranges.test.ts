import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DateRange, NumberRange } from './query.ts';
import { daysInMonth, parseDates, parseNumbers, printDates, printNumbers } from './ranges.ts';

describe('parseNumbers', () => {
  it.each<[string, [number | null, number | null]]>([
    ['2023', [2023, 2023]],
    ['=5', [5, 5]],
    ['2023..2024', [2023, 2024]],
    ['2024..2023', [2023, 2024]],
    ['..2024', [null, 2024]],
    ['2023..', [2023, null]],
    ['>50', [51, null]],
    ['>=50', [50, null]],
    ['<50', [null, 49]],
    ['<= 50', [null, 50]],
    ['-3..-1', [-3, -1]],
    ['-0', [0, 0]],
  ])('%j', (text, [from, to]) => {
    expect(parseNumbers(text)).toEqual({ from, to });
  });

  it.each([
    '',
    '..',
    '...',
    '1..2..3',
    'x',
    '1.5',
    '>',
    '>..3',
    '1e3',
    '1234567890',
    '٣',
    '50+',
  ])('none in %j', (text) => {
    expect(parseNumbers(text)).toBeNull();
  });

  it('are written so that they are read as the same', () => {
    const side = fc.option(fc.integer({ min: -999_999_999, max: 999_999_999 }));
    fc.assert(
      fc.property(side, side, (one, other) => {
        fc.pre(one !== null || other !== null);
        const [from, to] = one !== null && other !== null && one > other ? [other, one] : [one, other];
        const range: NumberRange = { from, to };
        expect(parseNumbers(printNumbers(range))).toEqual(range);
      }),
    );
  });
});

describe('parseDates', () => {
  const days = (from: string | null, to: string | null): DateRange => ({ kind: 'days', from, to });
  const span = (side: 'within' | 'before', amount: number, unit: 'h' | 'd' | 'w' | 'm' | 'y'): DateRange => {
    return { kind: 'span', side, amount, unit };
  };

  it.each<[string, DateRange]>([
    ['2024', days('2024', '2024')],
    ['2024-6', days('2024-06', '2024-06')],
    ['2024/06/12', days('2024-06-12', '2024-06-12')],
    ['2024-02-29', days('2024-02-29', '2024-02-29')],
    ['2023..2024-06', days('2023', '2024-06')],
    ['2024-06..2023', days('2023', '2024-06')],
    ['2024..2024-06', days('2024', '2024-06')],
    ['2024-06-12..', days('2024-06-12', null)],
    ['..yesterday', days(null, 'yesterday')],
    ['today..yesterday', days('yesterday', 'today')],
    ['Today', days('today', 'today')],
    ['>2023', days('2024', null)],
    ['>=2023', days('2023', null)],
    ['<2024-01', days(null, '2023-12')],
    ['<2024-03-01', days(null, '2024-02-29')],
    ['>2023-12-31', days('2024-01-01', null)],
    ['<=2024', days(null, '2024')],
    ['>yesterday', days('today', null)],
    ['<today', days(null, 'yesterday')],
    ['<2w', span('within', 2, 'w')],
    ['>1y', span('before', 1, 'y')],
    ['>=3 months', span('before', 3, 'm')],
    ['12h', span('within', 12, 'h')],
    ['<1DAY', span('within', 1, 'd')],
  ])('%j', (text, range) => {
    expect(parseDates(text)).toEqual(range);
  });

  it.each([
    ...['', '..', 'soon', '2023-02-29', '2024-13', '2024-00', '2024-06-31', '24', '0000', '20240612', '2024-06-12-1'],
    ...['0d', '=2w', '2x', '>today', '<yesterday', '<0001', '>9999', '12345d', '2024..soon'],
  ])('none in %j', (text) => {
    expect(parseDates(text)).toBeNull();
  });

  it('are written so that they are read as the same', () => {
    const side = fc.constantFrom('', '2023', '2024-02', '2024-02-29', '0001-01-01', '9999-12', 'today', 'yesterday');
    const text = fc.oneof(
      fc.tuple(side, side).map(([from, to]) => `${from}..${to}`),
      fc.tuple(fc.constantFrom('<', '>', '<=', '>=', ''), side).map((pieces) => pieces.join('')),
      fc
        .tuple(fc.constantFrom('<', '>'), fc.integer({ min: 1, max: 9999 }), fc.constantFrom('h', 'd', 'w', 'm', 'y'))
        .map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const range = parseDates(typed);
        if (range) expect(parseDates(printDates(range))).toEqual(range);
      }),
    );
  });
});

describe('daysInMonth', () => {
  it.each([
    [2023, 2, 28],
    [2024, 2, 29],
    [1900, 2, 28],
    [2000, 2, 29],
    [4, 2, 29],
    [2024, 4, 30],
    [2024, 12, 31],
  ])('%d-%d has %d', (year, month, days) => {
    expect(daysInMonth(year, month)).toBe(days);
  });
});
