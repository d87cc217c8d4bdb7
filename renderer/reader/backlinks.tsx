import type { LinkedNote } from '../../shared/notes-calls.ts';
import { NoteIcon } from '../icons/icons.tsx';
import { plainLine } from '../notes/plain-line.ts';
import { ShownWords } from '../text/shown-text.tsx';
import { PapersBelow } from './papers-below.tsx';
import './backlinks.css';

/** See {@link Backlinks}. */
export interface BacklinksProps {
  /** At least one. */
  notes: readonly LinkedNote[];
  onOpen(note: LinkedNote): void;
}

/** The papers whose notes link to the one that is shown, each with the line that does. The arrows go through them. */
export function Backlinks({ notes, onOpen }: BacklinksProps) {
  return (
    <PapersBelow heading="Linked from" className="backlinks">
      {notes.map((note) => (
        <li key={note.id}>
          <button type="button" className="paper-below" onClick={() => onOpen(note)}>
            <NoteIcon />
            <span className="paper-below-title" dir="auto">
              {note.title === null ? note.id : <ShownWords text={note.title} />}
            </span>
            <span className="backlink-line" dir="auto">
              {plainLine(note.line).map(({ text, linked }, at) =>
                // The pieces of a line never change their order.
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                linked ? <b key={at}>{text}</b> : text,
              )}
            </span>
          </button>
        </li>
      ))}
    </PapersBelow>
  );
}
