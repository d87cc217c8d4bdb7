import { arxivIdOf } from '../../shared/identifiers.ts';
import { isArxivIdAlone, isArxivItself, mentionedArxivId, publishersDoiOf } from './arxiv-mentions.ts';
import { oneLine, paragraphs } from './clean-text.ts';
import { htmlToMarkdown, markupToLine, markupToText } from './html-text.ts';
import { type ImportedMarks, type ImportedPaper, type ImportedRecord, type Importer, paperOf } from './importer.ts';
import { linkBesideArxiv, linkOf, linksOf } from './links.ts';
import { notOfFormat } from './not-of-format.ts';
import { abstractOf, lineOf, namesOf, noteOf, placeInJournal, titleOf, wordsOf } from './paper-fields.ts';
import { dateOf, readDate } from './read-date.ts';
import { nameAsRead } from './read-names.ts';
import { pageRange } from './read-pages.ts';
import { type RisRecord, RisRecords, risTagOf } from './ris-records.ts';
import { linesOf } from './text-lines.ts';

const label = 'a RIS file';

/** RIS's kinds of works in BibTeX's words; all others are `misc`. */
const kinds: ReadonlyMap<string, string> = new Map([
  ...['JOUR', 'EJOUR', 'JFULL', 'ABST', 'INPR', 'MGZN', 'NEWS'].map((kind) => [kind, 'article'] as const),
  ...['CONF', 'CPAPER'].map((kind) => [kind, 'inproceedings'] as const),
  ...['BOOK', 'EBOOK', 'EDBOOK'].map((kind) => [kind, 'book'] as const),
  ...['CHAP', 'ECHAP'].map((kind) => [kind, 'incollection'] as const),
  ...['UNPB', 'MANSCPT'].map((kind) => [kind, 'unpublished'] as const),
  ['THES', 'phdthesis'],
  ['RPRT', 'techreport'],
]);

/**
 * RIS, as tidy or untidy as it comes. The reading is ours: @citation-js/plugin-ris, the maintained
 * one, takes a file whole and refuses all of it for one date that it does not know.
 */
export const ris: Importer = {
  format: 'ris',
  label,

  recognise(beginning) {
    const lines = beginning.slice(0, 100_000).split('\n');
    const first = lines.findIndex((line) => risTagOf(line)?.name === 'TY');
    if (first === -1) return 0;
    const tags = lines.slice(first, first + 40).filter((line) => risTagOf(line) !== null).length;
    if (tags < 2) return 0;
    return lines.slice(0, first).every((line) => line.trim() === '') ? 0.9 : 0.6;
  },

  async *read(file) {
    const records = new RisRecords();
    let beginning = '';
    let found = false;
    const take = function* (record: RisRecord | null): Generator<ImportedRecord> {
      if (record === null) return;
      found = true;
      yield recordOf(record);
    };
    for await (const lines of linesOf(file)) {
      if (beginning.length < 10_000)
        beginning += lines
          .map(({ text }) => `${text.slice(0, 1000)}\n`)
          .slice(0, 200)
          .join('');
      for (const line of lines) yield* take(records.write(line));
    }
    yield* take(records.end());
    if (!found) throw notOfFormat(file.name, label, beginning);
  },
};

/** The values of a record's tags. */
class Tags {
  readonly #record: RisRecord;

  constructor(record: RisRecord) {
    this.#record = record;
  }

  /** Everything that some tags say, in the order of the file; what is empty is left out. */
  all(...names: string[]): string[] {
    return this.#record.tags
      .filter(({ name, value }) => names.includes(name) && value.trim() !== '')
      .map(({ value }) => value);
  }

  /** The first of these tags, in the order given, that says something, as one line. */
  line(...names: string[]): string | null {
    for (const name of names) {
      for (const value of this.all(name)) {
        const line = lineOf(value, markupToLine);
        if (line !== null) return line;
      }
    }
    return null;
  }
}

function recordOf(record: RisRecord): ImportedRecord {
  const tags = new Tags(record);
  const where = `line ${record.line}`;
  const [title = null] = [...tags.all('TI', 'T1'), ...tags.all('CT'), ...tags.all('BT'), ...tags.all('ST')];
  const titled = titleOf(title, markupToLine);
  if ('reason' in titled) return { kind: 'skipped', where, reason: titled.reason };
  return { kind: 'paper', where, paper: paperOfTags(titled.title, tags) };
}

function paperOfTags(title: string, tags: Tags): ImportedPaper {
  const people = tags.all('AU', 'A1');
  const addresses = tags
    .all('UR', 'L1', 'L2', 'LK', 'L3')
    .flatMap((value) => value.split('\n').flatMap((line) => line.split(/;\s*(?=https?:)/)));
  const arxivId = arxivIdIn(tags, addresses);
  return {
    ...paperOf(title),
    abstract: abstractOf([...tags.all('AB'), ...tags.all('N2')][0] ?? null, (text) => markupToText(paragraphs(text))),
    authors: namesOf(
      (people.length > 0 ? people : tags.all('A2', 'ED', 'A3'))
        .flatMap((names) => names.split(/[\n;]/))
        .map(nameAsRead),
    ),
    published: dateIn(tags),
    arxivId,
    doi: firstOf([...tags.all('DO', 'DI', 'L3', 'M3'), ...addresses].map(oneLine), publishersDoiOf),
    venue: venueIn(tags, title),
    journalReference: placeInJournal(tags.line('VL', 'VO'), tags.line('IS', 'CP'), pagesIn(tags)),
    links: linksOf([
      ...tags.all('L1').map((address) => linkOf(address, /\.pdf$|\/pdf\//i.test(address) ? 'pdf' : undefined)),
      ...addresses.map((address) => linkBesideArxiv(address, arxivId)),
    ]),
    keywords: wordsOf(
      tags.all('KW', 'K1').flatMap((words) => words.split(/[\n;]/)),
      markupToLine,
    ),
    citationKey: tags.line('ID'),
    kind: kinds.get(tags.line('TY')?.toUpperCase() ?? '') ?? 'misc',
    marks: marksIn(tags),
  };
}

function firstOf<T>(texts: readonly string[], read: (text: string) => T | null): T | null {
  for (const text of texts) {
    const found = read(text);
    if (found !== null) return found;
  }
  return null;
}

/** RIS has dates as `YYYY/MM/DD/other`, of which any part may be missing. Of several, the most exact of the first year. */
function dateIn(tags: Tags): string | null {
  const dates = tags.all('PY', 'Y1', 'DA', 'YR').flatMap((value) => {
    const parts = /^(\d{4})\/(\d{0,2})\/?(\d{0,2})\//.exec(`${value}/`);
    const date = parts ? dateOf(Number(parts[1]), Number(parts[2]), Number(parts[3])) : null;
    return date ?? readDate(value) ?? [];
  });
  const ofYear = dates.filter((date) => date.startsWith(dates[0]?.slice(0, 4) ?? ''));
  return ofYear.reduce<string | null>((best, date) => (date.length > (best?.length ?? 0) ? date : best), null);
}

function arxivIdIn(tags: Tags, addresses: readonly string[]): string | null {
  const spelled = [...tags.all('DO', 'DI', 'AN', 'M1', 'L3'), ...addresses].map(oneLine);
  const mentions = [...tags.all('JO', 'JF', 'T2', 'PB'), ...tags.all('N1', 'IS', 'VL').filter(isArxivIdAlone)];
  return firstOf(spelled, arxivIdOf) ?? firstOf(mentions, mentionedArxivId);
}

function venueIn(tags: Tags, title: string): string | null {
  const names = ['JF', 'JO', 'T2', 'JA', 'J1', 'J2', 'BT', 'SO', 'PB', 'T3'].map((name) => tags.line(name));
  return names.find((name) => name !== null && name !== title && !isArxivItself(name)) ?? null;
}

function pagesIn(tags: Tags): string | null {
  const [from, to] = [tags.line('SP'), tags.line('EP')];
  if (from === null || to === null || from === to || /\d\s?[-–]/.test(from))
    return from === null ? to : pageRange(from);
  return `${from}–${to}`;
}

/** RIS's notes are what readers write. */
function marksIn(tags: Tags): ImportedMarks | null {
  const notes = tags
    .all('N1', 'NO')
    .filter((note) => !isArxivIdAlone(note))
    .map((note) => htmlToMarkdown(note))
    .filter((note) => note !== '');
  return notes.length === 0 ? null : { note: noteOf(notes.join('\n\n')), tags: [], status: null, starred: false };
}
