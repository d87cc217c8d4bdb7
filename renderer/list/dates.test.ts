import { describe, expect, it } from 'vitest';
import { publishedDate, shortDate } from './dates.ts';

const now = new Date(2026, 10, 22, 0, 30).getTime();

describe('shortDate', () => {
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
  ])('%s is %s', (date, text) => {
    expect(publishedDate(date)).toBe(text);
  });
});
