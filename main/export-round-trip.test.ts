import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExportFormat } from '../shared/export-formats.ts';
import type { ExportedPaper } from '../shared/offprint-export.ts';
import { exportedPaper, hostilePaper, hostileTexts } from './exporters/papers-for-tests.ts';
import { exporterOf, type TextFormat } from './exporters/registry.ts';
import { bibtex } from './importers/bibtex.ts';
import { oneLine, paragraphs } from './importers/clean-text.ts';
import { cslJson } from './importers/csl-json.ts';
import { delimited } from './importers/delimited.ts';
import { markupToLine, markupToText } from './importers/html-text.ts';
import type { ImportedPaper, ImportedRecord, Importer } from './importers/importer.ts';
import { gathered, readPieces } from './importers/inputs-for-tests.ts';
import { isPlaceholderTitle } from './importers/placeholder-title.ts';
import { faultsOf } from './importers/record-rules.ts';
import { ris } from './importers/ris.ts';

const exportedAt = Date.UTC(2026, 10, 23, 12);
const importers: Partial<Record<ExportFormat, Importer>> = {
  bibtex,
  biblatex: bibtex,
  ris,
  'csl-json': cslJson,
  csv: delimited,
};

async function written(format: TextFormat, papers: readonly ExportedPaper[], notes = true): Promise<string> {
  const numbers = new Map(papers.map((paper, index) => [paper, index]));
  const keys = (paper: ExportedPaper) => paper.citationKey ?? `key${numbers.get(paper) ?? ''}x`;
  const text = (await exporterOf(format))(papers, { keys, notes, exportedAt, isFile: false });
  return (await gathered(text)).join('');
}

async function recordsOf(format: TextFormat, papers: readonly ExportedPaper[]): Promise<ImportedRecord[]> {
  const importer = importers[format];
  if (!importer) throw new Error(`${format} is not read`);
  // Whoever reads a file gives importers its lines so.
  const records = await readPieces(importer, [(await written(format, papers)).replaceAll(/\r\n?/g, '\n')]);
  for (const record of records) expect(faultsOf(record)).toEqual([]);
  return records;
}

async function readBack(format: TextFormat, papers: readonly ExportedPaper[]): Promise<ImportedPaper[]> {
  return (await recordsOf(format, papers)).map((record) => {
    if (record.kind === 'skipped') throw new Error(record.reason);
    return record.paper;
  });
}

/** Words that a library may have: what an importer leaves as it is, and takes neither for HTML nor for an id. */
const word = fc.constantFrom(
  ...[
    'On',
    'the',
    'BERT',
    'iPhone',
    'Łukasz',
    'naïve',
    '字',
    'k-means',
    'α',
    '$x^2_i$',
    '$\\alpha$',
    '\\emph{x}',
    '{y}',
    '}',
    '{',
  ],
  ...[
    'A&B',
    '5%',
    '#1',
    'a_b',
    '~',
    '^',
    '\\',
    '$5',
    '"q"',
    '`x`',
    "''",
    '--',
    '---',
    '?`',
    '@x',
    '=1',
    '+',
    '-',
    "'=x",
    '|',
    '%%',
  ],
  ...[
    'TY  - x',
    'ER  -',
    '} @string{',
    '@comment{',
    '\\}',
    '\\input{x}',
    '<1',
    '> 2',
    '&c',
    '…',
    '100°',
    "O'Neil",
    '(x)',
    '[y]',
    '*z*',
  ],
);
const line = fc
  .array(word, { minLength: 1, maxLength: 5 })
  .map((words) => oneLine(`x ${words.join(' ')}`))
  .filter((text) => markupToLine(text) === text && !isPlaceholderTitle(text));
const abstract = fc
  .array(line, { minLength: 1, maxLength: 3 })
  .map((lines) => lines.join('\n\n'))
  .filter((text) => markupToText(text) === text && paragraphs(text) === text);
const name = fc.constantFrom(
  ...[
    'Ada Smith',
    'Ludwig van Beethoven',
    'Martin Luther King Jr.',
    'Łukasz Ż. Kowalski',
    'NASA',
    'Luc De Raedt',
    '王小明',
  ],
  ...[
    'ATLAS Collaboration',
    'Institute for Science and Technology',
    'Jean-Pierre O’Neil',
    'J. R. R. Tolkien',
    'A & B Lab',
  ],
);
const keyword = fc.constantFrom('graphs', 'tool use', 'C++', 'A/B', '50%', 'x_y', '{z}');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const facts = fc.record({
  title: line,
  authors: fc.array(name, { maxLength: 3 }),
  abstract: maybe(abstract),
  published: maybe(fc.constantFrom('2024', '2024-06', '2024-06-12')),
  arxivId: maybe(fc.constantFrom('2406.99001', 'math/0309136')),
  doi: maybe(fc.constantFrom('10.1000/x', '10.1000/a_b%c{d}\\e&f<g>', '10.1002/(sici)1096:x"y;2-1')),
  categories: fc.constantFrom<string[][]>([], ['cs.LG']),
  venue: maybe(fc.constantFrom('Journal of Things & More', 'Proc. of X', 'y 50% {z}')),
  journalReference: maybe(fc.constantFrom('12(3), 45–67', '12', '12, 45', '12(3)')),
  comment: maybe(fc.constantFrom('12 pages', '3 figures, 50% new & more_x')),
  links: fc.constantFrom<ExportedPaper['links'][]>(
    [],
    [{ kind: 'code' as const, label: 'Code', url: 'https://github.com/a/b_c~d?e=%7B&f#g' }],
  ),
  keywords: fc.uniqueArray(keyword, { maxLength: 3 }),
  citationKey: fc.constantFrom('smith2024', 'a_b:c-2'),
  kind: fc.constantFrom('article', 'inproceedings', 'book', 'phdthesis', 'misc'),
  note: fc.oneof(fc.constant(''), abstract),
  tags: fc.uniqueArray(fc.constantFrom('ml/vision', 'tool use', '50%', 'a_b'), { maxLength: 2 }),
  status: fc.constantFrom('unread' as const, 'queued' as const, 'read' as const),
  starred: fc.boolean(),
});
type Facts = typeof facts extends fc.Arbitrary<infer F> ? F : never;

/** What every format has a place for. */
function common({
  title,
  authors,
  abstract: text,
  published,
  arxivId,
  doi,
  venue,
  links,
  keywords,
  citationKey,
}: Facts) {
  return { title, authors, abstract: text, published, arxivId, doi, venue, links, keywords, citationKey };
}

/** What comes back of the reader's words, where the format has a place for just some of them. */
function marks(said: Facts, has: { tags: boolean; statuses: readonly string[]; starred: boolean }) {
  const own = {
    note: said.note,
    tags: has.tags ? said.tags : [],
    status: has.statuses.includes(said.status) ? said.status : null,
    starred: has.starred && said.starred,
  };
  return own.note === '' && own.tags.length === 0 && own.status === null && !own.starred ? null : own;
}

/** Of each format, the fields that come back, and as what. */
const comesBack: Partial<Record<TextFormat, (said: Facts) => object>> = {
  bibtex: (said) => ({
    ...common(said),
    categories: said.arxivId === null ? [] : said.categories,
    journalReference: said.journalReference,
    comment: said.comment,
    kind: said.kind,
    marks: marks(said, { tags: true, statuses: ['read'], starred: false }),
  }),
  ris: (said) => ({
    ...common(said),
    journalReference: said.journalReference,
    kind: said.kind,
    marks: marks(said, { tags: false, statuses: [], starred: false }),
  }),
  'csl-json': (said) => ({
    ...common(said),
    // One address, and no keys that are none elsewhere.
    links: said.arxivId === null && said.links[0]?.kind !== 'code' ? said.links : [],
    categories: said.arxivId === null ? [] : said.categories,
    comment: said.comment,
    marks: marks(said, { tags: true, statuses: ['queued', 'read'], starred: true }),
  }),
  csv: (said) => ({
    ...common(said),
    categories: said.arxivId === null ? [] : said.categories,
    keywords: said.arxivId === null ? [...said.keywords, ...said.categories] : said.keywords,
    journalReference: said.journalReference,
    comment: said.comment,
    kind: said.kind,
    marks: marks(said, { tags: true, statuses: ['queued', 'read'], starred: true }),
  }),
};
comesBack.biblatex = comesBack.bibtex as NonNullable<typeof comesBack.bibtex>;

describe('what is exported comes back as far as the format has a place for it', () => {
  test.each(Object.keys(comesBack) as TextFormat[])('%s', async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(facts, { minLength: 1, maxLength: 3 }), async (said) => {
        const papers = said.map((each) => exportedPaper(each));
        expect(await readBack(format, papers)).toMatchObject(said.map((each) => comesBack[format]?.(each)));
      }),
      { numRuns: 30 },
    );
  });
});

describe('hostile texts in every field', () => {
  test.each(Object.keys(importers) as TextFormat[])('make as many records of %s as there were', async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostilePaper, { minLength: 1, maxLength: 3 }), async (papers) => {
        const keyed = papers.map((paper) => ({ ...paper, citationKey: null }));
        const records = await recordsOf(format, keyed);
        expect(records).toHaveLength(papers.length);
        // HTML is markup to some of these formats: a title of nothing else is none.
        const lost = records.filter((record) => record.kind === 'skipped');
        expect(lost.length).toBeLessThanOrEqual(papers.filter(({ title }) => markupToLine(title) !== title).length);
      }),
      { numRuns: 30 },
    );
  });

  test('of a title are one title in each format, whatever it is', async () => {
    for (const text of hostileTexts) {
      const title = oneLine(`x ${text}`);
      for (const format of Object.keys(importers) as TextFormat[]) {
        const [paper] = await readBack(format, [exportedPaper({ title })]);
        // HTML in titles is markup to the others, and `&amp;` an ampersand to all.
        expect
          .soft(paper?.title, `${format}: ${title}`)
          .toBe(/^(?:bib|.*latex)/.test(format) ? title.replaceAll('&amp;', '&') : markupToLine(title));
      }
    }
  });
});

test('each file is recognised as what it is', async () => {
  const papers = [
    exportedPaper({ title: 'On things', authors: ['Ada Smith'], abstract: 'Abstract.', published: '2024' }),
  ];
  for (const [format, importer] of Object.entries(importers)) {
    const text = await written(format as TextFormat, [...papers, ...papers.map((paper) => ({ ...paper }))]);
    expect(importer?.recognise(text.replaceAll('\r\n', '\n'), true, 'x'), format).toBeGreaterThan(0.5);
  }
});

test('without notes nothing that the reader said is in any format', async () => {
  const own = { note: 'SECRET', tags: ['SECRET'], status: 'skipped' as const, starred: true };
  const quote = {
    id: crypto.randomUUID(),
    colour: 'pink' as const,
    quote: 'SECRET',
    before: '',
    after: '',
    from: 0,
    at: 1,
  };
  const paper = exportedPaper({ ...own, highlights: [quote], changedAt: 77_777, noteChangedAt: 77_777 });
  const formats: TextFormat[] = ['bibtex', 'biblatex', 'ris', 'csl-json', 'csv', 'json', 'markdown', 'html'];
  for (const format of formats) {
    const [bare, whole] = [await written(format, [paper], false), await written(format, [paper], true)];
    expect(bare, format).not.toMatch(/SECRET|skipped|77777|★/i);
    expect(whole, format).toContain('SECRET');
  }
});
