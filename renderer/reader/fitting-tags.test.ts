import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fittingTags } from './fitting-tags.ts';

const room = { end: 40, more: 40, gap: 5, line: 200 };

describe('fittingTags', () => {
  it('shows all where they fit, the end included', () => {
    expect(fittingTags({ ...room, tags: [] }, 2)).toBe(0);
    expect(fittingTags({ ...room, tags: [60, 60, 60, 60, 60] }, 2)).toBe(5);
  });

  it('leaves room for the button and the end where they do not', () => {
    // 60 60 60 | 60 +3 end: a fifth would push the end to a third line.
    expect(fittingTags({ ...room, tags: [60, 60, 60, 60, 60, 60, 60] }, 2)).toBe(4);
  });

  it('takes a tag wider than the line as a line of its own, and always shows one', () => {
    expect(fittingTags({ ...room, tags: [900, 60] }, 2)).toBe(2);
    expect(fittingTags({ ...room, tags: [900, 900, 900] }, 2)).toBe(1);
  });

  it('shows at least as many in a wider line', () => {
    const width = fc.integer({ min: 10, max: 300 });
    fc.assert(
      fc.property(fc.array(width, { maxLength: 45 }), width, (tags, line) => {
        const shown = fittingTags({ ...room, tags, line: line + 40 }, 2);
        expect(shown).toBeLessThanOrEqual(tags.length);
        expect(shown).toBeGreaterThanOrEqual(Math.min(tags.length, 1));
        expect(fittingTags({ ...room, tags, line: 40_000 }, 2)).toBe(tags.length);
      }),
    );
  });
});
