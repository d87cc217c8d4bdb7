import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arxivAtom } from './arxiv-atom.ts';
import { paperOf } from './importer.ts';
import { readPieces } from './inputs-for-tests.ts';
import { faultsOf } from './record-rules.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const feed = fixture('feed.atom');
const listing = fixture('listing.rss');

const entryOf = (fields: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id><entry>${fields}</entry></feed>`;

describe('an answer of the API', () => {
  test('gives everything that an entry says', async () => {
    const [first, second] = await readPieces(arxivAtom, [feed]);
    expect(first).toEqual({
      kind: 'paper',
      where: 'entry 1',
      paper: {
        ...paperOf('Lanterns for Sparse Retrieval: $\\ell_{1}$ & Beyond'),
        abstract: "We light lanterns, and Gödel's too, with $x < y$.\n\nA second paragraph.",
        authors: ['Cléo Dupont', 'Kenji Nakamura'],
        published: '2023-06-02',
        updated: '2024-01-09',
        arxivId: '2306.01234',
        doi: '10.1000/jml.45',
        categories: ['cs.IR', 'cs.LG'],
        comment: '12 pages, 3 figures',
        journalReference: 'J. Meas. Learn. 12 (2024) 45-67',
        links: [
          { kind: 'abstract', label: 'Abstract page', url: 'https://arxiv.org/abs/2306.01234' },
          { kind: 'pdf', label: 'PDF', url: 'https://arxiv.org/pdf/2306.01234' },
          { kind: 'abstract', label: 'Abstract page', url: 'http://dx.doi.org/10.1000/JML.45' },
        ],
      },
    });
    expect(second).toMatchObject({
      paper: {
        title: 'Herons in <Orbit>',
        arxivId: 'astro-ph/0601001',
        abstract: 'We count herons.\n\nTwice.',
        authors: ["Iris in 't Veld"],
        categories: ['astro-ph'],
        published: '2006-01-01',
      },
    });
  });

  test('names what is skipped, and expands nothing that the document declares', async () => {
    const [, , third, fourth] = await readPieces(arxivAtom, [feed]);
    expect(third).toEqual({ kind: 'skipped', where: 'entry 3', reason: 'it has no title' });
    expect(fourth).toMatchObject({ paper: { title: '&b; and 𝓜oss &eacute;', arxivId: '2306.01300' } });
  });

  test('is the same a character at a time', async () => {
    expect(await readPieces(arxivAtom, [...feed])).toEqual(await readPieces(arxivAtom, [feed]));
  });

  test('that tells of an error is refused with what it says', async () => {
    const error = entryOf(
      '<id>http://arxiv.org/api/errors#bad_id</id><title>Error</title><summary>incorrect id format for x</summary>',
    );
    await expect(readPieces(arxivAtom, [error])).rejects.toThrow(
      'test is no list of papers but an error that arXiv answered: “incorrect id format for x”. Nothing was imported.',
    );
  });

  test('a paper may be called Error', async () => {
    const paper = entryOf('<id>http://arxiv.org/abs/2306.01300v1</id><title>Error</title>');
    expect(await readPieces(arxivAtom, [paper])).toMatchObject([{ paper: { title: 'Error' } }]);
  });

  test('without entries is said to be empty', async () => {
    await expect(readPieces(arxivAtom, ['<feed><id>http://arxiv.org/api/x</id></feed>'])).rejects.toThrow(
      'test is an arXiv feed without any papers. Nothing was imported.',
    );
  });

  test('that ends too early keeps what came before', async () => {
    const cut = feed.slice(0, feed.indexOf('Twice.'));
    expect(await readPieces(arxivAtom, [cut])).toMatchObject([
      { kind: 'paper' },
      { kind: 'skipped', where: 'entry 2', reason: 'the file ends within it' },
    ]);
  });
});

test('a daily listing gives its papers', async () => {
  expect(await readPieces(arxivAtom, [listing])).toMatchObject([
    {
      paper: {
        title: 'Moss Grows Where Gradients Vanish',
        abstract: 'We let moss grow.',
        authors: ['Ngozi Okafor', 'Per Lind'],
        arxivId: '2401.00001',
        categories: ['cs.IR', 'cs.LG'],
        published: '2024-01-01',
      },
    },
    {
      paper: {
        title: 'Old Moss',
        abstract: 'Moss, revisited.',
        authors: ['Una Ferry'],
        arxivId: '2001.00002',
        // The day of the listing is not the day of the paper.
        published: null,
      },
    },
  ]);
});

describe('recognition', () => {
  test.each([
    [feed, 0.95],
    [listing, 0.95],
    [feed.slice(0, 1200), 0.95],
    ['<feed><title>My garden</title></feed>', 0],
    ['<html><body>arxiv.org/ feed</body></html>', 0],
    ['a text about <feed> and arxiv.org/', 0],
    ['', 0],
  ])('%#', (text, score) => {
    expect(arxivAtom.recognise(text, true, 'x')).toBe(score);
  });

  test('anything else is refused', async () => {
    await expect(readPieces(arxivAtom, ['Dear Anna,'])).rejects.toThrow(/^test is not something Offprint can import/);
  });
});

test.each([
  '<a>',
  '</b>',
  '<entry><a>',
  '<entry>',
  '<!--',
  '<x a="',
  '&amp;',
  '&#',
  '<![CDATA[',
  '<entry></entry>',
])('takes time and memory in proportion to the text: %j over and over', async (piece) => {
  const text = `<feed>${piece.repeat(1_500_000 / piece.length)}`;
  const start = performance.now();
  await readPieces(arxivAtom, text.match(/[\s\S]{1,65536}/g) ?? []).catch((error: unknown) => {
    expect(error).toHaveProperty('code', 'bad-input');
  });
  // A second or two where it is linear, minutes where it is not.
  expect(performance.now() - start).toBeLessThan(20_000);
});

test('any damage gives records as they must be, or a reason', async () => {
  const change = fc.record({
    at: fc.nat(feed.length),
    length: fc.nat(30),
    text: fc.oneof(
      fc.constantFrom('<', '>', '</entry>', '<entry>', '&', '"', ']]>', '\0'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(feed, listing), fc.array(change, { maxLength: 6 }), async (source, changes) => {
      let text = source;
      for (const { at, length, text: put } of changes) text = text.slice(0, at) + put + text.slice(at + length);
      try {
        for (const record of await readPieces(arxivAtom, [text])) expect(faultsOf(record)).toEqual([]);
      } catch (error) {
        expect(error).toHaveProperty('code', 'bad-input');
      }
    }),
    { numRuns: 60 },
  );
});
