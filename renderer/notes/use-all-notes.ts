import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallOutput } from '../../shared/contract.ts';
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

  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever is told of a failure is told of the last one
  const ask = useCallback(
    async (offset: number, limit: number, known: readonly NoteLine[]) => {
      asked.current += 1;
      const question = asked.current;
      isReading.current = true;
      try {
        const { total, notes } = await session.client.call('notes.list', { find, offset, limit });
        if (asked.current === question) setRead({ find, total, notes: [...known, ...notes] });
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
    void ask(0, pageSize, []);
    return () => {
      asked.current += 1;
      isReading.current = false;
    };
  }, [ask, revision]);

  const more = () => {
    if (!read || read.find !== find || isReading.current || read.notes.length >= read.total) return;
    void ask(read.notes.length, pageSize, read.notes);
  };
  return [read, more];
}
