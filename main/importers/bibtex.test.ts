import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bibtex } from './bibtex.ts';
import { type ImportedPaper, type ImportedRecord, paperOf } from './importer.ts';
import { readPieces } from './inputs-for-tests.ts';

const library = readFileSync(join(import.meta.dirname, 'fixtures/library.bib'), 'utf8');

async function papersOf(text: string): Promise<ImportedPaper[]> {
  return (await readPieces(bibtex, [text])).flatMap((record) => (record.kind === 'paper' ? [record.paper] : []));
}

async function paperOfText(text: string): Promise<ImportedPaper | undefined> {
  return (await papersOf(text))[0];
}

async function keyed(): Promise<Map<string, ImportedPaper>> {
  return new Map((await papersOf(library)).map((paper) => [paper.title, paper]));
}

describe('a library', () => {
  test('gives its papers in their order, whole or a character at a time', async () => {
    const records = await readPieces(bibtex, [library]);
    const titles = records.map((record) => (record.kind === 'paper' ? record.paper.title : `(${record.where})`));
    expect(titles).toEqual([
      'GPU Tides: on $\\alpha^{2}$-Stable Harmonics — a “Fresh” Look',
      'Lanterns for Sparse Retrieval',
      'Moss Grows Where "Gradients" Vanish',
      'Counting Herons: A Field Report',
      'Pebbles as Priors',
      'Quiet Kernels',
      'Loud Kernels',
      'Kernels at Dusk',
      '(line 77, unbalanced)',
      'Still Here',
      'Commas Are Optional Here',
      '(line 92, nonsense)',
      '(line 96, untitled)',
      'The Same Key Twice',
      'No Key At All',
      'Not Even a Comma',
      'Odd Keys: a Report',
      'In Parentheses',
      'Strings Undefined',
      'Proceedings of the Ninth Workshop on Moss',
      '(line 118, cut)',
    ]);
    expect(await readPieces(bibtex, [...library])).toEqual(records);
  });

  test('says why an entry was skipped', async () => {
    const skipped = (await readPieces(bibtex, [library])).filter((record) => record.kind === 'skipped');
    expect(skipped.map(({ reason }) => reason)).toEqual([
      'its braces or quotation marks do not close',
      'its fields cannot be told apart near “}”',
      'it has no title',
      'its braces or quotation marks do not close',
    ]);
  });

  test('gives everything that an entry says, LaTeX read and formulas as they are', async () => {
    const title = 'GPU Tides: on $\\alpha^{2}$-Stable Harmonics — a “Fresh” Look';
    expect((await keyed()).get(title)).toEqual({
      ...paperOf(title),
      authors: ['Jörg Müller', "Étienne d'Orval", 'Anna van der Berg', 'The Tide Group'],
      abstract: 'We measure 95% of all tides with \\(\\hat{x}_{t} = {x}_{t-1}\\).\n\nA second paragraph.',
      published: '2021-02',
      doi: '10.1000/jml.2021_45',
      venue: 'Journal of Measured Learning',
      journalReference: '12(3), 45–67',
      keywords: ['tides, harmonic analysis', 'stable laws'],
      links: [{ kind: 'other', label: 'example.org', url: 'https://example.org/tides?a=1&b=2' }],
      citationKey: 'mueller2021tides',
      kind: 'article',
      marks: { note: 'Read the appendix.', tags: ['To cite', 'Oceans'], status: 'read', starred: false },
    });
  });

  test('knows arXiv ids wherever they are written', async () => {
    const papers = await keyed();
    const ids = [
      'Lanterns for Sparse Retrieval',
      'Counting Herons: A Field Report',
      'Pebbles as Priors',
      'Quiet Kernels',
      'Loud Kernels',
      'Kernels at Dusk',
    ];
    expect(ids.map((title) => papers.get(title)?.arxivId)).toEqual([
      '2306.01234',
      'math/0309136',
      '2201.00042',
      '1905.04321',
      '1905.04322',
      // It is another paper's.
      null,
    ]);
    expect(papers.get('Lanterns for Sparse Retrieval')).toMatchObject({
      categories: ['cs.IR'],
      comment: '12 pages, 3 figures',
      authors: ['Cléo Dupont', 'Kenji Nakamura Jr.'],
      venue: null,
    });
    expect(papers.get('Pebbles as Priors')).toMatchObject({ venue: null, journalReference: null });
    expect(papers.get('Loud Kernels')).toMatchObject({
      comment: null,
      links: [{ url: 'https://example.org/~roe/loud_kernels' }],
    });
    expect(papers.get('Kernels at Dusk')).toMatchObject({ venue: 'Lantern Press' });
  });

  test('takes over what volumes and shared data say, but not what is theirs alone', async () => {
    const papers = await keyed();
    expect(papers.get('Moss Grows Where "Gradients" Vanish')).toMatchObject({
      venue: 'Proceedings of the Ninth Workshop on Moss',
      published: '2022',
      journalReference: '1–9',
      doi: null,
      authors: ['Ngozi Okafor', 'Per Lind'],
    });
    expect(papers.get('Counting Herons: A Field Report')).toMatchObject({
      authors: ["Iris in 't Veld"],
      venue: 'The Heronry',
      keywords: ['herons'],
      published: '2024-05-03',
    });
  });
});

describe('awkward entries', () => {
  test('records that wait for a volume that never comes are not lost, nor are those behind them', async () => {
    const text =
      '@inproceedings{a, title={A}, crossref={nowhere}}\n@article{b, title={B}}\n@article{c, title={C}, crossref={c}}';
    expect((await papersOf(text)).map(({ title }) => title)).toEqual(['A', 'B', 'C']);
  });

  test('volumes may come first or last, in more entries than are read at once', async () => {
    const volume = '@proceedings{v, title={Volume}, year=1999}\n';
    const entries = Array.from(
      { length: 450 },
      (_, index) => `@inproceedings{k${index}, title={T${index}}, crossref={V}}\n`,
    ).join('');
    for (const text of [volume + entries, entries + volume]) {
      const papers = (await papersOf(text)).filter(({ title }) => title !== 'Volume');
      expect(papers).toHaveLength(450);
      expect(papers.every(({ venue, published }) => venue === 'Volume' && published === '1999')).toBe(true);
    }
  });

  test('an @string holds from where it stands', async () => {
    const text =
      '@string{s = {One}} @article{a, title={A}, journal=s} @string{s = {Two}} @article{b, title={B}, journal=S}';
    expect((await papersOf(text)).map(({ venue }) => venue)).toEqual(['One', 'Two']);
  });

  test.each([
    ['year={1999}, month={March}', '1999-03'],
    ['year={1999}, month=12, day=4', '1999-12-04'],
    ['year={1999}, month={Spring}', '1999'],
    ['year={in press}', null],
    ['date={1999-12}', '1999-12'],
    ['year=1999, month={02}, day={31}', '1999-02'],
  ])('%s is %s', async (fields, published) => {
    expect((await paperOfText(`@misc{a, title={A}, ${fields}}`))?.published).toBe(published);
  });

  test.each([
    ['A and B', ['A', 'B']],
    ['{Barnes and Noble}', ['Barnes and Noble']],
    ['Ada Lovelace, Alan Turing, Kurt Gödel', ['Ada Lovelace', 'Alan Turing', 'Kurt Gödel']],
    ['Lovelace, Ada; Turing, Alan', ['Ada Lovelace', 'Alan Turing']],
    ['Lovelace, Ada AND others', ['Ada Lovelace']],
    ['', []],
  ])('%j is read as names', async (names, authors) => {
    expect((await paperOfText(`@misc{a, title={A}, author={${names}}}`))?.authors).toEqual(authors);
  });

  test("arXiv's own DOI is an id of arXiv", async () => {
    expect(await paperOfText('@misc{a, title={A}, doi={10.48550/arXiv.2306.01234}}')).toMatchObject({
      arxivId: '2306.01234',
      doi: null,
    });
  });

  test('five thousand authors and an abstract of a megabyte are read; a longer entry is named', async () => {
    const names = Array.from({ length: 5000 }, (_, index) => `Name${index}, Al`).join(' and ');
    const text = `@misc{big, title={Big}, author={${names}}, abstract={${'word '.repeat(200_000)}}}\n@misc{huge, title={${'x'.repeat(3_000_000)}}}\n@misc{c, title={C}}`;
    const records = await readPieces(bibtex, text.match(/[\s\S]{1,65536}/g) ?? []);
    expect(records[0]).toMatchObject({ kind: 'paper' });
    expect(records[0]?.kind === 'paper' && records[0].paper.authors).toHaveLength(5000);
    expect(records.slice(1)).toMatchObject([
      { kind: 'skipped', where: 'line 2, huge', reason: 'it is far too long' },
      { kind: 'paper', paper: { title: 'C' } },
    ]);
  });

  test('names of fields and kinds that mean something to JavaScript mean nothing here', async () => {
    const text =
      '@constructor{__proto__, title={A}, constructor={b}, toString={c}, __proto__={d}}\n@misc{b, title={B}}';
    expect((await papersOf(text)).map(({ title }) => title)).toEqual(['A', 'B']);
  });

  test('short strings that name each other do not become long ones', async () => {
    const bombs = Array.from({ length: 40 }, (_, index) => `@string{s${index + 1} = s${index} # s${index}}`).join('\n');
    const text = `@string{s0 = {boom boom boom}}\n${bombs}\n@misc{a, title={A}, journal={${'x'.repeat(10)}} # ${'s40 # '.repeat(3000)} s40}`;
    expect((await paperOfText(text))?.venue?.length).toBeLessThanOrEqual(5000);
  });
});

describe('recognition', () => {
  test.each([
    ['@article{a, title={A}}', 0.9],
    ['% a comment\n\n@string{a = "b"}\n', 0.9],
    ['@comment{jabref-meta: x}', 0.9],
    ['@mykind{a,\n  title = {A}\n}', 0.6],
    ['@media (min-width: 1px) { a { b: c } }', 0],
    ['@Override\npublic void a() {}', 0],
    ['<html>\n@article{a, title={A}}', 0],
    ['{"bib": "\n@article{a, title={A}}"}', 0],
    ['write to a@b{c, d=e}', 0],
    [`${'A long text about a paper. '.repeat(200)}\n@article{a, title={A}}`, 0.3],
    ['', 0],
  ])('%j', (text, score) => {
    expect(bibtex.recognise(text, true, 'a.bib')).toBe(score);
  });

  test('what holds no entry is refused, by its name', async () => {
    await expect(readPieces(bibtex, ['Dear Anna,\n\nsee you @ the lake.'])).rejects.toThrow(
      /^test is not something Offprint can import.*Nothing was imported\.$/,
    );
  });
});

test('any damage gives records or a reason, and the entries behind it', async () => {
  const entry = '\n@misc{last, title={Last}}\n';
  const change = fc.record({
    at: fc.nat(library.length),
    length: fc.nat(30),
    text: fc.oneof(
      fc.constantFrom('{', '}', '"', '@', '\\', '\n@', '$', '#', ',', '%'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      let text = library;
      for (const { at, length, text: put } of changes) text = text.slice(0, at) + put + text.slice(at + length);
      const records: ImportedRecord[] = await readPieces(bibtex, [text, entry]);
      for (const record of records) {
        if (record.kind === 'skipped') expect(record.reason).not.toBe('');
        else expect(record.paper.title.trim()).not.toBe('');
      }
      if (
        !/@comment/i.test(
          text.replace('@comment{jabref-meta: databaseType:bibtex;}', '').replace('@comment{\n@article', ''),
        )
      )
        expect(records.at(-1)).toMatchObject({ kind: 'paper', paper: { title: 'Last' } });
    }),
    { numRuns: 50 },
  );
});

test.each([
  '@a{',
  '@a{b,',
  '\n@a{b,',
  '@comment{',
  '\n@comment{',
  '{',
  '@a{b, c={',
  '@a{b,c="',
  '%',
  '@a{b}',
  '@string{a=b}\n',
  '@a{b,c=d # ',
])('takes time in proportion to the text: %j over and over', async (piece) => {
  const text = `${piece.repeat(100_000 / piece.length)}\n@misc{last, title={Last}}`;
  const start = performance.now();
  await readPieces(bibtex, text.match(/[\s\S]{1,65536}/g) ?? []).catch((error: unknown) =>
    expect(error).toHaveProperty('code', 'bad-input'),
  );
  // A second or two where it is linear, minutes where it is not.
  expect(performance.now() - start).toBeLessThan(20_000);
});
