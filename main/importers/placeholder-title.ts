import { arxivIdOf, doiOf } from '../../shared/identifiers.ts';

/** How every spelling of an id begins; tells nearly all titles apart at once. */
const beginsLikeId = /^(?:arxiv:|doi:|https?:\/\/|10\.\d|\d{4}\.\d)/i;

/**
 * What stands for the title of a paper of which only an id is known: `arXiv:2306.12345`, else
 * `doi:10.1000/abc`. The arguments are as `arxivIdOf` and `doiOf` give them.
 * @returns null when both are null
 */
export function placeholderTitle(arxivId: string | null, doi: string | null): string | null {
  if (arxivId !== null) return `arXiv:${arxivId}`;
  return doi === null ? null : `doi:${doi}`;
}

/**
 * True for a title that is nothing but an id, in any spelling of it: such a paper has no title
 * yet. It must never be a key by which papers are found to be the same, and any other title
 * replaces it, however new or old.
 */
export function isPlaceholderTitle(title: string): boolean {
  return beginsLikeId.test(title) && (arxivIdOf(title) !== null || doiOf(title) !== null);
}
