import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asciiOf } from './ascii.ts';
import { type KeyedPaper, keySuffix, keyThatCame, parseKeyPattern, tidyKey } from './citation-keys.ts';

const paper: KeyedPaper = {
  title: 'On the Self-Attention of $\\ell_2$ Networks',
  authors: ['Bernhard Schölkopf', 'Ludwig van Beethoven', 'OpenAI', 'Wei Li'],
  published: '2024-06-12',
};

function keyBy(pattern: string, of: Partial<KeyedPaper> = {}): string {
  const parsed = parseKeyPattern(pattern);
  if (!('make' in parsed)) throw new Error(parsed.error);
  return parsed.make({ ...paper, ...of });
}

test.each([
  ['[auth][year][title1]', 'Scholkopf2024SelfAttention'],
  ['[auth:lower][shortyear]', 'scholkopf24'],
  ['[auth3:upper]_[year]', 'SCH_2024'],
  ['[authors]', 'ScholkopfVanBeethovenOpenAILi'],
  ['[authors2][year]', 'ScholkopfVanBeethovenEtAl2024'],
  ['[authors4]', 'ScholkopfVanBeethovenOpenAILi'],
  ['[title3]', 'SelfAttentionNetworks'],
  ['ref:[auth].[year]', 'ref:Scholkopf.2024'],
])('%s makes %s', (pattern, key) => {
  expect(keyBy(pattern)).toBe(key);
});

test('what a paper does not have leaves no mark behind', () => {
  expect(keyBy('[auth]-[year]-[title1]', { authors: [], published: null })).toBe('SelfAttention');
  expect(keyBy('[auth]-[year]', { authors: ['张三'], published: null })).toBe('');
});

test('a title of fillers alone is all that there is to name the paper by', () => {
  expect(keyBy('[title2]', { title: 'What Is It?' })).toBe('WhatIs');
});

test.each([
  ['[auth', 'not closed', 0],
  ['x[author]', 'no field “author”', 2],
  ['[year4]', 'takes no number', 5],
  ['[title]', 'takes a number', 1],
  ['[auth0]', 'from 1 to 20', 5],
  ['[auth:abbr]', 'no “:abbr”', 5],
  ['[auth!]', 'not understood', 5],
  ['[auth] [year]', 'cannot have “ ”', 6],
  ['[year]{x', 'cannot have “{”', 6],
  ['paper', 'needs a field', 0],
])('%s is refused where it goes wrong', (pattern, words, at) => {
  const parsed = parseKeyPattern(pattern);
  expect(parsed).toMatchObject({ error: expect.stringContaining(words), at });
});

test('Greek, Cyrillic and letters with strokes are written in ASCII', () => {
  expect(asciiOf('Łukasz Żółć, Ørsted, Straße, Эйлер, Ευκλείδης, Šćepan 王')).toBe(
    'Lukasz Zolc, Orsted, Strasse, Eiler, Eykleides, Scepan ',
  );
});

test('a key that came with a paper stays as it is where it can', () => {
  for (const key of ['DBLP:journals/corr/VaswaniSPUJGKP17', 'smith__2020', '10.1000/x;y', '_a'])
    expect(keyThatCame(key)).toBe(key);
  expect(keyThatCame('müller 2020, {x}')).toBe('muller2020x');
  expect(keyThatCame('%\\~')).toBe('');
});

test('letters behind a key go on after z', () => {
  expect([0, 1, 26, 27, 52, 53, 702, 703].map(keySuffix)).toEqual(['', 'a', 'z', 'aa', 'az', 'ba', 'zz', 'aaa']);
});

test('whatever the paper and the pattern, a key is safe in BibTeX, LaTeX and Pandoc', () => {
  const field = fc.constantFrom(
    '[auth]',
    '[auth2:lower]',
    '[authors2]',
    '[year]',
    '[title3:upper]',
    'x',
    '-',
    ':',
    '.',
  );
  const anyText = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(
      fc.array(field, { maxLength: 6 }),
      fc.record({ title: anyText, authors: fc.array(anyText, { maxLength: 4 }), published: fc.constant('2020-01') }),
      (parts, of) => {
        const key = keyBy(`${parts.join('')}[auth]`, of);
        expect(key).toMatch(/^(?:[A-Za-z0-9]+(?:[_:.+/-][A-Za-z0-9]+)*)?$/);
        expect(key.length).toBeLessThanOrEqual(80);
        expect(tidyKey(key)).toBe(key);
      },
    ),
    { numRuns: 40 },
  );
});
