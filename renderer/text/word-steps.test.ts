import { expect, test } from 'vitest';
import { unitFrom, unitsOf } from './word-steps.ts';

const text = 'We show $O(n \\log n)$ bounds. They are tight, i.e. the best.';
const words = (step: 'word' | 'sentence', wholes: [number, number][] = []) =>
  unitsOf(text, step, wholes).map(([from, to]) => text.slice(from, to));

test('words are stepped by, without signs and space; what is shown as one is one word', () => {
  expect(words('word').slice(-4)).toEqual(['tight', 'i.e', 'the', 'best']);
  expect(words('word', [[8, 21]]).slice(0, 4)).toEqual(['We', 'show', '$O(n \\log n)$', 'bounds']);
});

test('sentences end where they end, and not within what is shown as one', () => {
  expect(words('sentence')[0]).toBe('We show $O(n \\log n)$ bounds.');
  const formula = 'It is $a. B$ here. So it is.';
  expect(unitsOf(formula, 'sentence', [[6, 12]]).map(([from, to]) => formula.slice(from, to))).toEqual([
    'It is $a. B$ here.',
    'So it is.',
  ]);
});

test('the next one and the one before are found from anywhere', () => {
  const units = unitsOf('one two three', 'word', []);
  expect(unitFrom(units, 2, 1)).toEqual([4, 7]);
  expect(unitFrom(units, 4, 1)).toEqual([4, 7]);
  expect(unitFrom(units, 7, -1)).toEqual([4, 7]);
  expect(unitFrom(units, 6, -1)).toEqual([0, 3]);
  expect(unitFrom(units, 13, 1)).toBeNull();
  expect(unitFrom(units, 0, -1)).toBeNull();
});
