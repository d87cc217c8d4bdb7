import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paperOf } from './importer.ts';
import { readPieces } from './inputs-for-tests.ts';
import { faultsOf } from './record-rules.ts';
import { ris } from './ris.ts';
import { risTagOf } from './ris-records.ts';

const library = readFileSync(join(import.meta.dirname, 'fixtures/library.ris'), 'utf8');

describe('a library', () => {
  test('gives everything that a record says, whatever is repeated or wrapped', async () => {
    const [first] = await readPieces(ris, [library]);
    expect(first).toEqual({
      kind: 'paper',
      where: 'line 2',
      paper: {
        ...paperOf('Tides of Stable Harmonics'),
        authors: ['Jörg Müller', 'Cléo Dupont', 'Anna van der Berg', 'Bob Smith Jr.'],
        abstract: 'We measure tides that wrap onto a line, AI - based or not, co-authored.\n\nA second paragraph.',
        published: '2021-02',
        doi: '10.1000/jml.45',
        venue: 'Journal of Measured Learning',
        journalReference: '12(3), 45–67',
        keywords: ['tides', 'harmonic analysis', 'stable laws'],
        links: [
          { kind: 'pdf', label: 'PDF', url: 'https://example.org/tides.pdf' },
          { kind: 'abstract', label: 'Abstract page', url: 'http://dx.doi.org/10.1000/JML.45' },
        ],
        citationKey: 'mueller2021',
        kind: 'article',
        marks: { note: 'Read the **appendix**.\n\nTwice.', tags: [], status: null, starred: false },
      },
    });
  });

  test('forgives small letters, odd spacing, a missing ER and a missing TY', async () => {
    const [, second, third, fourth, fifth] = await readPieces(ris, [library]);
    expect(second).toMatchObject({
      where: 'line 40',
      paper: {
        title: 'Lanterns for Sparse Retrieval',
        arxivId: '2306.01234',
        doi: null,
        venue: null,
        published: '2023-06-02',
        journalReference: '1–12',
        kind: 'unpublished',
        marks: null,
      },
    });
    expect(third).toMatchObject({
      paper: {
        title: 'No End in Sight',
        authors: ['Una Ferry'],
        venue: 'A Book of Ends',
        published: '2001',
        kind: 'incollection',
        journalReference: null,
      },
    });
    expect(fourth).toEqual({ kind: 'skipped', where: 'line 58', reason: 'it has no title' });
    expect(fifth).toMatchObject({
      paper: {
        title: 'Without a Kind',
        kind: 'misc',
        links: [{ url: 'https://example.org/a' }, { url: 'https://example.org/b' }],
      },
    });
    expect(await readPieces(ris, [library])).toHaveLength(5);
  });

  test('is the same a character at a time', async () => {
    expect(await readPieces(ris, [...library])).toEqual(await readPieces(ris, [library]));
  });
});

test.each([
  ['TY  - JOUR', { name: 'TY', value: 'JOUR' }],
  ['ER  -', { name: 'ER', value: '' }],
  ['er - ', { name: 'ER', value: '' }],
  ['TY-JOUR', { name: 'TY', value: 'JOUR' }],
  ['  KW  -   words ', { name: 'KW', value: 'words' }],
  ['ZZ  - something', { name: 'ZZ', value: 'something' }],
  ['AI - based', null],
  ['SP-based methods', null],
  ['co-author', null],
  ['AU Smith', null],
  ['', null],
])('the line %j is %j', (line, tag) => {
  expect(risTagOf(line)).toEqual(tag);
});

describe('recognition', () => {
  test.each([
    [library, 0.9],
    ['TY  - JOUR\nTI  - A\nER  - \n', 0.9],
    ['Exported by hand\n\nTY  - JOUR\nTI  - A\nER  - \n', 0.6],
    ['TY  - JOUR', 0],
    ['Dear Anna,\nTY - no, it is AU - that I mean', 0],
    ['', 0],
  ])('%#', (text, score) => {
    expect(ris.recognise(text, true, 'a.ris')).toBe(score);
  });

  test('what holds no tags is refused, by its name', async () => {
    await expect(readPieces(ris, ['Dear Anna,\n'])).rejects.toThrow(/^test is not something Offprint can import/);
  });
});

test('any damage gives records as they must be', async () => {
  const change = fc.record({
    at: fc.nat(library.length),
    length: fc.nat(30),
    text: fc.oneof(
      fc.constantFrom('\n', '  - ', '\nTY  - ', '\nER', '<', '\0'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 6 }), async (changes) => {
      let text = library;
      for (const { at, length, text: put } of changes) text = text.slice(0, at) + put + text.slice(at + length);
      for (const record of await readPieces(ris, [text])) expect(faultsOf(record)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test.each([
  'TY  - A\n',
  'AU  - a\n',
  'more\n',
  'TY  - ',
  '\n',
  ' - ',
  'KW  - ;;;;',
])('takes time in proportion to the text: %j over and over', async (piece) => {
  const text = `TY  - JOUR\nTI  - A\n${piece.repeat(1_500_000 / piece.length)}`;
  const start = performance.now();
  await readPieces(ris, text.match(/[\s\S]{1,65536}/g) ?? []);
  // A second or two where it is linear, minutes where it is not.
  expect(performance.now() - start).toBeLessThan(20_000);
});
