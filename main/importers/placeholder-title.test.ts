import { expect, test } from 'vitest';
import { isPlaceholderTitle, placeholderTitle } from './placeholder-title.ts';

test('an id stands for a title that is not known yet, the arXiv one first', () => {
  expect(placeholderTitle('2306.12345', '10.1000/abc')).toBe('arXiv:2306.12345');
  expect(placeholderTitle(null, '10.1000/abc')).toBe('doi:10.1000/abc');
  expect(placeholderTitle(null, null)).toBeNull();
});

test.each([
  'arXiv:2306.12345',
  'arXiv:astro-ph/0601001',
  'doi:10.1000/abc',
  'https://arxiv.org/abs/2306.12345v2',
  '2306.12345',
])('%s is no title', (title) => {
  expect(isPlaceholderTitle(title)).toBe(true);
});

test.each([
  '',
  'arXiv: a history',
  '10.5 Ways to Fail',
  'doi:',
  'https://example.org/',
  '2306.1 and all that',
])('%j is a title, or none that we made', (title) => {
  expect(isPlaceholderTitle(title)).toBe(false);
});
