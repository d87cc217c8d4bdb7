import { useCallback, useEffect, useRef, useState } from 'react';
import { mostKept } from '../../shared/keeping-calls.ts';
import type { DeletedNote } from '../../shared/note-versions.ts';
import { useApp, useSession } from '../frame/session-context.ts';

/** The deleted notes as far as they have been read. */
export interface DeletedNotes {
  total: number;
  notes: readonly DeletedNote[];
}

/**
 * Reads the deleted notes, the most recently deleted first, and reads them anew whenever the library has changed.
 * @param onFailure told why they could not be read
 * @returns null before the first answer; and what reads some more of them, where there are
 */
export function useDeletedNotes(onFailure: (error: unknown) => void): [DeletedNotes | null, () => void] {
  const { session } = useSession();
  const libraryVersion = useApp((state) => state.library?.version);
  const [shown, setShown] = useState<DeletedNotes | null>(null);
  const [wanted, setWanted] = useState(mostKept);
  const failed = useRef(onFailure);

  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew whenever the library has changed
  useEffect(() => {
    let stale = false;
    const read = async () => {
      const notes: DeletedNote[] = [];
      let total = 0;
      do {
        const answer = await session.client.call('notes.deleted', { offset: notes.length, limit: mostKept });
        notes.push(...answer.notes);
        total = answer.total;
        if (answer.notes.length === 0) break;
      } while (notes.length < Math.min(wanted, total) && !stale);
      if (!stale) setShown({ total, notes });
    };
    read().catch((error: unknown) => {
      if (!stale) failed.current(error);
    });
    return () => {
      stale = true;
    };
  }, [session, libraryVersion, wanted]);

  const length = shown?.notes.length ?? 0;
  const more = useCallback(() => setWanted(length + mostKept), [length]);
  return [shown, more];
}
