import type { PaperId } from './paper.ts';

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

/**
 * The id of the paper that a text names and nothing else: an arXiv number, a DOI or a link to either,
 * in any usual spelling.
 * @returns the id, or null when the text names no paper
 */
export function namedPaper(text: string): PaperId | null {
  const arxivId = arxivIdOf(text);
  if (arxivId !== null) return `arxiv:${arxivId}`;
  const doi = doiOf(text);
  return doi === null ? null : `doi:${doi}`;
}
