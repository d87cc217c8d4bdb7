import { useEffect, useState } from 'react';
import type { LibraryPaperChange } from '../../shared/contract.ts';
import { failureOf } from '../../shared/outcome.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import { longDate, shortDate } from '../list/dates.ts';
import { Dialog } from './dialog.tsx';
import './library-dialogs.css';

/** Changes shown. Older ones are reached by the command line. */
const mostShown = 200;

/** Imports, removals and merges, newest first; each can be undone. */
export function ChangesDialog({ onClose }: { onClose(): void }) {
  const { session } = useSession();
  const version = useApp((state) => state.library?.version);
  const [changes, setChanges] = useState<LibraryPaperChange[] | null>(null);
  const [refusal, setRefusal] = useState<{ id: number; reason: string } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew whenever the library has changed
  useEffect(() => {
    let stale = false;
    session.client.call('changes.list', { limit: mostShown }).then(
      (answer) => {
        if (!stale) setChanges(answer.changes);
      },
      (error) => {
        if (stale) return;
        session.toasts.fail(error);
        onClose();
      },
    );
    return () => {
      stale = true;
    };
  }, [session, version]);

  async function undo(id: number): Promise<void> {
    try {
      await session.client.call('changes.undo', { id });
      setRefusal(null);
      session.list.refresh();
    } catch (error) {
      setRefusal({ id, reason: failureOf(error).message });
    }
  }

  if (changes === null) return null;
  return (
    <Dialog title="Imports and other changes" onClose={onClose} className="changes">
      {changes.length === 0 && <p>Nothing has been imported, removed or merged yet.</p>}
      <ol className="changes-list">
        {changes.map(({ id, label, at, undone }) => (
          <li key={id}>
            <span className="change-label" data-undone={undone || undefined}>
              {label}
            </span>
            <time className="change-time" dateTime={new Date(at).toISOString()} title={longDate(at)}>
              {shortDate(at, Date.now())}
            </time>
            {undone ? (
              <span className="change-undone">undone</span>
            ) : (
              <button
                type="button"
                className="button small"
                aria-label={`Undo: ${label}`}
                onClick={() => void undo(id)}
              >
                Undo
              </button>
            )}
            {refusal?.id === id && (
              <p role="alert" className="change-refusal">
                {refusal.reason}
              </p>
            )}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
