import { statusSchema } from '../../shared/paper.ts';
import { publishersDoiOf } from './arxiv-mentions.ts';
import { oneLine } from './clean-text.ts';
import { DelimitedRows, firstRows, type Row } from './delimited-rows.ts';
import { htmlToMarkdown, markupToLine } from './html-text.ts';
import type { ImportedMarks, ImportedPaper, ImportedRecord, Importer } from './importer.ts';
import { notOfFormat } from './not-of-format.ts';
import { lineOf, namesOf, noteOf, tagsOf, wordsInText, wordsOf } from './paper-fields.ts';
import { paperOfRecord } from './plain-records.ts';
import { splitNames } from './read-names.ts';
import { linesOf } from './text-lines.ts';
import { extraOf } from './zotero-extra.ts';

const label = 'a table (CSV or TSV)';

const delimiters = [',', ';', '\t', '|'];

/** Columns whose names say the same as one that `paperOfRecord` knows. Names are compared without case, spaces and signs. */
const sameColumns: ReadonlyMap<string, string> = new Map([
  ...['documenttitle', 'paper', 'papername', 'publication', 'titleofpaper'].map((name) => [name, 'title'] as const),
  ...['authorfullnames', 'authorsfull', 'names'].map((name) => [name, 'authors'] as const),
  ...['sourcetitle', 'sourcename', 'journalabbreviation', 'conferencename'].map((name) => [name, 'journal'] as const),
  ...['articleurl', 'documenturl', 'weblink', 'paperlink'].map((name) => [name, 'url'] as const),
  ...['arxivnumber', 'arxivlink', 'arxivurl', 'arxividentifier'].map((name) => [name, 'arxivid'] as const),
  ...['doilink', 'doiurl', 'digitalobjectidentifier'].map((name) => [name, 'doi'] as const),
  ...['yearofpublication', 'yr'].map((name) => [name, 'year'] as const),
  ['startpage', 'firstpage'],
  ['endpage', 'lastpage'],
]);

/** What tables of papers have besides titles; to tell them from other tables. */
const telling =
  /^(?:authors?|year|abstract|abstractnote|doi|url|link|journal|venue|keywords|publicationyear|publicationtitle|date|published|arxiv|arxivid|itemtype|conference)$/;

/** BibTeX's words for the types that reference managers write into tables. */
const kinds: ReadonlyMap<string, string> = new Map([
  ...['journalarticle', 'article', 'review', 'magazinearticle'].map((name) => [name, 'article'] as const),
  ...['conferencepaper', 'inproceedings', 'conference'].map((name) => [name, 'inproceedings'] as const),
  ...['booksection', 'bookchapter'].map((name) => [name, 'incollection'] as const),
  ['book', 'book'],
  ['thesis', 'phdthesis'],
  ['report', 'techreport'],
  ['preprint', 'misc'],
]);

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** The columns that a header row names; null when it names no title. */
function columnsOf(header: Row): string[] | null {
  const names = header.map((cell) => plainName(oneLine(cell)));
  const columns = names.map((name) => {
    // Beside a title, Google Scholar means the journal.
    const same = name === 'publication' && names.includes('title') ? 'journal' : sameColumns.get(name);
    return same === undefined || names.includes(same) ? name : same;
  });
  const titles = ['title', 'papertitle', 'articletitle'];
  return columns.some((name) => titles.includes(name)) && header.every((cell) => cell.length <= 100) ? columns : null;
}

/** The delimiter with which a line is a header row, the one that gives most columns; null when it is none. */
function delimiterOf(line: string): string | null {
  const found = delimiters
    .map((delimiter) => ({ delimiter, header: firstRows(line, delimiter, 1)[0] ?? [] }))
    .filter(({ header }) => columnsOf(header) !== null)
    .sort((one, other) => other.header.length - one.header.length);
  return found[0]?.delimiter ?? null;
}

/** A line that is no row: empty, or what Excel writes for itself. */
function isBefore(line: string): boolean {
  return line.trim() === '' || /^"?sep=.?"?\s*$/i.test(line);
}

/**
 * Tables: commas, semicolons, tabs or bars between cells, and a header row that names at least a
 * title. Zotero's export as CSV is one. The cells are read by csv-parse.
 */
export const delimited: Importer = {
  format: 'csv',
  label,

  recognise(beginning, whole) {
    const lines = beginning.slice(0, 64 * 1024).split('\n');
    const header = lines.findIndex((line) => !isBefore(line));
    const delimiter = header === -1 ? null : delimiterOf((lines[header] ?? '').slice(0, 10_000));
    if (delimiter === null) return 0;
    const isAll = whole && beginning.length <= 64 * 1024;
    const rows = firstRows(lines.slice(header, isAll ? undefined : -1).join('\n'), delimiter, 30);
    const [first = [], ...others] = rows;
    if (others.length === 0) return 0;
    const columns = columnsOf(first) ?? [];
    // A heading "Title" over a text is no table.
    if (columns.length === 1) return others.every(([cell = '']) => cell.length < 300) && others.length > 1 ? 0.4 : 0;
    const even = others.filter(({ length }) => length > 1 && length <= columns.length).length;
    if (even < others.length * 0.6) return 0;
    // Titles and abstracts may follow each other in a table, too, but no page begins with such a row.
    return columns.some((name) => telling.test(name)) ? 0.8 : 0.4;
  },

  async *read(file) {
    let rows: DelimitedRows | null = null;
    let table: Table | null = null;
    let beginning = '';
    const take = function* (found: readonly Row[]): Generator<ImportedRecord> {
      for (const row of found) {
        if (table !== null) yield* table.record(row);
        else {
          const columns = columnsOf(row);
          if (columns === null) throw notOfFormat(file.name, label, beginning);
          table = new Table(columns);
        }
      }
    };
    for await (const lines of linesOf(file)) {
      for (const { text } of lines) {
        if (beginning.length < 10_000) beginning += `${text.slice(0, 10_000)}\n`;
        if (rows === null) {
          if (isBefore(text)) continue;
          const delimiter = delimiterOf(text.slice(0, 10_000));
          if (delimiter === null) throw notOfFormat(file.name, label, beginning);
          rows = new DelimitedRows(delimiter);
        }
        yield* take(rows.write(text));
      }
    }
    yield* take(rows?.end() ?? []);
    if (table === null) throw notOfFormat(file.name, label, beginning);
  },
};

/** Rows under a header. */
class Table {
  readonly #columns: readonly string[];
  #row = 1;

  constructor(columns: readonly string[]) {
    this.#columns = columns;
  }

  /** What a row says; nothing when it is empty. */
  *record(cells: Row): Generator<ImportedRecord> {
    this.#row += 1;
    const where = `row ${this.#row}`;
    const last = cells.findLastIndex((cell) => cell.trim() !== '');
    if (last === -1) return;
    const [count, expected] = [last + 1, this.#columns.length];
    if (count > expected) {
      yield { kind: 'skipped', where, reason: `it has ${count} cells, and the table has ${expected} columns` };
      return;
    }
    const paper = paperOfCells(this.#columns, cells);
    yield typeof paper === 'string' ? { kind: 'skipped', where, reason: paper } : { kind: 'paper', where, paper };
  }
}

/** A cell without the apostrophe that exports put before what spreadsheets would take for a formula. */
function textOfCell(cell: string): string {
  const text = cell.trim();
  return /^'+[=+\-@\t\r＝＋－＠]/.test(text) ? text.slice(1) : text;
}

function paperOfCells(columns: readonly string[], cells: Row): ImportedPaper | string {
  const values = new Map<string, string>();
  for (const [index, name] of columns.entries()) {
    const cell = textOfCell(cells[index] ?? '');
    if (cell !== '' && !values.has(name)) values.set(name, cell);
  }
  const paper = paperOfRecord(Object.fromEntries(values));
  if (typeof paper === 'string') return paper;
  const text = (name: string) => values.get(name) ?? '';
  const extra = extraOf(text('extra'));
  const words = ['automatictags', 'authorkeywords', 'indexkeywords', 'ieeeterms'].flatMap((name) =>
    wordsInText(text(name)),
  );
  return {
    ...paper,
    authors: paper.authors.length > 0 ? paper.authors : namesOf(splitNames(text('editor') || text('editors'))),
    arxivId: paper.arxivId ?? extra.arxivId,
    doi: publishersDoiOf(paper.doi ?? extra.doi ?? ''),
    categories: paper.categories.length > 0 ? paper.categories : extra.categories,
    comment: paper.comment ?? lineOf(extra.rest),
    keywords: wordsOf([...paper.keywords, ...words], markupToLine),
    citationKey: paper.citationKey ?? extra.citationKey,
    kind: paper.kind ?? kinds.get(plainName(text('itemtype') || text('documenttype'))) ?? null,
    marks: marksOf(text('notes') || text('note'), wordsInText(text('manualtags')), text('status'), text('starred')),
  };
}

function marksOf(html: string, words: readonly string[], state: string, star: string): ImportedMarks | null {
  const note = noteOf(htmlToMarkdown(html));
  const tags = tagsOf(words);
  // Other tables have other words there, or the same for other things.
  const { data: status = null } = statusSchema.exclude(['unread']).safeParse(state);
  const starred = star === 'yes';
  return note === '' && tags.length === 0 && status === null && !starred ? null : { note, tags, status, starred };
}
