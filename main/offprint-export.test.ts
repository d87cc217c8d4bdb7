import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { highlightColours } from '../shared/highlights.ts';
import { type ExportedPaper, exportedPaperSchema } from '../shared/offprint-export.ts';
import { linkKinds, statuses } from '../shared/paper.ts';
import { exportPapers } from './exporters/offprint-json.ts';
import type { ImportedPaper } from './importers/importer.ts';
import { gathered, readPieces } from './importers/inputs-for-tests.ts';
import { offprintJson } from './importers/offprint-json.ts';

const word = fc
  .string({
    unit: fc.constantFrom('a', 'é', 'Ж', '字', '👩', '"', '\\', '$', '{', '<', '&', '\u2028'),
    minLength: 1,
    maxLength: 8,
  })
  .map((text) => `x${text.replaceAll('\u2028', '-')}`);
const line = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const text = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n\n'));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const date = fc.constantFrom('2024', '2024-06', '2024-06-12');
const instant = fc.integer({ min: 0, max: 2e12 });
const url = fc
  .constantFrom('https://example.org/', 'https://example.org/a?b=c', 'http://example.org/ü')
  .map((address) => new URL(address).href);
const unique = (key: (item: string) => string = (item) => item) => ({ selector: key, maxLength: 3 });

const exported: fc.Arbitrary<ExportedPaper> = fc.record({
  id: fc.constantFrom('arxiv:2406.99001', 'doi:10.1000/x', 'title:0123456789abcdef0123'),
  title: line,
  authors: fc.array(line, { maxLength: 3 }),
  abstract: maybe(text),
  published: maybe(date),
  updated: maybe(date),
  arxivId: maybe(fc.constantFrom('2406.99001', 'math/0309136')),
  doi: maybe(fc.constant('10.1000/x')),
  categories: fc.uniqueArray(fc.constantFrom('cs.LG', 'hep-ph', 'math.GT'), { maxLength: 3 }),
  venue: maybe(line),
  journalReference: maybe(line),
  comment: maybe(line),
  links: fc.uniqueArray(fc.record({ kind: fc.constantFrom(...linkKinds), label: line, url }), {
    selector: (link) => link.url,
    maxLength: 3,
  }),
  votes: maybe(fc.nat()),
  comments: maybe(fc.nat()),
  keywords: fc.uniqueArray(
    line,
    unique((item) => item.toLowerCase()),
  ),
  summary: maybe(line),
  versions: fc.array(fc.record({ name: fc.constantFrom('v1', 'v2'), date: maybe(date) }), { maxLength: 2 }),
  citationKey: maybe(fc.constant('wall2024')),
  kind: maybe(fc.constantFrom('article', 'misc')),
  status: fc.constantFrom(...statuses),
  starred: fc.boolean(),
  tags: fc.uniqueArray(
    line.map((tag) => tag.replaceAll('"', '')),
    unique((item) => item.toLowerCase()),
  ),
  note: fc.oneof(fc.constant(''), text),
  highlights: fc.array(
    fc.record({
      ...{ id: fc.uuid(), colour: fc.constantFrom(...highlightColours), quote: line, before: fc.constant('x ') },
      ...{ after: fc.constant(''), from: fc.nat(), at: instant },
    }),
    { maxLength: 2 },
  ),
  changedAt: maybe(instant),
  noteChangedAt: maybe(instant),
  addedAt: instant,
  aliases: fc.array(fc.constantFrom('doi:10.1000/y'), { maxLength: 1 }),
  sources: fc.array(
    fc.record({ name: line, format: fc.constant('bibtex'), formatLabel: line, importedAt: instant, place: line }),
    { maxLength: 2 },
  ),
  revisions: fc.array(fc.record({ abstract: text, source: line, importedAt: instant }), { maxLength: 2 }),
});

const written = async (papers: ExportedPaper[]) => (await gathered(exportPapers(papers, 1_718_150_400_000))).join('');

/** What an import can say of an exported paper: everything but what a library gives it anew. */
function saidOf(paper: ExportedPaper): ImportedPaper {
  const {
    id: _,
    addedAt: __,
    changedAt: ___,
    noteChangedAt: ____,
    aliases,
    sources,
    revisions,
    status,
    starred,
    tags,
    note,
    highlights,
    ...fields
  } = paper;
  const isMarked = status !== 'unread' || starred || tags.length > 0 || note !== '' || highlights.length > 0;
  const said = { status: status === 'unread' ? null : status, starred, tags, note };
  const marks = isMarked ? { ...said, ...(highlights.length > 0 && { highlights }) } : null;
  expect([aliases, sources, revisions].every(Array.isArray)).toBe(true);
  return { ...fields, marks };
}

test('what is exported comes back without loss', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(exported, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 500 }),
      async (papers, pieceLength) => {
        const file = await written(papers);
        const lines = file.trimEnd().split('\n').slice(1, -1);
        expect(lines.map((each) => exportedPaperSchema.parse(JSON.parse(each)))).toEqual(papers);
        const pieces = Array.from({ length: Math.ceil(file.length / pieceLength) }, (_, index) =>
          file.slice(index * pieceLength, (index + 1) * pieceLength),
        );
        const records = await readPieces(offprintJson, pieces);
        const wanted = papers.flatMap((paper, index) => {
          const said = saidOf(paper);
          const earlier = paper.revisions.map(({ abstract }) => ({ ...said, abstract, updated: null, marks: null }));
          return [...earlier.reverse(), said].map((each) => ({
            kind: 'paper',
            where: `line ${index + 2}`,
            paper: each,
          }));
        });
        expect(records).toEqual(wanted);
      },
    ),
    { numRuns: 60 },
  );
});

const one = exportedPaperSchema.parse({ id: 'title:0123456789abcdef0123', title: 'A', addedAt: 1, note: 'n' });

test('it is recognised by its first line', async () => {
  const file = await written([one]);
  expect(offprintJson.recognise(file, true, 'x')).toBe(1);
  expect(offprintJson.recognise('{"title":"offprint-export"}', true, 'export.jsonl')).toBe(0);
});

test('numbers of sources, and where a query matches, stay in the library', async () => {
  const shown = {
    ...one,
    titleMatches: [[0, 1]],
    sources: [{ id: 7, name: 'x', format: 'y', formatLabel: 'z', importedAt: 1, place: 'line 1' }],
  };
  const [, paper] = (await written([shown])).split('\n');
  expect(JSON.parse(paper ?? '')).toEqual({
    id: one.id,
    title: 'A',
    addedAt: 1,
    note: 'n',
    sources: [{ name: 'x', format: 'y', formatLabel: 'z', importedAt: 1, place: 'line 1' }],
  });
});

describe('what has been damaged', () => {
  test('a line costs itself', async () => {
    const file = await written([one, one, one]);
    const lines = file.split('\n');
    lines[1] = lines[1]?.replace('"A"', '5') ?? '';
    lines[2] = lines[2]?.slice(0, 20) ?? '';
    expect(await readPieces(offprintJson, [lines.join('\n')])).toMatchObject([
      {
        kind: 'skipped',
        where: 'line 2',
        reason: expect.stringMatching(/its field “title” is not as Offprint writes it/),
      },
      { kind: 'skipped', where: 'line 3', reason: expect.stringMatching(/cut off/) },
      { kind: 'paper', where: 'line 4', paper: { title: 'A', marks: { note: 'n' } } },
    ]);
  });

  test('a file that is cut off between lines is known to be', async () => {
    const file = await written([one, one]);
    expect(await readPieces(offprintJson, [file.split('\n').slice(0, 2).join('\n')])).toMatchObject([
      { kind: 'paper' },
      { kind: 'skipped', where: 'after line 2', reason: expect.stringMatching(/cut off/) },
    ]);
  });

  test('a newer export, and one without its first line, are refused', async () => {
    const file = await written([one]);
    await expect(readPieces(offprintJson, [file.replace('"schema":1', '"schema":2')])).rejects.toMatchObject({
      code: 'newer',
      message: expect.stringMatching(/^test was exported by a newer Offprint.*Nothing was imported\.$/),
    });
    await expect(readPieces(offprintJson, [file.slice(file.indexOf('\n') + 1)])).rejects.toMatchObject({
      code: 'bad-input',
    });
  });
});
