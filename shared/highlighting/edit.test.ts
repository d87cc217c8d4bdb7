import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Highlight, highlightColours, highlightSchema, longestQuote } from '../highlights.ts';
import { highlightAt, highlightOf, nextColour, placedIn, withColour, withHighlight, withoutHighlight } from './edit.ts';

const text = 'The loss is convex in every layer of the network.';
const given = (number: number, colour: Highlight['colour'] = 'yellow') => {
  return { id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, colour, at: number };
};
const quotes = (highlights: readonly Highlight[]) => highlights.map(({ quote, colour }) => `${quote} ${colour}`);

test('a highlight has no space at its ends, and nothing of nothing is one', () => {
  expect(highlightOf(text, [3, 12], given(1))).toMatchObject({ quote: 'loss is', before: 'The ', from: 4 });
  expect(highlightOf(text, [3, 4], given(1))).toBeNull();
  expect(highlightOf(text, [9, 3], given(1))).toBeNull();
});

test('it is never longer than it may be, and has no half of a character', () => {
  const long = highlightOf(`a${'👩'.repeat(longestQuote)}`, [0, longestQuote * 3], given(1));
  expect(long?.quote.length).toBeLessThanOrEqual(longestQuote);
  expect(long?.quote.isWellFormed()).toBe(true);
  expect(highlightOf('👩 x', [1, 2], given(1))?.quote).toBe('👩');
});

test('one that overlaps others takes them up, with all of their words', () => {
  let highlights: readonly Highlight[] = [];
  highlights = withHighlight(text, highlights, [4, 11], given(1));
  highlights = withHighlight(text, highlights, [22, 33], given(2));
  expect(quotes(highlights)).toEqual(['loss is yellow', 'every layer yellow']);
  expect(quotes(withHighlight(text, highlights, [9, 24], given(3, 'pink')))).toEqual([
    'loss is convex in every layer pink',
  ]);
  expect(quotes(withHighlight(text, highlights, [12, 18], given(3, 'blue')))).toEqual([
    'loss is yellow',
    'convex blue',
    'every layer yellow',
  ]);
  expect(withHighlight(text, highlights, [3, 4], given(3))).toBe(highlights);
});

test('those whose words are gone are told apart, and stay whatever is done to others', () => {
  const gone: Highlight = { ...given(9), quote: 'words of an older version', before: 'x', after: 'y', from: 5 };
  const highlights = withHighlight(text, [gone], [4, 8], given(1));
  expect(placedIn(text, highlights)).toEqual({
    placed: [{ id: given(1).id, colour: 'yellow', from: 4, to: 8 }],
    lost: [gone],
  });
  expect(withoutHighlight(withColour(highlights, given(1).id, 'green'), given(1).id)).toEqual([gone]);
});

test('the one that words lie within is found, the uppermost of several', () => {
  const placed = [
    { ...given(1), from: 0, to: 20 },
    { ...given(2), from: 4, to: 8 },
  ];
  expect(highlightAt(placed, [5, 8])?.id).toBe(given(2).id);
  expect(highlightAt(placed, [5, 9])?.id).toBe(given(1).id);
  expect(highlightAt(placed, [19, 21])).toBeNull();
});

test('the colours come around', () => {
  expect(highlightColours.map(nextColour)).toEqual([...highlightColours.slice(1), highlightColours[0]]);
});

test('whatever is highlighted one after another, none overlap and each is one that can be kept', () => {
  const stretch = fc.tuple(fc.nat(text.length), fc.nat(text.length));
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 8 }), (stretches) => {
      let highlights: readonly Highlight[] = [];
      for (const [at, [one, other]] of stretches.entries()) {
        const range: [number, number] = [Math.min(one, other), Math.max(one, other)];
        highlights = withHighlight(text, highlights, range, given(at));
        const words = text.slice(...range).trim();
        const { placed } = placedIn(text, highlights);
        if (words !== '') expect(placed.some(({ from, to }) => text.slice(from, to).includes(words))).toBe(true);
      }
      const { placed, lost } = placedIn(text, highlights);
      expect(lost).toEqual([]);
      for (const [at, one] of placed.entries()) expect(one.to).toBeLessThanOrEqual(placed[at + 1]?.from ?? text.length);
      for (const highlight of highlights) expect(highlightSchema.safeParse(highlight).success).toBe(true);
    }),
  );
});

test('a text of one letter, and five hundred highlights of it that stand there no more, hold nothing up', () => {
  const text = 'x'.repeat(50_000);
  const given = { colour: 'yellow' as const, at: 1, before: `y${'x'.repeat(63)}`, after: `${'x'.repeat(63)}z` };
  const many = Array.from({ length: 500 }, (_, at) => ({
    ...{ ...given, id: `${at}`, from: 100 * at },
    quote: at % 2 === 0 ? 'x'.repeat(10) : 'nowhere to be found',
  }));
  const { placed, lost } = placedIn(text, many);
  expect([placed.length, lost.length]).toEqual([250, 250]);
});
