import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateSchema } from '../../shared/paper.ts';
import { dateOf, readDate } from './read-date.ts';

describe('a date is read in any of the usual spellings', () => {
  test.each([
    ['2024', '2024'],
    ['2024-06', '2024-06'],
    ['2024/6/2', '2024-06-02'],
    ['2024-06-12', '2024-06-12'],
    ['20240612', '2024-06-12'],
    [' 2024-06-12T23:59:56.000Z ', '2024-06-12'],
    ['2024-06-12 08:00:00+02:00', '2024-06-12'],
    ['2024-06-00', '2024-06'],
    ['2024/00/00', '2024'],
    ['2024///', '2024'],
    ['2024/06/12/Summer', null],
    ['2023/2024', '2023'],
    ['Mon, 2 Apr 2007 19:18:42 GMT', '2007-04-02'],
    ['Wednesday, 12 June 2024', '2024-06-12'],
    ['12 June 2024', '2024-06-12'],
    ['June 12, 2024', '2024-06-12'],
    ['Jun. 12th 2024', '2024-06-12'],
    ['June 2024', '2024-06'],
    ['06/2024', '2024-06'],
    ['6-2024', '2024-06'],
    ['13/2024', '2024'],
    ['Sept 2024', '2024-09'],
    ['2024 Jun 12', '2024-06-12'],
    ['2024-Jun', '2024-06'],
    ['Spring 2024', '2024'],
    ['c2004', '2004'],
    ['[1998]', '1998'],
    ['13/06/2024', '2024-06-13'],
    ['06/13/2024', '2024-06-13'],
    ['05/06/2024', '2024'],
    ['29 February 2024', '2024-02-29'],
  ])('%j', (text, date) => {
    expect(readDate(text)).toBe(date);
  });

  test.each([
    '',
    'in press',
    '2024-13-01',
    '2024-02-30',
    '29 February 2023',
    '0000',
    '99999',
    '2024-6-99',
    '1 2024 2 2023',
    'x'.repeat(101),
  ])('%j is none', (text) => {
    expect(readDate(text)).toBeNull();
  });
});

test('whatever stands there, the answer is a date in our form or none', () => {
  const parts = fc.constantFrom('2024', '06', '31', '-', '/', ' ', ',', 'June', 'Mon', 'T', '0', '12', ':', 'x');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(parts, { maxLength: 9 }).map((found) => found.join('')),
      ),
      (text) => {
        const date = readDate(text);
        if (date === null) return;
        expect(dateSchema.safeParse(date).success).toBe(true);
        expect(readDate(date)).toBe(date);
      },
    ),
  );
  expect(dateOf(2024, Number.NaN)).toBeNull();
  expect(dateOf(Number.POSITIVE_INFINITY)).toBeNull();
});
