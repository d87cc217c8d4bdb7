import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownWords } from './own-words.ts';

const bracketed = (...texts: string[]) =>
  ownWords(texts).map((pieces) => pieces.map(({ text, own }) => (own ? `[${text}]` : text)).join(''));

test.each([
  [
    'one word',
    ['Tea and Generalisation of Tea', 'Tea and Generalization of Tea'],
    ['Tea and [Generalisation] of Tea', 'Tea and [Generalization] of Tea'],
  ],
  [
    'words in a row',
    ['How Robots Make Tea at Night', 'How Robots Make Good Hot Tea at Night'],
    ['How Robots Make Tea at Night', 'How Robots Make [Good Hot] Tea at Night'],
  ],
  ['one that says nothing', ['Anna Wall', ''], ['Anna Wall', '']],
  ['a third that differs', ['a b c d', 'a b c d', 'a b c e'], ['a b c [d]', 'a b c [d]', 'a b c [e]']],
  ['texts of their own', ['one two three', 'four five six'], ['one two three', 'four five six']],
])('marks what differs: %s', (_what, texts, marked) => {
  expect(bracketed(...texts)).toEqual(marked);
});

test('whatever is compared, the texts stay whole, and no marks are in texts that are the same', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ' ', '\n', '  ')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
      expect(ownWords(texts).map((pieces) => pieces.map((piece) => piece.text).join(''))).toEqual(texts);
    }),
  );
  fc.assert(
    fc.property(
      text,
      (same) =>
        !ownWords([same, same])
          .flat()
          .some(({ own }) => own),
    ),
  );
});
