import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinedNotes, standingOf } from './unsaved-note.ts';

test.each([
  ['the note says it', 'new', 'old', 'new', 'saved'],
  ['the note says it and more', 'new', 'old', 'new and more', 'saved'],
  ['the note is as it was', 'new', 'old', 'old', 'typed'],
  ['part of the note was deleted', 'o', 'old', 'old', 'typed'],
  ['all of the note was deleted', '', 'old', 'old', 'typed'],
  ['the note was saved on the way', 'old and new', 'old', 'old and', 'typed'],
  ['the note was changed elsewhere', 'mine', 'old', 'theirs', 'conflict'],
] as const)('%s', (_what, text, base, saved, standing) => {
  expect(standingOf({ text, base }, saved)).toBe(standing);
});

test('whatever is done by it, no text is lost: it was known to whoever typed, or is in what takes its place', () => {
  const some = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 5 });
  fc.assert(
    fc.property(some, some, some, (text, base, saved) => {
      const standing = standingOf({ text, base }, saved);
      const result = { saved, typed: text, conflict: joinedNotes(saved, text) }[standing];
      expect(result).toContain(text);
      if (saved !== base) expect(result).toContain(saved);
    }),
  );
});
