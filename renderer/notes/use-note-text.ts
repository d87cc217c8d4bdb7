import { useEffect, useState } from 'react';
import { failureOf } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import { useSession } from '../frame/session-context.ts';

/** A past version of a note, whole: null while it is awaited. */
export interface NoteText {
  text: string | null;
  /** Why it could not be read. */
  failure: string | null;
}

/**
 * Reads a past version of a note, each of them once.
 * @param which null while none is chosen
 */
export function useNoteText(which: { id: PaperId; version: string } | null): NoteText {
  const { session } = useSession();
  const [known] = useState(() => new Map<string, NoteText>());
  const [, setReads] = useState(0);
  const key = which && `${which.id} ${which.version}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which it is
  useEffect(() => {
    if (!which || key === null || known.get(key)?.text !== undefined) return;
    const keep = (read: NoteText) => {
      known.set(key, read);
      setReads((count) => count + 1);
    };
    session.client.call('notes.version', { id: which.id, version: which.version }).then(
      ({ text }) => keep({ text, failure: null }),
      (error: unknown) => keep({ text: null, failure: failureOf(error).message }),
    );
  }, [session, key]);

  return (key === null ? undefined : known.get(key)) ?? { text: null, failure: null };
}
