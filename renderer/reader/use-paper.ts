import { useCallback, useEffect, useState } from 'react';
import type { Client } from '../../shared/client.ts';
import { failureOf } from '../../shared/outcome.ts';
import type { Paper, PaperId } from '../../shared/paper.ts';
import type { NoteSaver } from './note-saver.ts';

/** After this many milliseconds without an answer the paper shown before gives way. */
const slowAfter = 200;

/** A paper as the library gave it, and the stamp of its note from before it was asked. */
export interface LoadedPaper {
  paper: Paper;
  stamp: number;
}

/** What there is to show of the paper that was asked for. */
export interface PaperLoading {
  /** The paper, or the one asked for before while the answer is not in; null while there is neither. */
  loaded: LoadedPaper | null;
  /** Why the last request failed, in the library's words. */
  failure: string | null;
  /** True when an answer is long in coming and something else is shown, or nothing. */
  slow: boolean;
  retry(): void;
}

/**
 * Keeps a paper loaded: asked for anew when the paper, the query or the library's revision
 * changes. An answer that a newer request has overtaken is dropped.
 */
export function usePaper(
  client: Client,
  saver: NoteSaver,
  request: { id: PaperId | null; query: string; revision: number },
): PaperLoading {
  const { id, query, revision } = request;
  const [loaded, setLoaded] = useState<LoadedPaper | null>(null);
  const [failure, setFailure] = useState<{ id: PaperId; message: string } | null>(null);
  const [slowId, setSlowId] = useState<PaperId | null>(null);
  const [tries, setTries] = useState(0);
  const retry = useCallback(() => setTries((count) => count + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: revision and tries only say that it is time to ask again
  useEffect(() => {
    if (id === null) {
      setLoaded(null);
      setFailure(null);
      return;
    }
    let dropped = false;
    const timer = setTimeout(() => setSlowId(id), slowAfter);
    const stamp = saver.stamp(id);
    client
      .call('paper.get', { id, query: query.slice(0, 10_000) })
      .then(
        (paper) => {
          if (dropped) return;
          setLoaded({ paper, stamp });
          setFailure(null);
        },
        (error) => {
          if (!dropped) setFailure({ id, message: failureOf(error).message });
        },
      )
      .finally(() => {
        clearTimeout(timer);
        if (!dropped) setSlowId(null);
      });
    return () => {
      dropped = true;
      clearTimeout(timer);
      setSlowId(null);
    };
  }, [client, saver, id, query, revision, tries]);

  const failed = failure !== null && failure.id === id;
  const isAnother = loaded !== null && loaded.paper.id !== id;
  const slow = slowId !== null && slowId === id && loaded?.paper.id !== id;
  return {
    loaded: id === null || (isAnother && (failed || slow)) ? null : loaded,
    failure: failed ? failure.message : null,
    slow: slow && !failed,
    retry,
  };
}
