import { expect, test } from 'vitest';
import { textDifference } from '../text/text-difference.ts';
import { countWords, restoringInWords } from './count-words.ts';

test.each([
  ['', 0],
  ['one, two; three.', 3],
  ['# Heading\n- a  list', 3],
  ['— … !', 0],
])('%j has %i words', (text, count) => {
  expect(countWords(text)).toBe(count);
});

test('restoring brings back what only the older text has, and takes away what only the newer has', () => {
  expect(restoringInWords(textDifference('a b c', 'a x'))).toEqual({ back: 2, gone: 1 });
  expect(restoringInWords(textDifference('a b', 'a  b'))).toEqual({ back: 0, gone: 0 });
});
