import { expect, it } from 'vitest';
import { byName, languageName, likelyLanguage } from './languages.ts';

it('names languages as a reader does, and those that nobody knows by their tag', () => {
  expect(languageName('en-GB')).toBe('English (United Kingdom)');
  expect(languageName('qzz')).toBe('qzz');
  expect(byName(['sv', 'de', 'en-US', 'en-GB'])).toEqual(['en-GB', 'en-US', 'de', 'sv']);
});

it.each([
  [['de', 'en-GB', 'en-US'], ['en-US', 'de'], 'en-US'],
  [['de', 'en-GB'], ['en-US', 'fr'], 'en-GB'],
  [['de', 'en-GB'], ['fr-CA', 'de-AT'], 'de'],
  [['de', 'en-GB'], ['fr'], 'de'],
  [[], ['fr'], undefined],
])('of %j who reads %j most likely wants %s', (languages, own, expected) => {
  expect(likelyLanguage(languages, own)).toBe(expected);
});
