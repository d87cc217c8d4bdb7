import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { delimited } from './delimited.ts';
import { paperOf } from './importer.ts';
import { readPieces } from './inputs-for-tests.ts';
import { faultsOf } from './record-rules.ts';

const zotero = readFileSync(join(import.meta.dirname, 'fixtures/zotero.csv'), 'utf8');

const read = (text: string) => readPieces(delimited, [text]);

async function titlesOf(text: string): Promise<string[]> {
  return (await read(text)).map((record) => (record.kind === 'paper' ? record.paper.title : record.where));
}

test("Zotero's export gives everything that it says", async () => {
  const [first, second, third] = await read(zotero);
  const title = 'Tides of "Stable" Harmonics';
  expect(first).toEqual({
    kind: 'paper',
    where: 'row 2',
    paper: {
      ...paperOf(title),
      authors: ['Jörg Müller', 'Cléo Dupont'],
      abstract: 'We measure tides.\n\nTwice.',
      published: '2021-02-03',
      doi: '10.1000/jml.45',
      venue: 'Journal of Measured Learning',
      journalReference: '12(3), 45-67',
      keywords: ['Harmonic analysis', 'Tides'],
      links: [{ kind: 'other', label: 'example.org', url: 'https://example.org/tides' }],
      kind: 'article',
      marks: { note: 'Read the **appendix**.', tags: ['to cite', 'oceans'], status: null, starred: false },
    },
  });
  expect(second).toMatchObject({
    paper: { arxivId: '2306.01234', doi: null, categories: ['cs.IR'], comment: null, kind: 'misc', marks: null },
  });
  expect(third).toMatchObject({ paper: { authors: ['Una Ferry'], published: '1999', kind: 'book' } });
  expect(await readPieces(delimited, [...zotero])).toEqual([first, second, third]);
});

describe('names of columns', () => {
  test.each([
    ['Paper Title,Author(s),Publication Year,DOI,Keywords', 'A,"Wall, Anna",2024,10.1000/A,"x; y"'],
    [
      'TITLE;AUTHORS;YEAR;doi link;Author Keywords',
      'A;Anna Wall;2024;https://doi.org/10.1000/A;x; y'.replace('x; y', '"x; y"'),
    ],
    ['Document Title\tAuthors\tYear\tDOI\tkeywords', 'A\tAnna Wall\t2024\t10.1000/A\tx;y'],
    ['title|author|year|doi|keyword', 'A|Anna Wall|2024|10.1000/A|x, y'],
    ['sep=,\nTitle,Author,Date,DOI,Keywords', 'A,Anna Wall,2024,10.1000/A,"x,y"'],
  ])('%j', async (header, row) => {
    expect(await read(`${header}\n${row}\n`)).toEqual([
      {
        kind: 'paper',
        where: 'row 2',
        paper: {
          ...paperOf('A'),
          authors: ['Anna Wall'],
          published: '2024',
          doi: '10.1000/a',
          keywords: ['x', 'y'],
        },
      },
    ]);
  });

  test('a column called "Paper" is the title only where no other is', async () => {
    expect(await titlesOf('Paper,Title,Year\nsome.pdf,A,2024\n')).toEqual(['A']);
    expect(await titlesOf('Paper,Year\nA,2024\n')).toEqual(['A']);
  });

  test("Google Scholar's export calls the journal the publication", async () => {
    const [record] = await read(
      'Authors,Title,Publication,Volume,Number,Pages,Year,Publisher\n"Doe, Jane; ",A,Nature,1,2,3-4,2018,Springer\n',
    );
    expect(record).toMatchObject({ paper: { title: 'A', venue: 'Nature', journalReference: '1(2), 3-4' } });
  });

  test('names that mean something to JavaScript mean nothing here', async () => {
    expect(await titlesOf('__proto__,constructor,Title,toString,hasOwnProperty\n1,2,A,3,4\n')).toEqual(['A']);
  });
});

describe('untidy tables', () => {
  test('rows may be shorter than the header, or longer by empty cells; other longer ones are named', async () => {
    expect(await read('Title,Year,DOI\nA\nB,2024\nC,2024,,,\nD, with a comma,2024,10.1000/d\nE\n')).toMatchObject([
      { paper: { title: 'A' } },
      { paper: { title: 'B' } },
      { paper: { title: 'C' } },
      { kind: 'skipped', where: 'row 5', reason: 'it has 4 cells, and the table has 3 columns' },
      { paper: { title: 'E' } },
    ]);
  });

  test('rows without a title are named; empty ones are not', async () => {
    expect(await read('Title,Year\n,2024\n,\n\n  \nA,2024\n')).toMatchObject([
      { kind: 'skipped', reason: 'it has no title' },
      { paper: { title: 'A' } },
    ]);
  });

  test('quotation marks within cells are taken as they are', async () => {
    expect(
      await titlesOf('Title,Year\n"Deep" learning,2024\nA "fresh" look,2024\n5" disks,2024\n "Spaced",2024\n'),
    ).toEqual(['"Deep" learning', 'A "fresh" look', '5" disks', 'Spaced']);
  });

  test('a quotation that does not end costs its own row', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => `T${index},2024`);
    const text = `Title,Year\nA,2024\n"Open,2024\nB,2024\n"C\nc",2024\n${rows.join('\n')}\n"Open too,2024\nD,2024`;
    const titles = await titlesOf(text);
    expect(titles.slice(0, 4)).toEqual(['A', '"Open', 'B', 'C c']);
    expect(titles).toHaveLength(4 + 300 + 2);
    expect(titles.slice(-2)).toEqual(['"Open too', 'D']);
  });

  test('empty cells in front of a tab stay', async () => {
    expect(await read('Year\tTitle\tDOI\n\tA\t\n \tB\t10.1000/b\n')).toMatchObject([
      { paper: { title: 'A', published: null } },
      { paper: { title: 'B', doi: '10.1000/b' } },
    ]);
  });

  test('a large table is read row by row, with its quoted line breaks', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `"T${index}\n""x""",2024`);
    const records = await readPieces(delimited, `Title,Year\n${rows.join('\n')}`.match(/[\s\S]{1,1000}/g) ?? []);
    expect(records).toHaveLength(3000);
    expect(records.at(-1)).toMatchObject({ where: 'row 3001', paper: { title: 'T2999 "x"' } });
  });
});

describe('recognition', () => {
  test.each([
    [zotero, 0.8],
    ['Title,Year\nA,2024\n', 0.8],
    ['title\tauthors\nA\tAnna\n', 0.8],
    ['Title;Director\nAlien;Scott\n', 0.4],
    ['Title\nA\nB\n', 0.4],
    ['Title\nA\n', 0],
    ['Title,Year\n', 0],
    ['Name,Year\nA,2024\n', 0],
    ['Title, authors and other things\nThis is a text about them.\nIt goes on.\n', 0],
    ['{"title": "A", "year": 2024}\n{"title": "B", "year": 2024}', 0],
    ['', 0],
  ])('%#', (text, score) => {
    expect(delimited.recognise(text, true, 'a.csv')).toBe(score);
  });

  test('a table without titles is refused, by its name', async () => {
    await expect(read('Name,Age\nAnna,5\n')).rejects.toThrow(/^test is not something Offprint can import/);
    await expect(read('\n\n')).rejects.toThrow(/^test is not something Offprint can import/);
  });
});

test('any damage gives records as they must be', async () => {
  const change = fc.record({
    at: fc.nat(zotero.length),
    length: fc.nat(30),
    text: fc.oneof(fc.constantFrom('"', ',', '\n', '""', ';', '"\n"'), fc.string({ unit: 'binary', maxLength: 5 })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 6 }), async (changes) => {
      let text = zotero;
      for (const { at, length, text: put } of changes) text = text.slice(0, at) + put + text.slice(at + length);
      try {
        for (const record of await read(text)) expect(faultsOf(record)).toEqual([]);
      } catch (error) {
        expect(error).toHaveProperty('code', 'bad-input');
      }
    }),
    { numRuns: 60 },
  );
});

test.each([
  '"',
  '"\n',
  ',"',
  ',',
  '\n',
  'a"b,"\n',
  '"",',
])('takes time in proportion to the text: %j over and over', async (piece) => {
  const text = `Title,Year\nA,2024\n${piece.repeat(60_000 / piece.length)}`;
  const start = performance.now();
  await readPieces(delimited, text.match(/[\s\S]{1,65536}/g) ?? []);
  // A second or two where it is linear, minutes where it is not.
  expect(performance.now() - start).toBeLessThan(20_000);
});
