import { useEffect, useState, useSyncExternalStore } from 'react';
import { scratchNoteId } from '../../shared/scratch-note.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';

/**
 * The scratch note as it is to be shown: what is typed in this window, else what the library has, read again when
 * something has changed. Null until it has been read.
 * @param onFailed told when it cannot be read
 */
export function useScratchNote(onFailed: (error: unknown) => void): string | null {
  const { session } = useSession();
  const saver = noteSaverOf(session.client);
  useSyncExternalStore(saver.subscribe, saver.changes);
  const revision = useApp((state) => state.revision);
  const [answer, setAnswer] = useState<{ note: string; stamp: number } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again with each revision, and for nothing else
  useEffect(() => {
    let dropped = false;
    const stamp = saver.stamp(scratchNoteId);
    session.client.call('scratch.get', {}).then(
      ({ text }) => {
        if (!dropped) setAnswer({ note: text, stamp });
      },
      (error: unknown) => {
        if (!dropped) onFailed(error);
      },
    );
    return () => {
      dropped = true;
    };
  }, [session, revision]);

  return answer && saver.text(scratchNoteId, answer);
}
