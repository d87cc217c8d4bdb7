import { arxivIdOf, doiOf } from '../../shared/identifiers.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { PaperLink } from '../../shared/paper.ts';
import { oneLine, paragraphs } from './clean-text.ts';
import { type ImportedPaper, type ImportedRecord, type ImportedText, paperOf } from './importer.ts';
import { latexToText } from './latex-text.ts';
import { linkOf, linksOf } from './links.ts';
import { notOfFormat } from './not-of-format.ts';
import { abstractOf, lineOf, namesOf, titleOf, wordsOf } from './paper-fields.ts';
import { readDate } from './read-date.ts';
import { splitNames } from './read-names.ts';
import { type XmlField, type XmlRecord, XmlRecords } from './xml-records.ts';

const latexLine = (text: string) => oneLine(latexToText(text));
const latexParagraphs = (text: string) => paragraphs(latexToText(text), { indented: true });

/** The fields of an entry by their names. */
class Fields {
  readonly #fields: readonly XmlField[];

  constructor({ fields }: XmlRecord) {
    this.#fields = fields;
  }

  all(...names: string[]): XmlField[] {
    return this.#fields.filter(({ name }) => names.includes(name));
  }

  text(...names: string[]): string | null {
    for (const name of names) {
      const text = this.#fields.find((field) => field.name === name && field.text.trim() !== '')?.text;
      if (text !== undefined) return text;
    }
    return null;
  }
}

/**
 * Reads a feed of arXiv's, entry by entry: see `arxiv-atom.ts`.
 * @param label what such a file is called, for messages
 * @throws OffprintError `bad-input` when it is no such feed, holds no papers, or tells of an error
 */
export async function* readFeed(file: ImportedText, label: string): AsyncGenerator<ImportedRecord, void> {
  const reader = new XmlRecords((name) => name === 'entry' || name === 'item');
  let beginning = '';
  let number = 0;
  const recordsOf = function* (records: readonly XmlRecord[]): Generator<ImportedRecord> {
    for (const record of records) {
      number += 1;
      const fields = new Fields(record);
      if (number === 1) refuseError(file.name, fields);
      yield recordOf(`entry ${number}`, record, fields);
    }
  };
  for await (const piece of file.pieces()) {
    if (beginning.length < 10_000) beginning += piece.slice(0, 10_000);
    yield* recordsOf(reader.write(piece));
    if (reader.fault !== null) break;
  }
  yield* recordsOf(reader.end());
  if (number === 0) {
    if (reader.fault !== null || !/<(?:[\w-]{1,20}:)?(?:feed|rss|rdf)\b/i.test(beginning)) {
      throw notOfFormat(file.name, label, beginning);
    }
    throw new OffprintError('bad-input', `${file.name} is ${label} without any papers. Nothing was imported.`);
  }
  if (reader.fault !== null) {
    yield { kind: 'skipped', where: `behind entry ${number}`, reason: `the rest is no feed: ${reader.fault}` };
  }
}

/** arXiv tells of an error by an entry that is called so. */
function refuseError(name: string, fields: Fields): void {
  const isError = fields.text('title')?.trim() === 'Error' && arxivIdIn(fields) === null;
  if (!isError) return;
  const said = lineOf(fields.text('summary', 'description')) ?? 'nothing more';
  throw new OffprintError(
    'bad-input',
    `${name} is no list of papers but an error that arXiv answered: “${said}”. Nothing was imported.`,
  );
}

function recordOf(where: string, { whole }: XmlRecord, fields: Fields): ImportedRecord {
  if (!whole) return { kind: 'skipped', where, reason: 'the file ends within it' };
  const arxivId = arxivIdIn(fields);
  const titled = titleOf(fields.text('title'), (text) =>
    // Listings used to write the id behind the title.
    latexLine(text).replace(/\s?\(arXiv:\S{1,40}(?: \[[\w.-]{1,20}\])?(?: UPDATED)?\)$/, ''),
  );
  if ('reason' in titled) return { kind: 'skipped', where, reason: titled.reason };
  return { kind: 'paper', where, paper: paperOfFields(titled.title, arxivId, fields) };
}

function paperOfFields(title: string, arxivId: string | null, fields: Fields): ImportedPaper {
  const people = fields.all('author/name').map(({ text }) => text);
  const creators = fields.all('creator').flatMap(({ text }) => splitNames(withoutTags(text)));
  const doi =
    fields.text('doi') ??
    fields.all('link').find(({ attributes }) => attributes['title'] === 'doi')?.attributes['href'];
  const date = (...names: string[]) => readDate(fields.text(...names) ?? '');
  // A listing dates its entries by the day that it was made, not by the papers.
  const announced = /^replace/.test(fields.text('announce_type') ?? '');
  return {
    ...paperOf(title),
    abstract: abstractOf(fields.text('summary', 'description', 'content'), (text) =>
      latexParagraphs(withoutTags(text).replace(/^\s*arXiv:\S{1,40}\s+Announce Type:[^\n]{0,60}\n?\s*Abstract:/i, '')),
    ),
    authors: namesOf([...people, ...creators], latexLine),
    published: announced ? null : date('published', 'pubdate', 'date'),
    updated: date('updated'),
    arxivId,
    doi: ownDoi(doi ?? ''),
    categories: categoriesIn(fields),
    journalReference: lineOf(fields.text('journal_ref', 'journal_reference'), latexLine),
    comment: lineOf(fields.text('comment'), latexLine),
    links: linksIn(fields, arxivId),
  };
}

function arxivIdIn(fields: Fields): string | null {
  const links = fields.all('link').flatMap(({ text, attributes }) => [text, attributes['href'] ?? '']);
  for (const text of [fields.text('id') ?? '', fields.text('guid') ?? '', ...links]) {
    const id = arxivIdOf(text);
    if (id !== null) return id;
  }
  return null;
}

/** Several DOIs stand in one field, separated by white space; the first is the paper's. */
function ownDoi(text: string): string | null {
  const [first = ''] = text.trim().split(/\s/);
  return arxivIdOf(first) === null ? doiOf(first) : null;
}

function categoriesIn(fields: Fields): string[] {
  const terms = fields.all('primary_category', 'category');
  const primary = terms.filter(({ name }) => name === 'primary_category');
  const words = [...primary, ...terms].flatMap(({ text, attributes }) => (attributes['term'] ?? text).split(/[\s,]+/));
  // Subject classes of other schemes stand beside arXiv's own: 68T05, I.2.6.
  return wordsOf(words.filter((word) => /^[a-z][a-z-]*(?:\.[A-Za-z-]{2,})?$/.test(word)));
}

function linksIn(fields: Fields, arxivId: string | null): PaperLink[] {
  const links = fields.all('link').map(({ text, attributes }) => {
    const address = attributes['href'] ?? text;
    const kind = attributes['title'] === 'pdf' || attributes['type'] === 'application/pdf' ? 'pdf' : undefined;
    // The same for every version, so that a new one brings no new links.
    const isOwn = arxivId !== null && arxivIdOf(address) === arxivId;
    return linkOf(isOwn ? address.replace(/^http:/, 'https:').replace(/v\d+(?=(?:\.pdf)?$)/, '') : address, kind);
  });
  return linksOf(links);
}

/** Old listings put names and abstracts into paragraphs and links, as text. */
function withoutTags(text: string): string {
  return /<\/(?:p|a)>/i.test(text) ? text.replaceAll(/<\/?(?:p|a|br)\b[^<>]{0,500}>/gi, ' ') : text;
}
