import { type KeyboardEvent, useId, useRef } from 'react';
import type { LinkedNote } from '../../shared/notes-calls.ts';
import { NoteIcon } from '../icons/icons.tsx';
import { plainLine } from '../notes/plain-line.ts';
import { ShownWords } from '../text/shown-text.tsx';
import './backlinks.css';

/** See {@link Backlinks}. */
export interface BacklinksProps {
  /** At least one. */
  notes: readonly LinkedNote[];
  onOpen(note: LinkedNote): void;
}

/** The papers whose notes link to the one that is shown, each with the line that does. The arrows go through them. */
export function Backlinks({ notes, onOpen }: BacklinksProps) {
  const heading = useId();
  const list = useRef<HTMLUListElement>(null);

  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const all = [...(list.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const next = all[all.indexOf(document.activeElement as HTMLElement) + step];
    // From the first and the last one on, the arrows scroll the page as they do elsewhere.
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  return (
    <section className="backlinks" aria-labelledby={heading} onKeyDown={move}>
      <h3 id={heading}>Linked from</h3>
      <ul ref={list}>
        {notes.map((note) => (
          <li key={note.id}>
            <button type="button" className="backlink" onClick={() => onOpen(note)}>
              <NoteIcon />
              <span className="backlink-title" dir="auto">
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
      </ul>
    </section>
  );
}
