import { useCallback, useRef, useState } from 'react';
import type { Client } from '../../shared/client.ts';
import type { Highlight } from '../../shared/highlights.ts';
import { failureOf } from '../../shared/outcome.ts';
import type { Paper } from '../../shared/paper.ts';

/** The highlights of the shown paper as they were just made, and how many answers are awaited. */
interface Made {
  id: string;
  highlights: readonly Highlight[];
  open: number;
  /** The paper as it was when the last answer came: one that is loaded after it has them. */
  known: Paper | null;
}

/** Highlights, and what makes them others. */
export interface Highlighting {
  highlights: readonly Highlight[];
  /** Shows these at once and has them kept; `done` is told what it is called once they are. */
  set(highlights: readonly Highlight[], done?: (label: string) => void): void;
}

const none: readonly Highlight[] = [];

/**
 * The highlights of a paper: those that it came with until some are made here, which are shown at once. What could
 * not be kept goes again, and `onFailure` is told why.
 */
export function useHighlights(client: Client, paper: Paper | null, onFailure: (message: string) => void): Highlighting {
  const [made, setMade] = useState<Made | null>(null);
  const shown = useRef(paper);
  shown.current = paper;
  const isOwn = made !== null && made.id === paper?.id && (made.open > 0 || made.known === paper);
  const highlights = isOwn ? made.highlights : (paper?.highlights ?? none);

  const seen = useRef(highlights);
  seen.current = highlights;

  const set = useCallback(
    (wanted: readonly Highlight[], done?: (label: string) => void) => {
      const id = shown.current?.id;
      if (id === undefined) return;
      setMade((now) => ({ id, highlights: wanted, open: (now?.id === id ? now.open : 0) + 1, known: null }));
      const answered = (keep: boolean) =>
        setMade((now) => {
          if (now?.id !== id) return now;
          return keep ? { ...now, open: now.open - 1, known: shown.current } : null;
        });
      // Another window may have made some that this one has not heard of.
      const known = seen.current.map((highlight) => highlight.id);
      client.call('highlights.set', { id, highlights: [...wanted], known }).then(
        ({ label }) => {
          answered(true);
          done?.(label);
        },
        (error) => {
          answered(false);
          onFailure(`Not highlighted. ${failureOf(error).message}`);
        },
      );
    },
    [client, onFailure],
  );
  return { highlights, set };
}
