import { type KeyboardEvent, useEffect, useState } from 'react';
import { scratchNoteId, scratchNoteTitle } from '../../shared/scratch-note.ts';
import { Dialog } from '../dialogs/dialog.tsx';
import { ButtonKey } from '../frame/button-key.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { NotePanel } from '../reader/note-panel.tsx';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { useScratchNote } from './use-scratch-note.ts';
import './scratch-dialog.css';

/** The note of the whole library: written as the note of a paper is, and saved as such. */
export function ScratchDialog({ onClose }: { onClose(): void }) {
  const { session } = useSession();
  const readOnly = useApp((state) => state.library?.readOnly ?? null);
  const saver = noteSaverOf(session.client);
  const text: string | null = useScratchNote((error) => {
    session.toasts.fail(error);
    // What is being written stays, be it that it cannot be read again.
    if (text === null) onClose();
  });
  const [editing, setEditing] = useState(readOnly === null);

  const isThere = text !== null;
  // Given once the dialog is open, which gives the focus to its first control, and as one gives way to the other.
  useEffect(() => {
    const what = editing ? '[data-note-field]' : ':is(.note-scroll, .note-empty)';
    if (isThere) document.querySelector<HTMLElement>(`dialog.scratch ${what}`)?.focus();
  }, [isThere, editing]);

  if (text === null) return null;

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    if (event.key === 'Enter') setEditing(!editing && session.mayWrite());
    else if (event.key === 'p') void session.printing.printScratch();
    else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts of the buttons within
    <div onKeyDown={onKeyDown}>
      <Dialog
        title={scratchNoteTitle}
        onClose={onClose}
        className="scratch"
        foot={
          <>
            <p className="scratch-words">{readOnly}</p>
            <button
              type="button"
              className="button"
              disabled={text.trim() === ''}
              onClick={() => void session.printing.printScratch()}
            >
              Print <ButtonKey of="Mod+p" />
            </button>
            <button
              type="button"
              className="button"
              disabled={editing ? text.trim() === '' : readOnly !== null}
              // The focus stays in the text that is written until it is shown.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => setEditing(!editing && session.mayWrite())}
            >
              {editing ? 'Preview' : 'Edit'} <ButtonKey of="Mod+Enter" />
            </button>
            <button type="button" className="button main" onClick={onClose}>
              Close
            </button>
          </>
        }
      >
        <NotePanel
          id={scratchNoteId}
          heading="For the whole library"
          text={text}
          matches={[]}
          saver={saver}
          editing={editing}
          onEdit={() => session.mayWrite() && setEditing(true)}
          mayWrite={session.mayWrite}
          onDone={() => setEditing(false)}
          onLeave={onClose}
          onHistory={() => session.dialog({ kind: 'noteHistory', id: scratchNoteId })}
          onNotice={(message, kind) => session.toasts.show(kind === 'error' ? 'error' : 'done', message)}
        />
      </Dialog>
    </div>
  );
}
