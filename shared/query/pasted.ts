import { namedPaper } from '../identifiers.ts';
import type { Expression } from './query.ts';

/** Longest word that can name a paper, in UTF-16 units: a link with a long query. */
const longestWord = 2000;

/**
 * The paper that a word names and nothing else (see {@link namedPaper}), whatever punctuation it was
 * copied with; null when it names none.
 */
export function pastedId(word: string): string | null {
  if (word.length > longestWord || !/\d/.test(word)) return null;
  const id = namedPaper(word) ?? namedPaper(word.replace(/^[<[{]+/, '').replace(/[>\]}.,;:]+$/, ''));
  // Quotation marks, which only an encoded link can bring, could not be written as a query again.
  return id === null || id.includes('"') ? null : id.normalize('NFC');
}

/** True for the id of a paper before the word that it was pasted as. */
export function isPasted(part: Expression | undefined, next: Expression | undefined): boolean {
  if (part?.kind !== 'id' || next?.kind !== 'text') return false;
  return next.field === 'any' && !next.phrase && pastedId(next.text) === part.id;
}

/**
 * Conditions without the words that arXiv and publishers write beside an id: "arXiv: 2306.12345 [cs.CL]",
 * "doi: 10.1000/182".
 */
export function withoutLabels(parts: readonly Expression[]): Expression[] {
  return parts.filter((part, at) => {
    if (part.kind !== 'text' || part.field !== 'any' || part.phrase) return true;
    const before = idOf(parts[at - 1]);
    if (before?.startsWith('arxiv:') && /^\[[a-z-]+(?:\.[A-Za-z-]{2,})?\]$/.test(part.text)) return false;
    return !(/^(?:arxiv|doi):?$/i.test(part.text) && idOf(parts[at + 1]) !== null);
  });
}

function idOf(part: Expression | undefined): string | null {
  if (part?.kind !== 'or' || part.of.length !== 2 || !isPasted(part.of[0], part.of[1])) return null;
  return part.of[0]?.kind === 'id' ? part.of[0].id : null;
}
