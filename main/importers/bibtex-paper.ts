import { arxivIdOf } from '../../shared/identifiers.ts';
import { isArxivIdAlone, isArxivItself, mentionedArxivId, publishersDoiOf } from './arxiv-mentions.ts';
import { bibtexNames } from './bibtex-names.ts';
import type { BibtexFields } from './bibtex-parse.ts';
import { oneLine, paragraphs, withoutControls } from './clean-text.ts';
import { markupToText } from './html-text.ts';
import { type ImportedMarks, type ImportedPaper, paperOf } from './importer.ts';
import { latexToText } from './latex-text.ts';
import { linkOf, linksOf } from './links.ts';
import {
  abstractOf,
  lineOf,
  namesOf,
  noteOf,
  placeInJournal,
  tagsOf,
  titleOf,
  wordsInText,
  wordsOf,
} from './paper-fields.ts';
import { dateOf, readDate } from './read-date.ts';
import { pageRange } from './read-pages.ts';

/** Kinds of entries that are no works. */
const noWorks = new Set(['xdata', 'set', 'control', 'ieeetranbstctl', 'bibnote', 'string']);

/** True for an entry that serves others and is no paper itself. */
export function isNoWork(type: string): boolean {
  return noWorks.has(type);
}

/** Text of a field without its LaTeX, on one line. */
function clean(latex: string): string {
  return oneLine(latexToText(latex));
}

/** The fields of an entry, read in the two ways that there are. */
class Entry {
  readonly fields: BibtexFields;

  constructor(fields: BibtexFields) {
    this.fields = fields;
  }

  /** The first of some fields that says something, as text. */
  text(...names: string[]): string | null {
    for (const name of names) {
      const line = lineOf(this.fields.get(name) ?? null, clean);
      if (line !== null) return line;
    }
    return null;
  }

  /** A field that is no LaTeX, although some write it so: `10.1000/a\_b`. */
  plain(...names: string[]): string {
    const value = names.map((name) => this.fields.get(name)).find((found) => found !== undefined) ?? '';
    return value
      .replaceAll(/\\([%&#~_${}])/g, '$1')
      .replaceAll(/[{}]/g, '')
      .trim();
  }
}

/**
 * What a BibTeX or BibLaTeX entry says of a paper; field names are those of BibTeX, BibLaTeX's
 * manual, JabRef, BibDesk, Mendeley and DBLP.
 * @returns why it is no paper when it is none
 */
export function paperOfEntry(type: string, key: string, fields: BibtexFields): ImportedPaper | { reason: string } {
  const entry = new Entry(fields);
  const main = entry.text('title') ?? entry.text('booktitle', 'maintitle');
  const subtitle = entry.text('subtitle');
  const whole = main !== null && subtitle !== null && !main.includes(subtitle) ? `${main}: ${subtitle}` : main;
  const titled = titleOf(whole);
  if ('reason' in titled) return titled;
  const arxivId = arxivIdOfEntry(entry);
  const people = bibtexNames(fields.get('author') ?? '');
  const note = entry.text('note');
  return {
    ...paperOf(titled.title),
    abstract: abstractOf(fields.get('abstract') ?? null, (latex) => markupToText(paragraphs(latexToText(latex)))),
    authors: namesOf(people.length > 0 ? people : bibtexNames(fields.get('editor') ?? '')),
    published: dateOfEntry(entry),
    arxivId,
    doi: publishersDoiOf(entry.plain('doi')) ?? publishersDoiOf(entry.plain('url')),
    categories: arxivId === null ? [] : wordsInText(entry.plain('primaryclass', 'eprintclass')),
    venue: venueOf(entry, titled.title),
    journalReference: journalReferenceOf(entry) ?? entry.text('journalref'),
    comment: note === null || isArxivIdAlone(note) ? null : note,
    links: linksOf(addressesOf(fields).map((address) => linkOf(address))),
    keywords: keywordsOf(fields),
    citationKey: lineOf(key),
    kind: type,
    marks: marksOf(entry),
  };
}

function arxivIdOfEntry(entry: Entry): string | null {
  const archive = entry.plain('archiveprefix', 'eprinttype');
  if (archive === '' || /^arxiv$/i.test(archive)) {
    const eprint = entry.plain('eprint');
    const found = arxivIdOf(eprint) ?? arxivIdOf(`${entry.plain('primaryclass', 'eprintclass')}/${eprint}`);
    if (found !== null) return found;
  }
  for (const name of ['arxivid', 'arxiv', 'doi', 'url', 'pdf', 'ee']) {
    const found = arxivIdOf(entry.plain(name));
    if (found !== null) return found;
  }
  const journal = entry.text('journaltitle', 'journal') ?? '';
  // DBLP: journal CoRR, volume abs/2306.12345.
  const inVolume = isArxivItself(journal) ? arxivIdOf(entry.plain('volume').replace(/^abs\//, '')) : null;
  const alone = ['note', 'howpublished', 'number'].map((name) => entry.text(name) ?? '').find(isArxivIdAlone);
  return inVolume ?? mentionedArxivId(journal) ?? mentionedArxivId(alone ?? '');
}

function venueOf(entry: Entry, title: string): string | null {
  const names = [
    entry.text('journaltitle', 'journal'),
    entry.text('booktitle', 'eventtitle', 'maintitle'),
    ...['school', 'institution', 'publisher', 'organization', 'howpublished', 'series'].map((name) => entry.text(name)),
  ];
  const isVenue = (name: string | null) =>
    name !== null && name !== title && !isArxivItself(name) && !/^https?:/.test(name);
  return names.find(isVenue) ?? null;
}

function journalReferenceOf(entry: Entry): string | null {
  const volume = entry.text('volume');
  const place = volume === null || !volume.startsWith('abs/') ? volume : null;
  const pages = entry.text('pages', 'eid');
  const number = entry.text('number', 'issue');
  return placeInJournal(
    place,
    number !== null && isArxivIdAlone(number) ? null : number,
    pages === null ? null : pageRange(pages),
  );
}

function dateOfEntry(entry: Entry): string | null {
  const date = readDate(entry.text('date') ?? '');
  if (date !== null) return date;
  const year = readDate(entry.text('year') ?? '');
  if (year === null || year.length > 4) return year;
  const month = entry.text('month') ?? '';
  const number = /^\d{1,2}$/.test(month) ? Number(month) : Number(readDate(`${month} ${year}`)?.slice(5, 7));
  if (!(number > 0)) return year;
  const day = /^\d{1,2}$/.exec(entry.text('day') ?? '')?.[0];
  return dateOf(Number(year), number, Number(day ?? 0)) ?? dateOf(Number(year), number) ?? year;
}

/** Every address, LaTeX's `\url{…}` and several in a field included. */
function addressesOf(fields: BibtexFields): string[] {
  const found: string[] = [];
  for (const [name, value] of fields) {
    if (!/^(?:url|howpublished|note|link|pdf|ee|code|website|bdsk-url-\d+)(?:\+duplicate-\d+)?$/.test(name)) continue;
    const plain = value.replaceAll(/\\([%&#~_${}])/g, '$1').replaceAll(/[{}]|\\(?:url|href)/g, ' ');
    found.push(...(plain.match(/https?:\/\/[^\s<>"]+/g) ?? []));
  }
  return found.map((address) => address.replace(/[.,;]$/, ''));
}

function keywordsOf(fields: BibtexFields): string[] {
  const lists = [...fields].filter(([name]) => /^keywords?(?:\+duplicate-\d+)?$/.test(name));
  return wordsOf(lists.flatMap(([, value]) => wordsInText(latexToText(value))));
}

/** What JabRef, BibDesk, Mendeley and Zotero say that a reader said. */
function marksOf(entry: Entry): ImportedMarks | null {
  const parts = ['annote', 'annotation', 'review', 'comment']
    .map((name) => withoutControls(latexToText(entry.fields.get(name) ?? '')).trim())
    .filter((part) => part !== '');
  const note = noteOf(parts.join('\n\n'));
  const groups = ['groups', 'mendeley-groups', 'mendeley-tags'].map((name) => entry.text(name) ?? '');
  const tags = tagsOf(groups.flatMap(wordsInText));
  const status = /^(?:read|skimmed)$/i.test(entry.text('readstatus') ?? '') ? 'read' : null;
  return note === '' && tags.length === 0 && status === null ? null : { note, tags, status, starred: false };
}
