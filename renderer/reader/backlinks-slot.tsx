import { type ComponentType, useEffect, useState } from 'react';
import type { LinkedNote } from '../../shared/notes-calls.ts';
import type { PaperId } from '../../shared/paper.ts';
import { scratchNoteId } from '../../shared/scratch-note.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import type { BacklinksProps } from './backlinks.tsx';

/** How long a paper must stay before they are asked for, in milliseconds: who goes through a list wants none. */
const settled = 150;

let List: ComponentType<BacklinksProps> | null = null;

/**
 * The papers whose notes link to the one that is shown. They are asked for when the paper has been painted; where there
 * are none, or they cannot be had, nothing is shown. It must be another one for another paper.
 */
export function BacklinksSlot({ paperId, title }: { paperId: PaperId; title: string }) {
  const { session, run } = useSession();
  const revision = useApp((state) => state.revision);
  const [notes, setNotes] = useState<readonly LinkedNote[]>([]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: revision only says that it is time to ask again
  useEffect(() => {
    let left = false;
    const timer = setTimeout(async () => {
      try {
        const { from } = await session.client.call('notes.links', { id: paperId });
        // No code is loaded for nothing.
        if (from.length > 0) List = (await import('./backlinks.tsx')).Backlinks;
        if (!left) setNotes(from);
      } catch {
        // What is shown stays; the paper and its note are there all the same.
      }
    }, settled);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [session, paperId, revision]);

  async function open({ id, title: linked }: LinkedNote): Promise<void> {
    if (id === scratchNoteId) session.dialog({ kind: 'scratch' });
    else if (linked === null) {
      session.toasts.show('notice', `This paper is not in your library: ${id}`, { topic: 'opening' });
    } else {
      await session.wayBack.open(id, title);
      run('focusReader');
    }
  }

  return notes.length > 0 && List !== null && <List notes={notes} onOpen={(note) => void open(note)} />;
}
