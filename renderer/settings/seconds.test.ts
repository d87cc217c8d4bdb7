import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../shared/settings.ts';
import { mostSeconds, secondsIn } from './seconds.ts';

const { markReadAfter } = settingsSchema.shape;

describe('secondsIn', () => {
  it('takes every number that the settings take, and no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), (seconds) => {
        expect(secondsIn(` ${seconds} `)).toBe(markReadAfter.safeParse(seconds).success ? seconds : null);
      }),
    );
    expect(secondsIn(String(mostSeconds))).toBe(mostSeconds);
    expect(secondsIn(String(mostSeconds + 1))).toBeNull();
  });

  it.each(['', ' ', '1.5', '-3', '1e2', 'ten', '٣'])('%j is none', (typed) => {
    expect(secondsIn(typed)).toBeNull();
  });
});
