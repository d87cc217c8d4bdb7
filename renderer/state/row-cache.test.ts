import { describe, expect, it } from 'vitest';
import type { Row } from '../../shared/paper.ts';
import { pageSize, RowCache } from './row-cache.ts';
import { aRow } from './testing.ts';

function page(number: number, length = pageSize): Row[] {
  return Array.from({ length }, (_, at) => aRow(number * pageSize + at));
}

describe('RowCache', () => {
  it('gives the rows it has and knows the pages it lacks', () => {
    const cache = new RowCache(250);
    expect(cache.missing(0, 30)).toEqual([0]);
    cache.put(0, page(0));
    expect(cache.missing(0, 30)).toEqual([]);
    expect(cache.row(42)?.title).toBe('Paper 42');
    expect(cache.row(142)).toBeUndefined();
    expect(cache.missing(90, 400)).toEqual([1, 2]);
    expect(cache.lengthOf(2)).toBe(50);
    expect(cache.missing(-20, 0)).toEqual([]);
  });

  it('keeps expired rows in sight until fresh ones come', () => {
    const cache = new RowCache(100);
    cache.put(0, page(0));
    cache.expire();
    expect(cache.row(3)?.title).toBe('Paper 3');
    expect(cache.missing(0, 10)).toEqual([0]);
    cache.put(0, page(0));
    expect(cache.missing(0, 10)).toEqual([]);
  });

  it('forgets the pages farthest from the newest', () => {
    const cache = new RowCache(1_000_000);
    for (let number = 0; number < 70; number += 1) cache.put(number, page(number));
    expect(cache.row(0)).toBeUndefined();
    expect(cache.row(69 * pageSize)?.title).toBe('Paper 6900');
  });

  it('keeps what is looked at, however far apart it is', () => {
    const cache = new RowCache(1_000_000);
    const focus = [5, 6] as const;
    for (let number = 9000; number < 9060; number += 1) cache.put(number, page(number));
    const inSight = [9055 * pageSize, 9056 * pageSize] as const;
    cache.put(0, page(0), [focus, inSight]);
    for (let number = 9060; number < 9100; number += 1) cache.put(number, page(number), [focus, inSight]);
    expect(cache.row(5)?.title).toBe('Paper 5');
    expect(cache.row(9055 * pageSize)?.title).toBe(`Paper ${9055 * pageSize}`);
  });

  it('changes rows in place, and leaves the others the same objects', () => {
    const cache = new RowCache(100);
    cache.put(0, page(0));
    const before = cache.row(4);
    cache.update((row, index) => (index === 3 ? { ...row, starred: true } : row));
    expect(cache.row(3)?.starred).toBe(true);
    expect(cache.row(4)).toBe(before);
  });
});
