import { createHash } from 'node:crypto';
import type { PaperId } from '../../shared/paper.ts';

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
 * `arxivId` and `doi` are as `arxivIdOf` and `doiOf` give them.
 */
export function paperIds({ title, arxivId, doi }: Identifiers): [PaperId, ...PaperId[]] {
  const byTitle = titleId(title);
  const known: PaperId[] = [];
  if (arxivId !== null) known.push(`arxiv:${arxivId}`);
  if (doi !== null) known.push(`doi:${doi}`);
  const [own, ...others] = known;
  return own === undefined ? [byTitle] : [own, ...others, byTitle];
}
