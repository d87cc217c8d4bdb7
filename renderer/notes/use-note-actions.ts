import { useContext, useMemo } from 'react';
import { failureOf } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import { SessionContext } from '../frame/session-context.ts';
import { noteOf } from '../state/note-of.ts';
import type { Session } from '../state/session.ts';
import type { NoteActions } from './note-actions.ts';

/** What a note can ask of this window; null outside of it. */
export function useNoteActions(onNotice: NoteActions['onNotice']): NoteActions | null {
  const context = useContext(SessionContext);
  return useMemo(() => context && noteActions(context.session, onNotice), [context, onNotice]);
}

function noteActions(session: Session, onNotice: NoteActions['onNotice']): NoteActions {
  return {
    client: session.client,
    tags: () => session.store.get().library?.tags.map(({ name }) => name) ?? [],
    openPaper: (id) => void openPaper(session, id),
    showTag(tag) {
      session.triage.leave();
      session.dialog(null);
      session.tags.show(tag);
    },
    onNotice,
  };
}

/** Goes to a paper by any of its ids, in such a way that the reader can go back. */
async function openPaper(session: Session, id: PaperId): Promise<void> {
  const { client, store, toasts, triage, wayBack } = session;
  try {
    const paper = await client.call('paper.get', { id, query: '' });
    const { currentId } = store.get();
    // The one that is left may have gone from the library: the link leads on all the same.
    const title = currentId === null ? '' : ((await noteOf(client, currentId)).title ?? '');
    triage.leave();
    session.dialog(null);
    await wayBack.open(paper.id, title);
  } catch (error) {
    if (failureOf(error).code !== 'not-found') toasts.fail(error);
    else toasts.show('notice', `This paper is not in your library: ${id}`, { topic: 'opening' });
  }
}
