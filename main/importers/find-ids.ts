import { arxivIdOf, doiOf } from '../../shared/identifiers.ts';
import { isArxivItself } from './arxiv-mentions.ts';

/** An id in a text, or a link that is one. */
export interface FoundId {
  arxivId: string | null;
  doi: string | null;
  /** What a Markdown link calls it, where that is more than the id; null otherwise. */
  title: string | null;
}

/** What a line holds. */
export interface LineIds {
  ids: FoundId[];
  /** The line without its ids. */
  rest: string;
}

// https://info.arxiv.org/help/arxiv_identifier.html and https://arxiv.org/archive: an old id begins with its archive.
const archives =
  'acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|' +
  'funct-an|gr-qc|hep-(?:ex|lat|ph|th)|math|math-ph|mtrl-th|nlin|nucl-(?:ex|th)|patt-sol|physics|plasm-ph|q-alg|' +
  'q-bio|quant-ph|solv-int|stat|supr-con';
const oldId = `(?:${archives})(?:\\.[A-Za-z]{2})?\\/\\d{7}(?:v\\d{1,3})?(?!\\d)`;
const newId = '\\d{4}\\.\\d{4,5}(?:v\\d{1,3})?(?![\\d.]?\\d)';

/** A separator without a space, and the next id behind it. */
const nextId = '[,;](?:10\\.\\d|doi:|https?:)';
const host = 'https?:\\/\\/|\\b(?:www\\.)?arxiv\\.org\\/|\\bhuggingface\\.co\\/papers\\/|\\b(?:dx\\.)?doi\\.org\\/';

const mention = new RegExp(
  [
    '\\[([^\\[\\]\\n]{1,500})\\]\\(\\s{0,3}(https?:\\/\\/[^\\s)]{1,500})[^)\\n]{0,200}\\)',
    `((?:${host})(?:(?!${nextId})[^\\s<>"'\\]|]){1,500})`,
    `(\\b(?:arxiv\\s?:\\s?|oai:arxiv\\.org:)(?:${oldId}|${newId}))`,
    `((?:\\bdoi:\\s?)?(?<![\\w./])10\\.\\d{4,9}(?:\\.\\d{1,9}){0,4}\\/(?:(?!${nextId})[^\\s<>"|]){1,400})`,
    `((?<![\\w./-])${oldId})`,
    `((?<![\\w./-])${newId})`,
  ].join('|'),
  'i',
);
const mentions = new RegExp(mention.source, 'gi');

/** The ids of arXiv and DOIs that a line names, each once, in whatever way they are spelled. */
export function findIds(line: string): LineIds {
  const ids: FoundId[] = [];
  const rest = line.replaceAll(mentions, (...match: (string | undefined)[]) => {
    const [whole = '', text, target, link, named, doi, old, bare] = match;
    const id = idOf(target ?? link ?? named ?? doi ?? old ?? '') ?? (bare === undefined ? null : bareIdOf(bare));
    if (id === null) return whole;
    const same = ids.find(({ arxivId, doi: other }) => arxivId === id.arxivId && other === id.doi);
    const title = text === undefined ? null : titleIn(text);
    if (same === undefined) ids.push({ ...id, title });
    else same.title ??= title;
    return ' ';
  });
  return { ids, rest };
}

function idOf(text: string): Omit<FoundId, 'title'> | null {
  const clean = withoutPunctuation(text);
  const arxivId = arxivIdOf(clean);
  const doi = arxivId === null ? doiOf(clean) : null;
  return arxivId === null && doi === null ? null : { arxivId, doi };
}

/** Punctuation of the sentence around an id, and brackets that did not open in it. */
function withoutPunctuation(text: string): string {
  let clean = text.replace(/[.,;:!?'"*_`]+$/, '');
  for (const [open, close] of ['()', '[]', '{}'].map((pair) => [...pair] as [string, string])) {
    if (clean.endsWith(close) && clean.split(close).length > clean.split(open).length) clean = clean.slice(0, -1);
  }
  return clean === text ? clean : withoutPunctuation(clean);
}

/** A number alone is an arXiv id only if it can be one: with four digits up to 2014, five since. */
function bareIdOf(text: string): Omit<FoundId, 'title'> | null {
  const [month = '', number = ''] = text.replace(/v\d+$/i, '').split('.');
  const isPast = Number(month) >= 704 && Number(month) < 5000;
  if (!isPast || number.length !== (Number(month) <= 1412 ? 4 : 5)) return null;
  return idOf(text);
}

/** What a link is called, if that can be a title: some words, and not the id again, "PDF" or "arXiv". */
function titleIn(text: string): string | null {
  const clean = text.replaceAll(/[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}/g, '').trim();
  const isTitle = /\S\s+\S/.test(clean) && clean.length > 8 && !/^https?:/.test(clean) && !isArxivItself(clean);
  return isTitle && !mention.test(clean) ? clean : null;
}
