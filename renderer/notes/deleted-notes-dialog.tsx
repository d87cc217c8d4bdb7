import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { DeletedNote } from '../../shared/note-versions.ts';
import { failureOf } from '../../shared/outcome.ts';
import { Dialog } from '../dialogs/dialog.tsx';
import { ButtonKey } from '../frame/button-key.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { longDate } from '../list/dates.ts';
import { counted } from '../state/import-words.ts';
import { KeptList } from './kept-list.tsx';
import { momentInSentence, momentInWords } from './moments.ts';
import { WithUndoKey } from './undo-key.tsx';
import { useDeletedNotes } from './use-deleted-notes.ts';
import { useNoteText } from './use-note-text.ts';
import './notes.css';

/** Lines before the end of the list from which on more of them are read. */
const ahead = 20;

type Told = { done: string; undo?: true } | { problem: string };

/** The papers that had a note and have none now, with what it said; any of them can be brought back. */
export function DeletedNotesDialog({ onClose }: { onClose(): void }) {
  const { session } = useSession();
  const [deleted, more] = useDeletedNotes((error) => {
    session.toasts.fail(error);
    onClose();
  });
  const [told, setTold] = useState<Told | null>(null);
  const [chosen, setChosen] = useState({ id: '', at: 0 });

  if (deleted === null) return null;
  const { notes, total } = deleted;
  const found = notes.findIndex(({ id }) => id === chosen.id);
  // Where it has been brought back, the one that follows it.
  const at = found >= 0 ? found : Math.min(chosen.at, notes.length - 1);
  const note = notes[at];
  if (!note) return <NoneDeleted told={told} onTold={setTold} onClose={onClose} />;
  return (
    <Notes
      notes={notes}
      total={total}
      at={at}
      note={note}
      told={told}
      onTold={setTold}
      onChoose={(next) => {
        setChosen({ id: notes[next]?.id ?? '', at: next });
        setTold(null);
        if (next >= notes.length - ahead && notes.length < total) more();
      }}
      onClose={onClose}
    />
  );
}

interface ToldProps {
  told: Told | null;
  onTold(told: Told | null): void;
  onClose(): void;
}

function NoneDeleted({ told, onTold, onClose }: ToldProps) {
  const close = useRef<HTMLButtonElement>(null);

  // Where the last one has just been brought back, what had the focus is gone.
  useEffect(() => close.current?.focus(), []);

  return (
    <WithUndoKey>
      <Dialog
        title="Deleted notes"
        onClose={onClose}
        className="confirm"
        foot={
          <>
            <ToldLine told={told} onTold={onTold} />
            <button ref={close} type="button" className="button main" onClick={onClose}>
              Close
            </button>
          </>
        }
      >
        <p>There are no deleted notes.</p>
        <p className="quiet">A note that is emptied is kept here, and can be brought back.</p>
      </Dialog>
    </WithUndoKey>
  );
}

/** What was done, with the way to take it back, or why it was not. */
function ToldLine({ told, onTold }: Omit<ToldProps, 'onClose'>) {
  const { session } = useSession();
  return (
    <>
      <p className="kept-told" role="status" data-problem={told !== null && 'problem' in told ? true : undefined}>
        {told && ('done' in told ? told.done : told.problem)}
      </p>
      {told && 'undo' in told && (
        <button
          type="button"
          className="button"
          onClick={({ currentTarget }) => {
            currentTarget.closest('dialog')?.querySelector<HTMLElement>('[data-first]')?.focus();
            onTold(null);
            void session.undo();
          }}
        >
          Undo
        </button>
      )}
    </>
  );
}

interface NotesProps extends ToldProps {
  notes: readonly DeletedNote[];
  total: number;
  at: number;
  note: DeletedNote;
  onChoose(at: number): void;
}

function Notes({ notes, total, at, note, told, onTold, onChoose, onClose }: NotesProps) {
  const { session, run } = useSession();
  const readOnly = useApp((state) => state.library?.readOnly ?? null);
  const { text, failure, whole } = useNoteText(note);
  const restoring = useRef(false);

  async function restore(): Promise<void> {
    if (failure !== null || readOnly !== null || restoring.current) return;
    restoring.current = true;
    try {
      const text = await whole();
      if (text === null) return;
      await session.notes.restore(note.id, text);
      onTold({ done: `The note on ${nameOf(note)} is back.`, undo: true });
    } catch (error) {
      onTold({ problem: `Not saved. ${failureOf(error).message}` });
    } finally {
      restoring.current = false;
    }
  }

  async function copy(): Promise<void> {
    const text = await whole();
    if (text !== null) onTold(await session.notes.copy(text));
  }

  function show(): void {
    if (note.title === null) return;
    onClose();
    session.triage.leave();
    void session.papers.goTo(note.id);
    run('focusList');
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey || event.shiftKey) return;
    const onButton = event.target instanceof HTMLButtonElement;
    const withMod = event.ctrlKey || event.metaKey;
    if (withMod && event.key === 'z') void session.undo();
    else if (withMod || event.repeat) return;
    else if (event.key === 'Enter' && !onButton) void restore();
    else if (event.key === 'c') void copy();
    else if (event.key === 'o') show();
    else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts of the buttons within
    <div onKeyDown={onKeyDown}>
      <Dialog
        title="Deleted notes"
        onClose={onClose}
        className="kept-notes"
        foot={
          <>
            {told === null && readOnly !== null ? (
              <p className="kept-told">{readOnly}</p>
            ) : (
              <ToldLine told={told} onTold={onTold} />
            )}
            <button type="button" className="button" disabled={note.title === null} onClick={show}>
              Show the paper <ButtonKey of="o" />
            </button>
            <button type="button" className="button" disabled={failure !== null} onClick={() => void copy()}>
              Copy <ButtonKey of="c" />
            </button>
            <button
              type="button"
              className="button main"
              disabled={failure !== null || readOnly !== null}
              onClick={() => void restore()}
            >
              Restore <ButtonKey of="Enter" />
            </button>
          </>
        }
      >
        <div className="kept-panes">
          <KeptList
            label={`${counted(total, 'deleted note')}, the last one first`}
            items={notes}
            keyOf={(item) => item.id}
            chosen={at}
            onChoose={onChoose}
          >
            {(item) => (
              <>
                <span className="kept-when clip" dir="auto">
                  {item.title ?? 'Not in the library'}
                </span>
                <span className="kept-size">{momentInWords(item.replacedAt, Date.now())}</span>
                <span className="kept-excerpt clip" dir="auto">
                  {item.excerpt}
                </span>
              </>
            )}
          </KeptList>
          <section className="kept-detail" aria-label="The chosen note">
            <header className="kept-head">
              <h3 dir="auto">{note.title ?? note.id}</h3>
            </header>
            <p className="kept-summary">
              <span title={longDate(note.replacedAt)}>Deleted {momentInSentence(note.replacedAt, Date.now())}</span>,{' '}
              {counted(note.length, 'character')}.
              {note.title === null &&
                ' Its paper is not in the library any more: a restored note is kept, and is there when the paper is.'}
            </p>
            {failure !== null && (
              <p className="kept-failure" role="alert">
                {failure}
              </p>
            )}
            {text !== null && (
              <section
                className="kept-scroll"
                key={`${note.id} ${note.version}`}
                aria-label="Its text"
                // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be within reach of the keyboard
                tabIndex={0}
              >
                <p className="kept-text" dir="auto">
                  {text}
                </p>
              </section>
            )}
          </section>
        </div>
      </Dialog>
    </div>
  );
}

function nameOf(note: DeletedNote): string {
  return note.title === null ? note.id : `“${note.title}”`;
}
