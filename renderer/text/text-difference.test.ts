import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textDifference, withGaps } from './text-difference.ts';

const RUNS = Number(process.env['RUNS'] ?? 100);

const shown = (older: string, newer: string) =>
  textDifference(older, newer)
    .map(({ text, in: where }) => (where === 'both' ? text : where === 'older' ? `[-${text}-]` : `{+${text}+}`))
    .join('');

describe('the difference of two texts', () => {
  test('is told word by word', () => {
    expect(shown('The loss is interesting.', 'The loss is not interesting.')).toBe('The loss is {+not +}interesting.');
    expect(shown('Read section 3 again.', 'Read section 4 again.')).toBe('Read section [-3-]{+4+} again.');
  });

  test('does not fall apart into single words with space between them', () => {
    expect(shown('one two three end', 'four five six end')).toBe('[-one two three-]{+four five six+} end');
  });

  test('keeps lines apart', () => {
    expect(shown('a\nb\nc', 'a\nx\nc')).toBe('a\n[-b-]{+x+}\nc');
  });

  test('knows words of other scripts', () => {
    expect(shown('Дом стоит', 'Дом стоял')).toBe('Дом [-стоит-]{+стоял+}');
    expect(shown('Ein Überblick', 'Ein Überblick!')).toBe('Ein Überblick{+!+}');
  });

  test('of nothing to something is all of it', () => {
    expect(shown('', 'new')).toBe('{+new+}');
    expect(shown('gone', '')).toBe('[-gone-]');
    expect(textDifference('', '')).toEqual([]);
  });

  test('of texts that have very little in common is told by lines, or not at all', () => {
    const many = (word: string) => Array.from({ length: 3000 }, (_, at) => `${word}${at}`).join(' ');
    expect(textDifference(`same\n${many('a')}\n`, `same\n${many('b')}\n`)).toEqual([
      { text: 'same\n', in: 'both' },
      { text: `${many('a')}\n`, in: 'older' },
      { text: `${many('b')}\n`, in: 'newer' },
    ]);
    const lines = (word: string) => many(word).replaceAll(' ', '\n');
    expect(textDifference(lines('a'), lines('b'))).toEqual([
      { text: lines('a'), in: 'older' },
      { text: lines('b'), in: 'newer' },
    ]);
  });

  test('always makes up both texts, whole', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'word', ' ', '  ', '\n', 'é', '👩‍🔬', '日本'), { maxLength: 30 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [older, newer] = [a.join(''), b.join('')];
        const pieces = textDifference(older, newer);
        const of = (side: string) => pieces.filter((piece) => piece.in === 'both' || piece.in === side);
        const join = (some: { text: string }[]) => some.map((piece) => piece.text).join('');
        expect([join(of('older')), join(of('newer'))]).toEqual([older, newer]);
        expect(pieces.every((piece) => piece.text !== '')).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('what is the same', () => {
  const long = 'word '.repeat(100);

  test('is shortened around a change', () => {
    const pieces = withGaps(textDifference(`${long}old ${long}`, `${long}new ${long}`), 20);
    expect(pieces.map((piece) => piece.in)).toEqual(['gap', 'both', 'older', 'newer', 'both', 'gap']);
    const kept = pieces.filter((piece) => piece.in === 'both').map(({ text }) => text.trim());
    expect(kept).toEqual(['word word word word', 'word word word word']);
  });

  test('stays where little would be spared', () => {
    const pieces = textDifference('a few words before old', 'a few words before new');
    expect(withGaps(pieces, 40)).toEqual(pieces);
  });

  test('loses nothing to its gaps, and no character is split', () => {
    const part = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(part, part, part, fc.nat(30), (before, change, after, around) => {
        const pieces = textDifference(`${before}${after}`, `${before}${change}${after}`);
        const gapped = withGaps(pieces, around);
        expect(gapped.map(({ text }) => text).join('')).toBe(pieces.map(({ text }) => text).join(''));
        for (const { text } of gapped) expect(text.isWellFormed()).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});
