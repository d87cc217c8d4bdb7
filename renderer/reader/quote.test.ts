import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noteLinks, noteTags } from '../../shared/note-syntax.ts';
import { quoteOf, withQuote } from './quote.ts';

test.each([
  ['The loss is convex.', '> The loss is convex.'],
  ['One.\n\nTwo.', '> One.\n>\n> Two.'],
  ['the bound $a_1 * b_2$ holds', '> the bound $a_1 * b_2$ holds'],
  ['k*-means, <b>, `x` and [1]', '> k\\*-means, \\<b>, \\`x\\` and \\[1\\]'],
  ['snake_case and _so_', '> snake_case and \\_so\\_'],
  ['tagged #idea here', '> tagged \\#idea here'],
  ['counting (#P-hard) and #3SAT, as #_x [#y] say', '> counting (\\#P-hard) and \\#3SAT, as \\#\\_x \\[\\#y\\] say'],
  ['1. a list', '> 1\\. a list'],
  ['- another', '> \\- another'],
  ['# no heading', '> \\# no heading'],
])('%j is quoted as %j', (text, quote) => {
  expect(quoteOf(text)).toBe(quote);
});

test('a quote comes after what was written, and leaves room to go on', () => {
  expect(withQuote('', '> a')).toBe('> a\n\n');
  expect(withQuote('before\n', '> a')).toBe('before\n\n> a\n\n');
});

test('whatever is quoted, each line is one of the quote, and nothing that was written goes', () => {
  const unit = fc.constantFrom('a', ' ', '\n', '$', '>', '*', '_', '#', '1.', '👩', '\r');
  const some = fc.array(unit, { maxLength: 20 }).map((units) => units.join(''));
  fc.assert(
    fc.property(some, some, (note, text) => {
      fc.pre(text.trim() !== '');
      for (const line of quoteOf(text).split('\n')) expect(line.startsWith('>')).toBe(true);
      expect(withQuote(note, quoteOf(text)).startsWith(note.trimEnd())).toBe(true);
    }),
  );
});

test('nothing that is quoted gives the paper a tag or links to another', () => {
  const unit = fc.constantFrom(
    'a',
    ' ',
    '\n',
    '(',
    '[',
    '{',
    '#',
    '(#a',
    '[#1a',
    '_',
    '1',
    '[[arxiv:2306.12345]]',
    '`',
    '\\',
    ']',
    ')',
  );
  const some = fc.array(unit, { maxLength: 12 }).map((units) => units.join(''));
  fc.assert(
    fc.property(some, (text) => {
      const quote = withQuote('', quoteOf(text));
      expect(noteTags(quote)).toEqual([]);
      expect(noteLinks(quote)).toEqual([]);
    }),
  );
});
