import { expect, it } from 'vitest';
import { withSameParts } from './same-parts.ts';
import { aLibrary } from './testing.ts';

it('keeps the lists that say the same, and takes those that do not', () => {
  const tag = { name: 'ml', count: 1, total: 1, colour: null };
  const known = aLibrary({ tags: [tag] });
  const next = aLibrary({ version: 2, tags: [{ ...tag }], counts: { ...known.counts, inbox: 2 } });
  const taken = withSameParts(known, next);
  expect(taken).toEqual(next);
  expect([taken.tags === known.tags, taken.views === known.views]).toEqual([true, true]);
  const changed = aLibrary({ tags: [{ ...tag, total: 2 }] });
  expect(withSameParts(known, changed).tags).toBe(changed.tags);
  expect(withSameParts(null, changed)).toBe(changed);
});
