import { useCallback, useEffect, useRef, useState } from 'react';
import type { Client } from '../../shared/client.ts';
import { failureOf } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import { KeptPapers, type LoadedPaper } from './kept-papers.ts';
import type { NoteSaver } from './note-saver.ts';

/** After this many milliseconds without an answer the paper shown before gives way. */
const slowAfter = 200;

/** A paper that was here already is asked for once the reader has stayed on it for so many milliseconds. */
const restedAfter = 300;

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

/** Which paper to load, and how. */
export interface PaperRequest {
  id: PaperId | null;
  /** The search text. */
  query: string;
  /** Grows when papers may have changed. */
  revision: number;
  /** The papers that the reader may go to next: they are asked for ahead. */
  next(): readonly PaperId[];
}

/**
 * Keeps a paper loaded: asked for anew when the paper, the query or the library's revision
 * changes. An answer that a newer request has overtaken is dropped. A paper that is here already is
 * given at once, in the frame that selects it, and asked for again when the reader stays on it.
 */
export function usePaper(client: Client, saver: NoteSaver, request: PaperRequest): PaperLoading {
  const { id, query, revision, next } = request;
  const [papers] = useState(() => new KeptPapers(client, saver));
  const [loaded, setLoaded] = useState<LoadedPaper | null>(null);
  const [failure, setFailure] = useState<{ id: PaperId; message: string } | null>(null);
  const [slowId, setSlowId] = useState<PaperId | null>(null);
  const [tries, setTries] = useState(0);
  const retry = useCallback(() => setTries((count) => count + 1), []);

  // Known when it is asked for, which may be after the rows have changed.
  const beside = useRef(next);
  beside.current = next;
  const first = useRef(id);
  first.current ??= id;

  const kept = id === null ? null : papers.kept(id, { query, revision });
  if (kept !== null && kept !== loaded) setLoaded(kept);

  // biome-ignore lint/correctness/useExhaustiveDependencies: revision and tries only say that it is time to ask again
  useEffect(() => {
    if (id === null) {
      setLoaded(null);
      setFailure(null);
      return;
    }
    const asking = { query, revision };
    const isHere = papers.kept(id, asking) !== null;
    let dropped = false;
    let stopAhead = () => {};
    const askAhead = () => {
      // Nothing that the first screen does not show is loaded before the reader goes about.
      if (id !== first.current) stopAhead = onceDrawn(() => papers.askAhead(beside.current(), asking));
    };
    const ask = () =>
      papers
        .ask(id, asking)
        .then(
          (paper) => {
            if (dropped) return;
            setLoaded(paper);
            setFailure(null);
            if (!isHere) askAhead();
          },
          (error) => {
            if (!dropped) setFailure({ id, message: failureOf(error).message });
          },
        )
        .finally(() => {
          clearTimeout(slowly);
          if (!dropped) setSlowId(null);
        });
    const slowly = setTimeout(() => !isHere && setSlowId(id), slowAfter);
    const rested = setTimeout(() => isHere && ask(), restedAfter);
    if (isHere) {
      setFailure(null);
      askAhead();
    } else void ask();
    return () => {
      dropped = true;
      stopAhead();
      clearTimeout(slowly);
      clearTimeout(rested);
      setSlowId(null);
    };
  }, [papers, id, query, revision, tries]);

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

/** Does a thing after the next frame has been drawn. Returns what keeps it from being done. */
function onceDrawn(task: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(task);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
