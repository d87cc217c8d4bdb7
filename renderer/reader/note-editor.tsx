import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { PaperId } from '../../shared/paper.ts';
import type { NoteSaver } from './note-saver.ts';

interface NoteEditorProps {
  id: PaperId;
  /** The note as it is known now. What is typed goes before it. */
  text: string;
  saver: NoteSaver;
  labelledBy: string;
  /** The focus went elsewhere in the window. */
  onDone(): void;
  /** Escape was pressed. */
  onLeave(): void;
}

/** The note as text to be written. Mounted anew for every paper; takes the focus, at the end. */
export function NoteEditor({ id, text, saver, labelledBy, onDone, onLeave }: NoteEditorProps) {
  const [typed, setTyped] = useState(text);
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    const { current } = field;
    if (!current) return;
    current.focus();
    current.setSelectionRange(current.value.length, current.value.length);
    current.scrollTop = current.scrollHeight;
  }, []);

  useEffect(() => () => saver.settle(id), [saver, id]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    onLeave();
  }

  const { kind } = saver.state(id);
  const changedElsewhere = typed !== text && (kind === 'saved' || kind === 'untouched');
  return (
    <>
      {changedElsewhere && (
        <div className="note-failure">
          <p className="failure-words">This note was changed elsewhere.</p>
          <button type="button" className="button" onClick={() => setTyped(text)}>
            Show that text
          </button>
        </div>
      )}
      <textarea
        ref={field}
        className="note-text"
        dir="auto"
        aria-labelledby={labelledBy}
        placeholder="Write in Markdown. It saves itself."
        spellCheck
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          saver.edit(id, event.target.value);
        }}
        onBlur={(event) => {
          saver.settle(id);
          if (isElsewhere(event.relatedTarget)) onDone();
        }}
        onKeyDown={onKeyDown}
      />
    </>
  );
}

/** True for what lies outside of the note. Another window is not elsewhere: the reader comes back from it. */
function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.note, [role="separator"]') === null;
}
