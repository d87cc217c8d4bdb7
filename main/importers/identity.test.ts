import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arxivIdOf, doiOf } from '../../shared/identifiers.ts';
import { paperIdSchema } from '../../shared/paper.ts';
import { normalisedTitle, paperIds, titleId } from './identity.ts';

describe('arXiv numbers', () => {
  test.each([
    ['2306.12345', '2306.12345'],
    ['2306.12345v3', '2306.12345'],
    ['arXiv:2306.12345v1', '2306.12345'],
    ['ARXIV: 2306.12345', '2306.12345'],
    ['arXiv:2306.12345 [cs.LG]', '2306.12345'],
    ['https://arxiv.org/abs/2306.12345v2', '2306.12345'],
    ['http://www.arxiv.org/pdf/2306.12345.pdf', '2306.12345'],
    ['https://arxiv.org/pdf/2306.12345v2', '2306.12345'],
    ['https://arxiv.org/abs/2306.12345?context=cs', '2306.12345'],
    ['https://export.arxiv.org/abs/2306.12345', '2306.12345'],
    ['arxiv.org/html/2306.12345v1/', '2306.12345'],
    ['https://huggingface.co/papers/2306.12345', '2306.12345'],
    ['https://doi.org/10.48550/arXiv.2306.12345', '2306.12345'],
    ['10.48550/arXiv.2306.12345', '2306.12345'],
    ['oai:arXiv.org:0704.0001', '0704.0001'],
    ['astro-ph/0601001', 'astro-ph/0601001'],
    ['arXiv:astro-ph/0601001v2', 'astro-ph/0601001'],
    ['math.GT/0309136', 'math/0309136'],
    ['https://arxiv.org/abs/hep-th/9901001', 'hep-th/9901001'],
  ])('%s is %s', (text, id) => {
    expect(arxivIdOf(text)).toBe(id);
  });

  test.each([
    '',
    '2306',
    '2313.12345',
    '2306.123',
    '2306.123456',
    'astro-ph',
    'see 2306.12345',
    'https://example.org/abs/2306.12345',
    'astro-ph/0613001',
  ])('%j is none', (text) => {
    expect(arxivIdOf(text)).toBeNull();
  });
});

describe('DOIs', () => {
  test.each([
    ['10.1000/ABC.1', '10.1000/abc.1'],
    ['doi:10.1000/abc.1', '10.1000/abc.1'],
    ['DOI: 10.1000/abc.1', '10.1000/abc.1'],
    ['https://doi.org/10.1000/Abc.1', '10.1000/abc.1'],
    ['http://dx.doi.org/10.1000/abc.1', '10.1000/abc.1'],
    ['https://doi.org/10.1002/(SICI)1096%3C1::AID-1%3E3.0', '10.1002/(sici)1096<1::aid-1>3.0'],
  ])('%s is %s', (text, doi) => {
    expect(doiOf(text)).toBe(doi);
  });

  test.each([
    '',
    '10.1000',
    '10.1000/',
    'doi',
    '11.1000/abc',
    '10.1000/a b',
    '10.1000/a\u0002',
    '10.1000/a\ud800b',
  ])('%j is none', (text) => {
    expect(doiOf(text)).toBeNull();
  });
});

describe('titles', () => {
  test.each([
    ['Éclair: Größe & “Geometry”', 'ECLAIR GROSSE — GEOMETRY'],
    ['ΛΟΓΟΣ', 'λόγος'],
    ['Weak-to-Strong Reasoning', 'WEAK TO STRONG REASONING.'],
    ['The ﬁne Print', 'the fine print'],
  ])('%s and %s are the same', (one, other) => {
    expect(titleId(one)).toBe(titleId(other));
  });

  test('titles of signs only stay apart', () => {
    expect(titleId('???')).not.toBe(titleId('!!!'));
  });

  test('normalising twice is normalising once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        expect(normalisedTitle(normalisedTitle(title))).toBe(normalisedTitle(title));
      }),
    );
  });
});

test('a paper goes by its arXiv number, else its DOI, else its title, and by all of them', () => {
  const title = 'Boundary Terms';
  const byTitle = titleId(title);
  expect(paperIds({ title, arxivId: '2306.12345', doi: '10.1/x' })).toEqual([
    'arxiv:2306.12345',
    'doi:10.1/x',
    byTitle,
  ]);
  expect(paperIds({ title, arxivId: null, doi: '10.1/x' })).toEqual(['doi:10.1/x', byTitle]);
  expect(paperIds({ title, arxivId: null, doi: null })).toEqual([byTitle]);
  expect(paperIdSchema.safeParse(byTitle).success).toBe(true);
  // The same on every machine, for ever: notes hang on it.
  expect(byTitle).toBe('title:b1946050b50de8428981');
});
