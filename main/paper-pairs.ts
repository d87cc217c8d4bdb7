import type { PaperPair, ReaderPairs } from './corpus/corpus.ts';
import { pairsNotIn } from './store/pairs-patch.ts';

export { pairsNotIn };

/** Longest title in a label, in characters. */
const longestTitle = 60;

/** The decisions without some of one kind. */
export function withoutPairs(all: ReaderPairs, kind: keyof ReaderPairs, gone: readonly PaperPair[]): ReaderPairs {
  return { ...all, [kind]: pairsNotIn(all[kind], gone) };
}

/** What a merge is called. @param title of the paper that is kept; null where it is not known */
export function mergeLabel(papers: number, title: string | null): string {
  if (title === null) return `Merged ${papers} papers`;
  const letters = [...title];
  const shown = letters.length > longestTitle ? `${letters.slice(0, longestTitle).join('').trimEnd()}…` : title;
  return `Merged ${papers} papers into “${shown}”`;
}
