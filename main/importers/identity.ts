import { createHash } from 'node:crypto';
import type { PaperId } from '../../shared/paper.ts';

// https://info.arxiv.org/help/arxiv_identifier.html: 0704.0001 to 1412.*, five digits after, and the old ones.
const newArxiv = /^(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?$/;
const oldArxiv = /^([a-z][a-z-]*)(?:\.[a-z]{2})?\/(\d{2}(?:0[1-9]|1[0-2])\d{3})(?:v\d+)?$/;
const arxivPrefix =
  /^(?:https?:\/\/)?(?:(?:www\.|export\.|[a-z]{2}\.)?arxiv\.org\/(?:abs|pdf|html|format|ps)\/|(?:www\.)?huggingface\.co\/papers\/|ar5iv\.(?:labs\.)?(?:arxiv\.)?org\/(?:abs|html)\/|(?:https?:\/\/)?(?:dx\.)?doi\.org\/10\.48550\/arxiv\.|10\.48550\/arxiv\.|oai:arxiv\.org:|arxiv:\s*)/;

/** Longest text that spells an id, in UTF-16 units: a link with a long query. */
const longestSpelling = 2000;

/**
 * The arXiv number that a text spells, in any of the usual ways: with or without `arXiv:`, a
 * version, a URL, `.pdf`, or arXiv's own DOI. Old ids lose their subject class (`math.GT/…` is
 * `math/…`), as arXiv itself treats them.
 * @returns `2306.12345` or `astro-ph/0601001`, or null when the text is none
 */
export function arxivIdOf(text: string): string | null {
  // Whatever is so long is none, and would take long to look through.
  if (text.length > longestSpelling) return null;
  let rest = text.trim().toLowerCase();
  for (let next = rest.replace(arxivPrefix, ''); next !== rest; next = rest.replace(arxivPrefix, '')) rest = next;
  rest = rest
    .replace(/[?#].*$/, '')
    .replace(/\s*\[[a-z-]+(?:\.[a-z]{2})?\]$/, '')
    .replace(/\/$/, '')
    .replace(/\.pdf$/, '');
  const modern = newArxiv.exec(rest);
  if (modern?.[1] !== undefined) return modern[1];
  const old = oldArxiv.exec(rest);
  return old ? `${old[1]}/${old[2]}` : null;
}

/**
 * The DOI that a text spells, with or without `doi:` or a URL, in lower case.
 * @returns `10.…/…`, or null when the text is none
 */
export function doiOf(text: string): string | null {
  if (text.length > longestSpelling) return null;
  let rest = text.trim().toLowerCase();
  const isUrl = /^(?:https?:\/\/)?(?:dx\.|www\.)?doi\.org\//.test(rest);
  rest = rest.replace(/^(?:https?:\/\/)?(?:dx\.|www\.)?doi\.org\//, '').replace(/^doi:\s*/, '');
  if (isUrl && rest.includes('%')) {
    try {
      rest = decodeURIComponent(rest).toLowerCase();
    } catch {
      // Not an encoded URL after all: taken as it stands.
    }
  }
  return rest.length <= 400 && /^10\.\d{4,9}(?:\.\d+)*\/[^\s\p{C}]*[^\s\p{C}.,;]$/u.test(rest) ? rest : null;
}

/** A title with everything gone that two spellings of it may differ in: case, accents, punctuation, white space. */
export function normalisedTitle(title: string): string {
  const folded = title
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ');
  const letters = folded.replaceAll(/[^\p{L}\p{N}]+/gu, '');
  // A title of signs only must not be the same as every other one.
  return letters === '' ? folded.replaceAll(/\s+/g, '') : letters;
}

/** The id of a paper of which only the title is known. */
export function titleId(title: string): PaperId {
  return `title:${createHash('sha256').update(normalisedTitle(title)).digest('hex').slice(0, 20)}`;
}

/** What a paper can be told by. */
export interface Identifiers {
  title: string;
  arxivId: string | null;
  doi: string | null;
}

/**
 * Every id that stands for a paper, its own first: arXiv, else DOI, else title.
 * `arxivId` and `doi` are as {@link arxivIdOf} and {@link doiOf} give them.
 */
export function paperIds({ title, arxivId, doi }: Identifiers): [PaperId, ...PaperId[]] {
  const byTitle = titleId(title);
  const known: PaperId[] = [];
  if (arxivId !== null) known.push(`arxiv:${arxivId}`);
  if (doi !== null) known.push(`doi:${doi}`);
  const [own, ...others] = known;
  return own === undefined ? [byTitle] : [own, ...others, byTitle];
}
