import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallOutput } from '../../shared/contract.ts';
import { mostNotes } from '../../shared/notes-calls.ts';
import { useApp, useSession } from '../frame/session-context.ts';

/** Notes asked for at a time. */
const pageSize = 60;

/** A note as it is listed. */
export type NoteLine = CallOutput<'notes.list'>['notes'][number];

/** What {@link useAllNotes} has read so far. */
export interface AllNotes {
  /** What they were asked for by. */
  find: string;
  notes: readonly NoteLine[];
  total: number;
}

/**
 * The notes that have a text in them or in their paper's title, the last changed first, page by page.
 * @returns null until the first page is there; and what reads the next one
 */
export function useAllNotes(find: string, onFailed: (error: unknown) => void): [AllNotes | null, () => void] {
  const { session } = useSession();
  const revision = useApp((state) => state.revision);
  const [read, setRead] = useState<AllNotes | null>(null);
  // Answers to what was asked before the last question count for nothing.
  const asked = useRef(0);
  const isReading = useRef(false);
  const shown = useRef({ find: '', count: 0 });

  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever is told of a failure is told of the last one
  const ask = useCallback(
    async (known: readonly NoteLine[], upTo: number) => {
      asked.current += 1;
      const question = asked.current;
      isReading.current = true;
      try {
        let notes = known;
        let total: number;
        do {
          const limit = Math.min(upTo - notes.length, mostNotes);
          const answer = await session.client.call('notes.list', { find, offset: notes.length, limit });
          if (asked.current !== question) return;
          // There may be fewer by now.
          total = answer.notes.length === 0 ? notes.length : answer.total;
          notes = [...notes, ...answer.notes];
        } while (notes.length < Math.min(upTo, total));
        setRead({ find, total, notes });
        shown.current = { find, count: notes.length };
      } catch (error) {
        if (asked.current === question) onFailed(error);
      } finally {
        if (asked.current === question) isReading.current = false;
      }
    },
    [session, find],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the notes may have changed
  useEffect(() => {
    // As far as the reader has gone by now.
    void ask([], Math.max(pageSize, shown.current.find === find ? shown.current.count : 0));
    return () => {
      asked.current += 1;
      isReading.current = false;
    };
  }, [ask, revision]);

  const more = () => {
    if (!read || read.find !== find || isReading.current || read.notes.length >= read.total) return;
    void ask(read.notes, read.notes.length + pageSize);
  };
  return [read, more];
}
