import { useSyncExternalStore } from 'react';
import type { PaperId, TextRange } from '../../shared/paper.ts';
import { useSession } from '../frame/session-context.ts';
import { NotePanel } from '../reader/note-panel.tsx';
import type { NoteSaver } from '../reader/note-saver.ts';
import './triage-note.css';

interface TriageNoteProps {
  id: PaperId;
  /** The note as the library gave it, and the saver's stamp from before it was asked. */
  note: string;
  stamp: number;
  /** Where the search's words stand in `note`. */
  matches: readonly TextRange[];
  saver: NoteSaver;
  /** True while it is being written. */
  open: boolean;
}

const noMatches: readonly TextRange[] = [];

/** The note on the paper that is looked at: there when there is one, or when it is being written. */
export function TriageNote({ id, note, stamp, matches, saver, open }: TriageNoteProps) {
  const { session } = useSession();
  useSyncExternalStore(saver.subscribe, saver.changes);
  const text = saver.text(id, { note, stamp });
  if (!open && text === '' && saver.state(id).kind !== 'failed') return null;
  const close = () => session.triage.openNote(false);
  return (
    <div className="triage-note" data-open={open}>
      <NotePanel
        id={id}
        text={text}
        matches={text === note ? matches : noMatches}
        saver={saver}
        editing={open}
        onEdit={() => session.triage.openNote(true)}
        mayWrite={() => !session.isReadOnly()}
        onDone={close}
        onLeave={close}
        onHistory={() => session.notes.showHistory()}
        onNotice={(message, kind) => session.toasts.show(kind === 'info' ? 'done' : kind, message)}
      />
    </div>
  );
}
