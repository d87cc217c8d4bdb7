import { describe, expect, it } from 'vitest';
import { median, percentile } from './statistics.ts';

describe('percentile', () => {
  it('is the nearest rank, whatever the order of the samples', () => {
    const samples = [5, 1, 4, 2, 3];
    expect([0, 0.5, 0.8, 0.95, 1].map((share) => percentile(samples, share))).toEqual([1, 3, 4, 5, 5]);
    expect(median([7])).toBe(7);
    expect(percentile([], 0.5)).toBeNaN();
  });
});
