import { useEffect, useRef, useState } from 'react';
import type { PaperId, TextRange } from '../../shared/paper.ts';
import type { NoteCaret } from './note-field.ts';
import type { NoteSaver } from './note-saver.ts';
import { PlainNoteField } from './plain-note-field.tsx';
import { useRichField } from './use-rich-field.ts';
import '../frame/failure-line.css';

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

const noMatches: readonly TextRange[] = [];

/**
 * The note as text to be written. Mounted anew for every paper; takes the focus, at the end. A plain text field is there
 * at once; the editor takes its place when it has been loaded, with what was typed meanwhile.
 */
export function NoteEditor({ id, text, matches, saver, labelledBy, onDone, onLeave }: NoteEditorProps) {
  const [typed, setTyped] = useState(text);
  const [turns, setTurns] = useState(saver.turns);
  const [composing, setComposing] = useState(false);
  const RichField = useRichField();
  const caret = useRef<NoteCaret>(null);

  useEffect(() => () => saver.settle(id), [saver, id]);

  const { kind } = saver.state(id);
  const changedElsewhere = typed !== text && (kind === 'saved' || kind === 'untouched');
  // The reader's own Undo is no surprise, nor is an earlier text that they brought back: it is shown. What is
  // typed here is the saver's text at once, so it is never this that differs.
  if (typed !== text && turns !== saver.turns) {
    setTurns(saver.turns);
    setTyped(text);
  }
  const field = {
    ...{ text: typed, matches: typed === text ? matches : noMatches, labelledBy, onLeave },
    onChange(changed: string) {
      setTyped(changed);
      // What it was written over is what is shown here: of what was changed elsewhere the reader may not have taken note.
      saver.edit(id, changed, typed);
    },
    onBlur(target: EventTarget | null) {
      saver.settle(id);
      if (isElsewhere(target)) onDone();
    },
  };
  return (
    <>
      {changedElsewhere && (
        <div className="failure-line">
          <p className="failure-words">This note was changed elsewhere.</p>
          <button type="button" className="button" onClick={() => setTyped(text)}>
            Show that text
          </button>
        </div>
      )}
      <div className="note-writing">
        {RichField && !composing ? (
          <RichField {...field} caret={caret} />
        ) : (
          <PlainNoteField
            {...field}
            caret={caret}
            onComposing={setComposing}
            onGone={(place) => {
              caret.current = place;
            }}
          />
        )}
      </div>
    </>
  );
}

/** True for what lies outside of the note. From another window or a dialog the reader comes back: they are not elsewhere. */
function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.note, [role="separator"], dialog') === null;
}
