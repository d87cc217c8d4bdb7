import { useEffect, useState } from 'react';
import { useApp, useSession } from '../frame/session-context.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { noteOf } from '../state/note-of.ts';
import type { NoteLine } from './use-all-notes.ts';

/** Milliseconds that a note is chosen before the rest of it is read, so that going through many reads none. */
const pause = 120;

/** The text of a note of which the beginning is at hand: that first, the whole of it as soon as it has been read. */
export function useWholeNote(line: NoteLine | null): { text: string; isWhole: boolean } {
  const { session } = useSession();
  const revision = useApp((state) => state.revision);
  const [whole, setWhole] = useState<{ id: string; text: string } | null>(null);
  const id = line !== null && line.length > line.excerpt.length ? line.id : null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the notes may have changed
  useEffect(() => {
    if (id === null) return;
    let dropped = false;
    const timer = setTimeout(async () => {
      const stamp = noteSaverOf(session.client).stamp(id);
      // Where it cannot be read, its beginning is all there is to see.
      const read = await noteOf(session.client, id).catch(() => null);
      const text = read && noteSaverOf(session.client).text(id, { note: read.text, stamp });
      if (!dropped && text) setWhole({ id, text });
    }, pause);
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [session, id, revision]);

  if (line === null) return { text: '', isWhole: true };
  if (id === null) return { text: line.excerpt, isWhole: true };
  return whole?.id === id ? { text: whole.text, isWhole: true } : { text: line.excerpt, isWhole: false };
}
