import type { ExportedPaper } from '../../shared/offprint-export.ts';
import { personName } from '../../shared/person-name.ts';
import { cslType } from './csl-item.ts';
import { inPieces, type TextExporter } from './exporter.ts';
import { journalPlace } from './journal-place.ts';

/** RIS's word for BibTeX's kinds, and for CSL's types where no source says a kind; all others are `GEN`. */
const types: Readonly<Record<string, string>> = {
  article: 'JOUR',
  inproceedings: 'CONF',
  conference: 'CONF',
  proceedings: 'CONF',
  book: 'BOOK',
  incollection: 'CHAP',
  inbook: 'CHAP',
  unpublished: 'UNPB',
  phdthesis: 'THES',
  mastersthesis: 'THES',
  thesis: 'THES',
  techreport: 'RPRT',
  report: 'RPRT',
};
const ofCsl: Readonly<Record<string, string>> = { 'article-journal': 'JOUR', 'paper-conference': 'CONF' };

/** A line that programs would take for a tag, as tolerant ones do. */
const likeTag = /^\s*[A-Za-z][A-Za-z0-9]\s{0,8}-/;

/** Shows nothing, is no white space, and goes when it is imported. */
const wordJoiner = '\u2060';

/** A value of one line. Programs end lines at several control characters. */
function lineOf(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** A value of several lines, of which none begins as a tag does. */
function linesOf(text: string): string {
  return text
    .toWellFormed()
    .split(/\r\n?|[^\P{Cc}\t]|[\u2028\u2029]/u)
    .map((line, index) => (index > 0 && likeTag.test(line) ? line.replace(/^\s*/, `$&${wordJoiner}`) : line))
    .join('\r\n');
}

/** `van Gogh, Vincent` or `King, Martin Luther, Jr.`; others as they are. */
function nameOf(name: string): string {
  const parts = personName(name);
  if ('literal' in parts) return parts.literal;
  const { given, particle, family, suffix } = parts;
  return [[particle, family].filter(Boolean).join(' '), given, suffix].filter(Boolean).join(', ');
}

function* tagsOf(paper: ExportedPaper, key: string, notes: boolean): Generator<[string, string]> {
  const { kind, published, venue, arxivId, doi, links, journalReference, abstract } = paper;
  const type = kind === null ? ofCsl[cslType(paper)] : types[kind.toLowerCase()];
  yield ['TY', type ?? 'GEN'];
  yield ['ID', lineOf(key)];
  yield ['TI', lineOf(paper.title)];
  for (const author of paper.authors) yield ['AU', lineOf(nameOf(author))];
  if (published !== null) {
    yield ['PY', published.slice(0, 4)];
    const [year, month = '', day = ''] = published.split('-');
    if (month !== '') yield ['DA', `${year}/${month}/${day}`];
  }
  if (venue !== null) yield ['T2', lineOf(venue)];
  const place = journalReference === null ? null : journalPlace(journalReference);
  if (place?.volume) yield ['VL', place.volume];
  if (place?.issue) yield ['IS', lineOf(place.issue)];
  if (place?.pages) {
    const [from = '', to] = place.pages.split('–');
    yield ['SP', from];
    if (to !== undefined) yield ['EP', to];
  }
  if (arxivId !== null) yield ['AN', `arXiv:${arxivId}`];
  if (doi !== null) yield ['DO', lineOf(doi)];
  const pages = arxivId === null ? [] : [`https://arxiv.org/abs/${arxivId}`];
  for (const url of new Set([...links.map((link) => link.url), ...pages])) yield ['UR', lineOf(url)];
  if (abstract !== null) yield ['AB', linesOf(abstract)];
  for (const word of paper.keywords) yield ['KW', lineOf(word)];
  if (notes && paper.note.trim() !== '') yield ['N1', linesOf(paper.note.trim())];
}

/**
 * RIS as Zotero, EndNote and Mendeley read it: UTF-8, a tag a line, lines ending with CR LF; abstracts and notes go on
 * in lines without a tag. Tags, statuses, stars and what the authors remark have no place in it.
 * https://en.wikipedia.org/wiki/RIS_(file_format)
 */
export const ris: TextExporter = (papers, { keys, notes }) =>
  inPieces(papers, {
    between: '\r\n',
    paper: (paper) => {
      const lines = Array.from(tagsOf(paper, keys(paper), notes), ([tag, value]) => `${tag}  - ${value}`);
      return `${[...lines, 'ER  - '].join('\r\n')}\r\n`;
    },
  });
