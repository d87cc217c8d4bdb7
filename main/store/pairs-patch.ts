import type { PaperPair, ReaderPairs } from './library-data.ts';
import type { Direction } from './marking.ts';
import type { PairsPatch } from './step.ts';

const kinds = ['same', 'different'] as const;

/** Those pairs of a list that are not in another one. */
export function pairsNotIn(pairs: readonly PaperPair[], known: readonly PaperPair[]): PaperPair[] {
  const keys = new Set(known.map((pair) => JSON.stringify(pair)));
  return pairs.filter((pair) => !keys.has(JSON.stringify(pair)));
}

/** What a step does to the pairs that makes these ones of those; null for nothing. */
export function pairsPatch(before: ReaderPairs, after: ReaderPairs): PairsPatch | null {
  const [same, different] = kinds.map((kind) => ({
    added: pairsNotIn(after[kind], before[kind]),
    removed: pairsNotIn(before[kind], after[kind]),
  }));
  if (!same || !different || [same, different].every((one) => one.added.length + one.removed.length === 0)) return null;
  return { same, different };
}

/** The pairs after a step is done again, or taken back. Others than those that it changed stay as they are. */
export function turnPairs(patch: PairsPatch, direction: Direction, pairs: ReaderPairs): ReaderPairs {
  const turned = (kind: (typeof kinds)[number]) => {
    const { added, removed } = patch[kind];
    const [comes, goes] = direction === 'do' ? [added, removed] : [removed, added];
    const kept = pairsNotIn(pairs[kind], goes);
    return [...kept, ...pairsNotIn(comes, kept)];
  };
  return { same: turned('same'), different: turned('different') };
}
