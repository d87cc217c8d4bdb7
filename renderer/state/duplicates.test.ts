import { expect, test } from 'vitest';
import { aPaper } from '../reader/testing.ts';
import { compared } from './duplicates.ts';
import { impactSentence } from './paper-sources.ts';

test('a comparison names what differs, and leaves out what no paper has', () => {
  const fields = compared([
    aPaper({ title: 'Preface', doi: '10.1000/a', authors: ['Ada Lovelace'], abstract: 'The same  words.' }),
    aPaper({ title: 'Preface', doi: '10.1000/b', authors: [], abstract: 'The same words.', starred: true }),
  ]);
  const differing = fields.filter(({ differs }) => differs).map(({ name }) => name);
  expect(differing).toEqual(['DOI', 'Status']);
  expect(fields.find(({ name }) => name === 'Authors')?.values).toEqual(['Ada Lovelace', '']);
  expect(fields.map(({ name }) => name)).not.toContain('arXiv');
});

test.each([
  [
    { papers: 12, kept: 3, shared: 40 },
    '12 papers go with it. 3 stay, because you have touched them. 40 are in other sources too, and stay.',
  ],
  [
    { papers: 1, kept: 1, shared: 1 },
    '1 paper goes with it. 1 stays, because you have touched it. 1 is in other sources too, and stays.',
  ],
  [{ papers: 0, kept: 0, shared: 0 }, 'No paper goes with it.'],
])('%#: removing a source is told beforehand', (impact, words) => {
  expect(impactSentence(impact)).toBe(words);
});
