import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type GeneratedPaper, generatePapers } from './generate.ts';

/** The formats whose import is measured. */
export const measuredFormats = ['ndjson', 'bibtex', 'snapshot'] as const;

/** One of {@link measuredFormats}. */
export type MeasuredFormat = (typeof measuredFormats)[number];

function familyFirst(name: string): [string, string] {
  const words = name.split(' ');
  return [words.at(-1) ?? '', words.slice(0, -1).join(' ')];
}

const printers: Record<MeasuredFormat, (paper: GeneratedPaper, index: number) => string> = {
  ndjson: ({ title, abstract, authors, published, arxivId }) =>
    `${JSON.stringify({ title, abstract, authors, published, arxiv_id: arxivId })}\n`,

  bibtex: ({ title, abstract, authors, published, arxivId }, index) =>
    [
      `@article{paper${index},`,
      `  title = {${title}},`,
      `  author = {${authors.map((name) => familyFirst(name).join(', ')).join(' and ')}},`,
      `  abstract = {${abstract}},`,
      `  year = {${published.slice(0, 4)}},`,
      `  eprint = {${arxivId}},`,
      '  archivePrefix = {arXiv}',
      '}\n\n',
    ].join('\n'),

  // https://www.kaggle.com/datasets/Cornell-University/arxiv: one object a line, text wrapped by hand.
  snapshot: ({ title, abstract, authors, published, arxivId }, index) =>
    `${JSON.stringify({
      id: arxivId,
      submitter: authors[0],
      authors: authors.join(', '),
      title,
      comments: '12 pages, 3 figures',
      'journal-ref': null,
      doi: null,
      'report-no': null,
      categories: index % 2 === 0 ? 'cs.LG stat.ML' : 'cs.CL',
      license: null,
      abstract: `  ${abstract.replaceAll(/(.{60,75}) /g, '$1\n')}\n`,
      versions: [{ version: 'v1', created: new Date(published).toUTCString() }],
      update_date: published,
      authors_parsed: authors.map((name) => [...familyFirst(name), '']),
    })}\n`,
};

/** Writes a file of `count` generated papers, the same for the same count on every machine. */
export async function writeGeneratedFile(path: string, format: MeasuredFormat, count: number): Promise<void> {
  const print = printers[format];
  const lines = (function* () {
    let index = 0;
    for (const paper of generatePapers(count, 7)) {
      yield print(paper, index);
      index += 1;
    }
  })();
  await pipeline(Readable.from(lines), createWriteStream(path));
}
