import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { notePrint } from './note-print.ts';
import { NoteWriters } from './note-writers.ts';
import { longestNote } from './paper.ts';

const id = 'arxiv:2306.00001';
const over = (...texts: string[]) => texts.map(notePrint);

describe('a text takes the place of a note', () => {
  test.each([
    ['says what it was written over', 'first', 'mine', ['first']],
    ['says what its writer sent before', 'on the way', 'mine', ['first', 'on the way']],
    ['says nothing that is not in the text', 'theirs', 'theirs and mine', ['first']],
    ['says the same', 'mine', 'mine', []],
    ['has been removed', '', 'mine', ['first']],
  ])('where it %s', (_where, saved, text, known) => {
    for (const joins of [false, true])
      expect(new NoteWriters().decide(id, saved, { text, over: over(...known), joins })).toBe(text);
  });
});

describe('where a note has come to say something else', () => {
  const written = { text: 'mine', over: over('first') };

  test('it stays, or both are kept', () => {
    expect(new NoteWriters().decide(id, 'theirs', { ...written, joins: false })).toBeNull();
    expect(new NoteWriters().decide(id, 'theirs', { ...written, joins: true })).toBe('theirs\n\n---\n\nmine');
  });

  test('it stays where it holds the text', () => {
    expect(new NoteWriters().decide(id, 'theirs, and mine', { ...written, joins: true })).toBeNull();
  });

  test('what its writer sent before what it says now is old', () => {
    const writers = new NoteWriters();
    expect(writers.decide(id, 'first', { text: 'new', over: over('first', 'old'), joins: true })).toBe('new');
    expect(writers.decide(id, 'new', { text: 'old', over: over('first'), joins: true })).toBeNull();
    // Of another paper, or once the note says something else, nothing is known.
    expect(writers.decide('arxiv:2', 'new', { text: 'old', over: over('first'), joins: true })).toContain('old');
    expect(writers.decide(id, 'other', { text: 'old', over: over('first'), joins: true })).toContain('old');
  });

  test('what is too long for both is what was typed last', () => {
    const text = 'x'.repeat(longestNote);
    expect(new NoteWriters().decide(id, 'theirs', { text, over: [], joins: true })).toBe(text);
  });
});

test('nothing that its writer did not know is ever written over', () => {
  const text = fc.string({ maxLength: 4 });
  fc.assert(
    fc.property(
      fc.array(fc.record({ text, known: fc.array(text, { maxLength: 3 }), joins: fc.boolean() }), { maxLength: 8 }),
      (steps) => {
        const writers = new NoteWriters();
        let saved = '';
        for (const { text, known, joins } of steps) {
          const becomes = writers.decide(id, saved, { text, over: over(...known), joins });
          if (becomes === null) continue;
          expect(known.includes(saved) || becomes.includes(saved)).toBe(true);
          expect(becomes).toContain(text);
          saved = becomes;
        }
      },
    ),
  );
});
