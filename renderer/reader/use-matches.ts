import { type RefObject, useLayoutEffect, useState } from 'react';
import type { Paper } from '../../shared/paper.ts';
import { matchesIn, showCurrent } from './matches.ts';

/** Where the reader stands among the places that were searched for. */
export interface MatchPlace {
  /** From 0 on. */
  at: number;
  count: number;
}

/** See {@link useMatches}. */
export interface Matches {
  /** Null until the first step. */
  place: MatchPlace | null;
  step(direction: 1 | -1): boolean;
  any(): boolean;
}

/**
 * Steps through what was searched for in the paper that is shown. The marks are what is on the page at the time:
 * mathematics and notes come a moment later than the words around them.
 * @param root the reader
 */
export function useMatches(root: RefObject<Element | null>, paper: Paper | null): Matches {
  const [stood, setStood] = useState<{ of: string; place: MatchPlace } | null>(null);
  const of = paper && `${paper.id} ${JSON.stringify([paper.titleMatches, paper.abstractMatches])}`;
  const place = stood !== null && stood.of === of ? stood.place : null;

  // After every change of the page, which may have made its marks anew.
  useLayoutEffect(() => {
    showCurrent(root.current, place === null ? null : (matchesIn(root.current)[place.at] ?? null));
  });

  return {
    place,
    any: () => matchesIn(root.current).length > 0,
    step(direction) {
      const matches = matchesIn(root.current);
      const count = matches.length;
      if (count === 0 || of === null) return false;
      const at = place === null ? (direction === 1 ? 0 : count - 1) : (place.at + direction + count) % count;
      const match = matches[at] ?? null;
      showCurrent(root.current, match);
      match?.[0]?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
      setStood({ of, place: { at, count } });
      return true;
    },
  };
}
