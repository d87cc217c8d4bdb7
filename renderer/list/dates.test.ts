import { describe, expect, it } from 'vitest';
import { datesIn } from './dates.ts';

const now = new Date(2026, 10, 22, 0, 30).getTime();

describe('shortDate', () => {
  const { shortDate } = datesIn('en-GB');

  it.each([
    [new Date(2026, 10, 22, 0, 0), 'Today'],
    [new Date(2026, 10, 22, 23, 59), 'Today'],
    [new Date(2026, 10, 21, 23, 59), 'Yesterday'],
    [new Date(2026, 10, 20, 12), '20 Nov'],
    [new Date(2026, 0, 1), '1 Jan'],
    [new Date(2025, 10, 22), '22 Nov 2025'],
    [new Date(2026, 10, 23, 1), '23 Nov'],
  ])('%s is %s', (date, text) => {
    expect(shortDate(date.getTime(), now)).toBe(text);
  });

  it('says yesterday across the turn of a year', () => {
    expect(shortDate(new Date(2025, 11, 31, 22).getTime(), new Date(2026, 0, 1, 1).getTime())).toBe('Yesterday');
  });
});

describe('publishedDate', () => {
  it.each([
    ['2024', '2024'],
    ['2024-06', 'Jun 2024'],
    ['2024-06-02', '2 Jun 2024'],
    ['2024-13', '2024'],
  ])('%s is %s', (date, text) => {
    expect(datesIn('en-GB').publishedDate(date)).toBe(text);
  });
});

it.each([
  ['en-US', 'Nov 20', 'Jun 2, 2024', 'Jun 2024'],
  ['de', '20. Nov.', '2. Juni 2024', 'Juni 2024'],
  ['ja', '11月20日', '2024年6月2日', '2024年6月'],
])('in %s the parts stand as they do there', (locale, day, published, month) => {
  const dates = datesIn(locale);
  expect(dates.shortDate(new Date(2026, 10, 20, 12).getTime(), now)).toBe(day);
  expect(dates.publishedDate('2024-06-02')).toBe(published);
  expect(dates.publishedDate('2024-06')).toBe(month);
});
