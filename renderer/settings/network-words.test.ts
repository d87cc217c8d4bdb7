import { expect, it } from 'vitest';
import { networkInWords } from './network-words.ts';

const versions = (on: boolean) => ({ what: 'checking for updates', on });
const words = (on: boolean) => ({ what: 'fetching dictionaries', on });

it('says of everything that may use the network whether it does', () => {
  expect(networkInWords([])).toBe('It uses no network. A link opens in your browser.');
  expect(networkInWords([versions(false)])).toMatch(/^Only checking for updates uses .* It is off\.$/);
  expect(networkInWords([versions(true)])).toMatch(/It is on\.$/);
  expect(networkInWords([versions(false), words(false)])).toMatch(
    /turn them on: checking for updates and fetching dictionaries\. Both are off\.$/,
  );
  expect(networkInWords([versions(false), words(true)])).toMatch(/\. Of these, fetching dictionaries is on\.$/);
  expect(networkInWords([versions(true), words(true)])).toMatch(/Both are on\.$/);
});
