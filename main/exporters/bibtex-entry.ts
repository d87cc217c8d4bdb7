import type { ExportedPaper } from '../../shared/offprint-export.ts';
import { personName } from '../../shared/person-name.ts';
import { cslType } from './csl-item.ts';
import { joinedWords } from './joined-words.ts';
import { journalPlace } from './journal-place.ts';
import { latexText, latexTitle } from './latex-text.ts';

/** The two dialects: BibTeX as its styles know it, and what the manual of BibLaTeX says. */
export type Dialect = 'bibtex' | 'biblatex';

const bibtexTypes = new Set(
  (
    'article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis proceedings ' +
    'techreport unpublished'
  ).split(' '),
);
const biblatexTypes = new Set([
  ...bibtexTypes,
  ...'collection dataset mvbook mvcollection mvproceedings online patent periodical reference report software thesis'.split(
    ' ',
  ),
]);
/** BibTeX's nearest to types of BibLaTeX. */
const nearest: Readonly<Record<string, string>> = { thesis: 'phdthesis', report: 'techreport' };
/** Where no source says what a paper is. */
const ofCsl: Readonly<Record<string, string>> = { 'article-journal': 'article', 'paper-conference': 'inproceedings' };

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function typeOf(paper: ExportedPaper, dialect: Dialect): string {
  const kind = paper.kind?.toLowerCase() ?? null;
  if (kind === null) return ofCsl[cslType(paper)] ?? 'misc';
  if ((dialect === 'bibtex' ? bibtexTypes : biblatexTypes).has(kind)) return kind;
  return nearest[kind] ?? 'misc';
}

/** The field that a publication's place stands in. */
function venueField(type: string, dialect: Dialect): string {
  if (type === 'article' || type === 'periodical') return dialect === 'bibtex' ? 'journal' : 'journaltitle';
  if (/^(?:inproceedings|conference|incollection|inbook)$/.test(type)) return 'booktitle';
  if (/thesis$/.test(type)) return dialect === 'bibtex' ? 'school' : 'institution';
  if (/report$/.test(type)) return 'institution';
  return /^(?:misc|unpublished|booklet|online|manual|dataset|software)$/.test(type) ? 'howpublished' : 'publisher';
}

/** A name as BibTeX sorts it: `van Gogh, Vincent`; what is no person's, or cannot be told, in braces. */
function latexName(name: string): string {
  const parts = personName(name);
  if ('literal' in parts) return `{${latexText(parts.literal)}}`;
  const { given, particle, family, suffix } = parts;
  const sorted = [particle, family].filter((part) => part !== '').join(' ');
  return [sorted, suffix, given]
    .filter((part) => part !== '')
    .map((part) => latexText(part))
    .join(', ');
}

/** An address, in which nothing is escaped: braces and backslashes as an address may have them. */
function verbatim(address: string): string {
  return address.toWellFormed().replaceAll(/[{}\\\s]/g, (sign) => encodeURIComponent(sign));
}

function doiField(doi: string): string {
  // A DOI as it is, unless it would break the entry.
  return /[{}\\%]/.test(doi) ? `https://doi.org/${encodeURIComponent(doi.toWellFormed()).replaceAll('%2F', '/')}` : doi;
}

function* dateFields(published: string | null, dialect: Dialect): Generator<[string, string]> {
  if (published === null) return;
  if (dialect === 'biblatex') {
    yield ['date', `{${published}}`];
    return;
  }
  const [year, month, day] = published.split('-');
  yield ['year', `{${year}}`];
  const name = months[Number(month) - 1];
  if (name !== undefined) yield ['month', name];
  if (day !== undefined) yield ['day', `{${Number(day)}}`];
}

function* arxivFields({ arxivId, categories }: ExportedPaper, dialect: Dialect): Generator<[string, string]> {
  if (arxivId === null) return;
  yield ['eprint', `{${arxivId}}`];
  yield dialect === 'bibtex' ? ['archiveprefix', '{arXiv}'] : ['eprinttype', '{arxiv}'];
  const [primary] = categories;
  if (primary !== undefined) yield [dialect === 'bibtex' ? 'primaryclass' : 'eprintclass', `{${latexText(primary)}}`];
}

/** The fields of an entry, in their order: names, and values with the braces that they stand in. */
function* fieldsOf(paper: ExportedPaper, type: string, dialect: Dialect, notes: boolean): Generator<[string, string]> {
  const { title, authors, abstract, venue, journalReference, doi, arxivId, comment, keywords } = paper;
  const text = (value: string) => `{${latexText(value)}}`;
  yield ['title', `{${latexTitle(title)}}`];
  if (authors.length > 0) yield ['author', `{${authors.map(latexName).join(' and ')}}`];
  yield* dateFields(paper.published, dialect);
  if (venue !== null) yield [venueField(type, dialect), text(venue)];
  // BibTeX's styles complain of an article without a journal.
  else if (type === 'article' && arxivId !== null && dialect === 'bibtex')
    yield ['journal', `{arXiv preprint arXiv:${arxivId}}`];
  const place = journalReference === null ? null : journalPlace(journalReference);
  if (place?.volume) yield ['volume', text(place.volume)];
  if (place?.issue) yield ['number', text(place.issue)];
  if (place?.pages) yield ['pages', `{${latexText(place.pages).replaceAll('–', '--')}}`];
  // No style knows it, and nothing is lost.
  if (journalReference !== null && place === null) yield ['journalref', text(journalReference)];
  yield* arxivFields(paper, dialect);
  if (doi !== null) yield ['doi', `{${doiField(doi)}}`];
  for (const [index, { url }] of paper.links.entries()) {
    yield [index === 0 ? 'url' : `bdsk-url-${index + 1}`, `{${verbatim(url)}}`];
  }
  if (abstract !== null) yield ['abstract', text(abstract)];
  if (keywords.length > 0) yield ['keywords', text(joinedWords(keywords))];
  if (comment !== null) yield ['note', text(comment)];
  if (!notes) return;
  if (paper.note.trim() !== '') yield [dialect === 'bibtex' ? 'annote' : 'annotation', text(paper.note.trim())];
  if (paper.tags.length > 0) yield ['groups', text(joinedWords(paper.tags))];
  if (paper.status === 'read') yield ['readstatus', '{read}'];
}

/**
 * A paper as an entry of a BibTeX file, with a line end behind it. The note goes into `annote` (BibLaTeX's
 * `annotation`), tags into JabRef's `groups`, and further links into BibDesk's `bdsk-url-N`.
 * @param key the citation key
 */
export function bibtexEntry(paper: ExportedPaper, key: string, dialect: Dialect, notes: boolean): string {
  const type = typeOf(paper, dialect);
  const fields = Array.from(fieldsOf(paper, type, dialect, notes), ([name, value]) => `  ${name} = ${value}`);
  return `@${type}{${key},\n${fields.join(',\n')}\n}\n`;
}
