import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggestedName } from './suggested-name.ts';

describe('suggestedName', () => {
  it.each([
    ['', ''],
    ['weak "to strong"', 'Weak to strong'],
    ['status:unread weak supervision', 'Weak supervision, unread'],
    ['status:queued,reading', 'To read or reading'],
    ['tag:"ml/vision" is:starred', 'Ml/vision, starred'],
    ['weak -title:strong', 'Weak, not strong'],
    ['has:code added:<2w', 'With code, added:<2w'],
    ['status:unread (weak OR strong)', 'Unread, weak or strong'],
  ])('for %j is %j', (query, name) => {
    expect(suggestedName(query)).toBe(name);
  });

  it('is short, whatever the query', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (query) => {
        expect(suggestedName(query).length).toBeLessThanOrEqual(60);
      }),
    );
    expect(suggestedName('several words that go on and on '.repeat(9))).toMatch(/^Several words .{20,}\S…$/);
  });
});
