import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { PaperId, TextRange } from '../../shared/paper.ts';
import { MarkedText } from '../text/marked-text.tsx';
import type { NoteSaver } from './note-saver.ts';

interface NoteEditorProps {
  id: PaperId;
  /** The note as it is known now. What is typed goes before it. */
  text: string;
  /** Where the words that were searched for stand in the text; they are marked until it is changed. */
  matches: readonly TextRange[];
  saver: NoteSaver;
  labelledBy: string;
  /** The focus went elsewhere in the window. */
  onDone(): void;
  /** Escape was pressed. */
  onLeave(): void;
}

/**
 * The note as text to be written. Mounted anew for every paper; takes the focus, at the end. A text
 * field can mark nothing in its text: the matches are marked behind it, on a copy that scrolls with it.
 */
export function NoteEditor({ id, text, matches, saver, labelledBy, onDone, onLeave }: NoteEditorProps) {
  const [typed, setTyped] = useState(text);
  const [turns, setTurns] = useState(saver.turns);
  const field = useRef<HTMLTextAreaElement>(null);
  const behind = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const { current } = field;
    if (!current) return;
    current.focus();
    current.setSelectionRange(current.value.length, current.value.length);
    current.scrollTop = current.scrollHeight;
  }, []);

  useLayoutEffect(() => {
    if (behind.current && field.current) behind.current.scrollTop = field.current.scrollTop;
  });

  useEffect(() => () => saver.settle(id), [saver, id]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    onLeave();
  }

  const { kind } = saver.state(id);
  const changedElsewhere = typed !== text && (kind === 'saved' || kind === 'untouched');
  // The reader's own Undo is no surprise, nor is an earlier text that they brought back: it is shown. What is
  // typed here is the saver's text at once, so it is never this that differs.
  if (typed !== text && turns !== saver.turns) {
    setTurns(saver.turns);
    setTyped(text);
  }
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
      <div className="note-writing">
        {matches.length > 0 && typed === text && (
          <div ref={behind} className="note-behind" aria-hidden="true" dir="auto">
            <MarkedText text={`${text}\n`} ranges={matches} />
          </div>
        )}
        <textarea
          ref={field}
          className="note-text"
          dir="auto"
          aria-labelledby={labelledBy}
          placeholder="Write in Markdown. It saves itself."
          spellCheck
          // Else browsers write what is typed into their own files, to bring it back after a restart.
          autoComplete="off"
          value={typed}
          onScroll={({ currentTarget }) => {
            if (behind.current) behind.current.scrollTop = currentTarget.scrollTop;
          }}
          onChange={(event) => {
            setTyped(event.target.value);
            saver.edit(id, event.target.value, text);
          }}
          onBlur={(event) => {
            saver.settle(id);
            if (isElsewhere(event.relatedTarget)) onDone();
          }}
          onKeyDown={onKeyDown}
        />
      </div>
    </>
  );
}

/** True for what lies outside of the note. From another window or a dialog the reader comes back: they are not elsewhere. */
function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.note, [role="separator"], dialog') === null;
}
