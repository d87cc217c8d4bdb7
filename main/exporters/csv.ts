import type { ExportedPaper } from '../../shared/offprint-export.ts';
import type { PaperLink } from '../../shared/paper.ts';
import { inPieces, type TextExporter } from './exporter.ts';

/**
 * What spreadsheets take for a formula at a cell's beginning, full-width signs included: such a cell gets an apostrophe
 * before it, as OWASP's ASVS 1.2.10 asks, which spreadsheets read as "this is text" and our importer takes away again.
 * A text that begins with apostrophes and such a sign gets one more, so that none is lost.
 */
const likeFormula = /^'*[=+\-@\t\r＝＋－＠]/;

function cellOf(value: string): string {
  const text = value.toWellFormed().replaceAll('\0', '');
  const safe = likeFormula.test(text) ? `'${text}` : text;
  return /[",;\r\n\t]|^\s|\s$|^'/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Words that semicolons separate; one with a comma in it is followed by one, too, or it would be several. */
function listOf(words: readonly string[]): string {
  const [only] = words;
  return words.length === 1 && only !== undefined && /[,\n]| and | & /i.test(only) ? `${only};` : words.join('; ');
}

function addresses(links: readonly PaperLink[], kind: PaperLink['kind']): string {
  return links
    .filter((link) => link.kind === kind)
    .map(({ url }) => url.replaceAll(' ', '%20'))
    .join(' ');
}

type Column = readonly [name: string, value: (paper: ExportedPaper, key: string) => string];

const columns: readonly Column[] = [
  ['Citation Key', (_, key) => key],
  ['Title', ({ title }) => title],
  ['Authors', ({ authors }) => listOf(authors)],
  ['Published', ({ published }) => published ?? ''],
  ['Updated', ({ updated }) => updated ?? ''],
  ['Venue', ({ venue }) => venue ?? ''],
  ['Journal Reference', ({ journalReference }) => journalReference ?? ''],
  ['arXiv ID', ({ arxivId }) => arxivId ?? ''],
  ['DOI', ({ doi }) => doi ?? ''],
  ['Categories', ({ categories }) => listOf(categories)],
  ['Keywords', ({ keywords }) => listOf(keywords)],
  ['Abstract', ({ abstract }) => abstract ?? ''],
  ['AI Summary', ({ summary }) => summary ?? ''],
  ['Comment', ({ comment }) => comment ?? ''],
  ['Type', ({ kind }) => kind ?? ''],
  ['Votes', ({ votes }) => String(votes ?? '')],
  ['Comment Count', ({ comments }) => String(comments ?? '')],
  ['URL', ({ links }) => addresses(links, 'abstract')],
  ['PDF', ({ links }) => addresses(links, 'pdf')],
  ['Code', ({ links }) => addresses(links, 'code')],
  ['Project Page', ({ links }) => addresses(links, 'project')],
  ['Links', ({ links }) => addresses(links, 'other')],
  ['Added', ({ addedAt }) => new Date(addedAt).toISOString()],
];

const ownColumns: readonly Column[] = [
  ['Status', ({ status }) => status],
  ['Starred', ({ starred }) => (starred ? 'yes' : '')],
  ['Manual Tags', ({ tags }) => listOf(tags)],
  ['Notes', ({ note }) => note],
];

/**
 * A table as RFC 4180 has it: commas, CR LF, UTF-8, with a header row of names that Zotero and Offprint know. A file
 * begins with a byte-order mark, without which Excel takes UTF-8 for something else.
 */
export const csv: TextExporter = (papers, { keys, notes, isFile }) => {
  const all = notes ? [...columns, ...ownColumns] : columns;
  const row = (cells: readonly string[]) => `${cells.map(cellOf).join(',')}\r\n`;
  return inPieces(papers, {
    begin: `${isFile ? '\ufeff' : ''}${row(all.map(([name]) => name))}`,
    paper: (paper) => {
      const key = keys(paper);
      return row(all.map(([, value]) => value(paper, key)));
    },
  });
};
