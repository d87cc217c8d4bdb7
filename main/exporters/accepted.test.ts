import { Cite } from '@citation-js/core';
import '@citation-js/plugin-ris';
import { parse as parseBibtex } from '@retorquere/bibtex-parser';
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { ExportedPaper } from '../../shared/offprint-export.ts';
import { exportedPaper, hostilePaper } from './papers-for-tests.ts';
import { exporterOf, type TextFormat } from './registry.ts';

async function written(format: TextFormat, papers: readonly ExportedPaper[]): Promise<string> {
  const numbers = new Map(papers.map((paper, index) => [paper, index]));
  const keys = (paper: ExportedPaper) => `key${numbers.get(paper) ?? ''}x`;
  let text = '';
  const options = { keys, notes: true, exportedAt: 0, isFile: false };
  for await (const piece of (await exporterOf(format))(papers, options)) text += piece;
  return text;
}

const several = fc.array(hostilePaper, { minLength: 1, maxLength: 3 });

/** A hostile library, given to `check` as text of a format. */
async function whatever(format: TextFormat, check: (text: string, papers: ExportedPaper[]) => void): Promise<void> {
  await fc.assert(
    fc.asyncProperty(several, async (papers) => check(await written(format, papers), papers)),
    { numRuns: 25 },
  );
}

describe('the parsers that people use take what is hostile for what it is', () => {
  test.each(['bibtex', 'biblatex'] as const)('%s: as many entries as papers, and no other', async (format) => {
    await whatever(format, (text, papers) => {
      const { entries, errors, strings, preamble, comments } = parseBibtex(text);
      // It tells of every formula on a line of its own, which is no fault.
      expect(errors.filter(({ error }) => !error.startsWith('unhandled displaymath'))).toEqual([]);
      expect(entries.map(({ key }) => key)).toEqual(papers.map((_, index) => `key${index}x`));
      expect({ strings, preamble, comments }).toEqual({ strings: {}, preamble: [], comments: [] });
    });
  });

  test('RIS: as many records as papers', async () => {
    await whatever('ris', (text, papers) => {
      expect(text.split('\r\n').filter((line) => /^TY {2}-/.test(line))).toHaveLength(papers.length);
      // Every line ends so.
      expect(text.replaceAll('\r\n', '').includes('\n')).toBe(false);
      const read = new Cite(text, { forceType: '@ris/file' }).data;
      expect(read.map(({ title }) => title)).toEqual(papers.map(({ title }) => title.replaceAll(/\s+/g, ' ').trim()));
    });
  });

  test('CSL-JSON: items with the fields that CSL has', async () => {
    const text = z.string();
    const name = z.union([
      z.strictObject({ literal: text }),
      z.strictObject({
        family: text,
        given: text.optional(),
        'non-dropping-particle': text.optional(),
        suffix: text.optional(),
      }),
    ]);
    // https://github.com/citation-style-language/schema: csl-data.json allows no other fields.
    const item = z.strictObject({
      id: text,
      type: z.enum(
        'article article-journal paper-conference chapter book thesis report manuscript dataset software document'.split(
          ' ',
        ) as [string],
      ),
      title: text,
      author: z.array(name).min(1).optional(),
      issued: z.strictObject({ 'date-parts': z.array(z.array(z.int()).min(1).max(3)).length(1) }).optional(),
      ...Object.fromEntries(
        'container-title publisher genre number volume issue page DOI URL abstract keyword note annote'
          .split(' ')
          .map((field) => [field, text.optional()]),
      ),
      custom: z.object({}).optional(),
    });
    await whatever('csl-json', (json, papers) => {
      expect(
        z
          .array(item)
          .parse(JSON.parse(json))
          .map(({ title }) => title),
      ).toEqual(papers.map(({ title }) => title));
      expect(new Cite(JSON.parse(json)).data).toHaveLength(papers.length);
    });
    expect(JSON.parse(await written('csl-json', []))).toEqual([]);
  });

  test('CSV: a row for each paper, none of them a formula', async () => {
    await whatever('csv', (text, papers) => {
      const rows: string[][] = parseCsv(text, { record_delimiter: '\r\n' });
      expect(rows).toHaveLength(papers.length + 1);
      expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
      expect(rows.flat().filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
      const title = rows[0]?.indexOf('Title') ?? -1;
      for (const [index, paper] of papers.entries()) {
        const cell = rows[index + 1]?.[title] ?? '';
        expect([paper.title, `'${paper.title}`]).toContain(cell);
      }
    });
  });

  test('HTML: text, and nothing that runs or is loaded', async () => {
    await whatever('html', (text, papers) => {
      const { document } = new JSDOM(text).window;
      const titles = [...document.querySelectorAll('article > h2')].map((each) => each.textContent);
      expect(titles).toEqual(papers.map(({ title }) => title));
      const allowed = new Set(
        (
          'html head meta title style body header main footer article h1 h2 h3 h4 h5 h6 p ul ol li div a blockquote em ' +
          'strong code pre br hr'
        ).split(' '),
      );
      const elements = [...document.querySelectorAll('*')];
      expect(elements.map((each) => each.localName).filter((name) => !allowed.has(name))).toEqual([]);
      const attributes = new Set(elements.flatMap((each) => each.getAttributeNames()));
      expect(
        [...attributes].filter((name) => !/^(?:lang|charset|content|http-equiv|name|class|dir|href|rel)$/.test(name)),
      ).toEqual([]);
      for (const link of document.querySelectorAll('a')) expect(link.href).toMatch(/^https?:/);
    });
  });

  test('Markdown: a heading for each paper, and no HTML but in notes', async () => {
    await whatever('markdown', (text, papers) => {
      const { children } = fromMarkdown(text);
      const noted = papers.flatMap(({ note }) => fromMarkdown(note).children).filter((node) => node.type === 'heading');
      const headings = children.filter((node) => node.type === 'heading' && node.depth === 2);
      expect(headings.length - papers.length).toBeLessThanOrEqual(noted.length);
      expect(headings.length).toBeGreaterThanOrEqual(papers.length);
    });
  });
});

describe('an entry as people want it', () => {
  const paper = exportedPaper({
    title: 'A Bayesian look at BERT and $\\alpha$-divergences for iPhone & co.',
    authors: ['Ludwig van Beethoven', 'Martin Luther King Jr.', 'ATLAS Collaboration', 'Łukasz Kowalski'],
    published: '2024-06-12',
    arxivId: '2406.99001',
    categories: ['cs.LG', 'stat.ML'],
    venue: 'Journal of Things & More',
    journalReference: '12(3), 45–67',
    doi: '10.1000/a_b',
    kind: 'article',
    abstract: 'It costs $5, 50% less.',
    note: 'Read again.',
    tags: ['ml/vision'],
  });

  test('of BibTeX', async () => {
    expect(await written('bibtex', [paper])).toBe(`@article{key0x,
  title = {A {Bayesian} look at {BERT} and $\\alpha$-divergences for {iPhone} \\& co.},
  author = {van Beethoven, Ludwig and King, Jr., Martin Luther and {ATLAS Collaboration} and Kowalski, Łukasz},
  year = {2024},
  month = jun,
  day = {12},
  journal = {Journal of Things \\& More},
  volume = {12},
  number = {3},
  pages = {45--67},
  eprint = {2406.99001},
  archiveprefix = {arXiv},
  primaryclass = {cs.LG},
  doi = {10.1000/a_b},
  abstract = {It costs \\$5, 50\\% less.},
  annote = {Read again.},
  groups = {ml/vision}
}
`);
  });

  test('of BibLaTeX', async () => {
    const text = await written('biblatex', [paper]);
    expect(text).toMatch(/^ {2}date = \{2024-06-12\},\n {2}journaltitle = /m);
    expect(text).toMatch(/^ {2}eprinttype = \{arxiv\},\n {2}eprintclass = \{cs\.LG\},$/m);
  });

  test('a title with capitals throughout leaves them to the style', async () => {
    const title = 'Attention Is All You Need: GPT for Everyone';
    expect(await written('bibtex', [exportedPaper({ title })])).toContain(
      'title = {Attention Is All You Need: {GPT} for Everyone}',
    );
  });

  test.each([
    ['$\\input{x}$', '\\$\\textbackslash{}input\\textbraceleft{}x\\textbraceright{}\\$'],
    ['$\\write18{x}$', '\\$\\textbackslash{}write18\\textbraceleft{}x\\textbraceright{}\\$'],
    ['$x^^41$', '\\$x\\textasciicircum{}\\textasciicircum{}41\\$'],
    ['$\\frac{a}{\\mathbb{R}}$', '$\\frac{a}{\\mathbb{R}}$'],
    ['$\\left\\{x$', '\\$\\textbackslash{}left\\textbackslash{}\\textbraceleft{}x\\$'],
  ])('mathematics stays so only where it is sound: %s', async (title, latex) => {
    expect(await written('bibtex', [exportedPaper({ abstract: `so ${title} it is` })])).toContain(
      `abstract = {so ${latex} it is}`,
    );
  });
});
