import { useEffect } from 'react';
import type { Session } from '../state/session.ts';
import { useApp } from './session-context.ts';

/**
 * The option that marks a paper read when it has been open for some seconds. Only when
 * the paper is unread, and quietly: Undo takes it back. Used where the reader is shown.
 */
export function useMarkReadAfter(session: Session): void {
  const id = useApp((state) => state.currentId);
  // Under the mode for going through a view the reader is not to be seen.
  const seconds = useApp((state) => (state.triage ? null : state.settings.markReadAfter));

  useEffect(() => {
    if (id === null || seconds === null) return;
    const timer = setTimeout(() => {
      const { list } = session.store.get();
      const row = session.list.row(list.focus);
      const looking = document.visibilityState === 'visible';
      if (looking && row?.id === id && row.status === 'unread') void session.papers.markPaper(id, { status: 'read' });
    }, seconds * 1000);
    return () => clearTimeout(timer);
  }, [session, id, seconds]);
}
