import { type KeyboardEvent, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Dialog } from '../dialogs/dialog.tsx';
import { ButtonKey } from '../frame/button-key.tsx';
import { useSession } from '../frame/session-context.ts';
import { longDate } from '../list/dates.ts';
import { useMarkdown } from '../reader/use-markdown.ts';
import { counted } from '../state/import-words.ts';
import { notesByDay } from './by-day.ts';
import { dayInWords, timeInWords } from './moments.ts';
import { plainExcerpt } from './plain-line.ts';
import { type NoteLine, useAllNotes } from './use-all-notes.ts';
import { useWholeNote } from './use-whole-note.ts';
import './notes.css';
import './all-notes.css';

/** Lines before the end of the list from which on more of them are read. */
const ahead = 20;
/** Lines that a page key moves by. */
const page = 6;

/** Every note by the day that it was changed on, the last one first; found by typing, and printed. */
export function AllNotesDialog({ onClose }: { onClose(): void }) {
  const { session } = useSession();
  const [find, setFind] = useState('');
  const [chosen, setChosen] = useState({ id: '', at: 0 });
  const [all, more] = useAllNotes(find.trim(), (error) => session.toasts.fail(error));
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const notes = all?.notes ?? [];
  const found = notes.findIndex((note) => note.id === chosen.id);
  const at = found >= 0 ? found : Math.min(chosen.at, notes.length - 1);
  const note = notes[at] ?? null;
  const days = useMemo(() => notesByDay(notes, Date.now()), [notes]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was chosen may be out of sight
  useLayoutEffect(() => {
    const line = list.current?.querySelector('[aria-selected="true"]');
    // With the heading of its day, where it is the first.
    if (at === 0) list.current?.scrollTo({ top: 0 });
    else line?.scrollIntoView({ block: 'nearest' });
  }, [at, all]);

  function choose(next: number): void {
    setChosen({ id: notes[next]?.id ?? '', at: next });
    if (next >= notes.length - ahead) more();
  }

  function open(): void {
    if (note === null) return;
    if (note.title === null) {
      session.toasts.show('notice', `This paper is not in your library: ${note.id}`, { topic: 'opening' });
      return;
    }
    onClose();
    session.triage.leave();
    void session.papers.goTo(note.id);
  }

  const print = () => void session.printing.printNotes(find.trim());

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || event.altKey) return;
    const inFind = event.target instanceof HTMLInputElement;
    const onButton = event.target instanceof HTMLButtonElement || event.target instanceof HTMLAnchorElement;
    const withMod = event.ctrlKey || event.metaKey;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const step = steps[event.key];
    if (withMod && event.key === 'p') print();
    else if (withMod || event.shiftKey) return;
    else if (step !== undefined && inFind) choose(Math.min(Math.max(at + step, 0), notes.length - 1));
    else if (event.key === 'Enter' && !onButton) open();
    else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts of what is within
    <div onKeyDown={onKeyDown}>
      <Dialog
        title="Notes by date"
        onClose={onClose}
        className="kept-notes all-notes"
        foot={
          <>
            <p className="kept-told" role="status">
              {all && (all.total === 0 ? nothing(all.find) : counted(all.total, 'note'))}
            </p>
            <button type="button" className="button" disabled={notes.length === 0} onClick={print}>
              {find.trim() === '' ? 'Print all' : 'Print these'} <ButtonKey of="Mod+p" />
            </button>
            <button type="button" className="button main" disabled={note === null} onClick={open}>
              Open <ButtonKey of="Enter" />
            </button>
          </>
        }
      >
        <div className="all-notes-find">
          <input
            type="search"
            className="field"
            role="combobox"
            aria-label="Find in notes"
            placeholder="Find in notes and titles"
            aria-expanded={notes.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={note ? `${id}-${at}` : undefined}
            autoComplete="off"
            spellCheck={false}
            maxLength={1000}
            data-first
            value={find}
            onChange={({ target }) => {
              setFind(target.value);
              setChosen({ id: '', at: 0 });
            }}
          />
        </div>
        <div className="kept-panes">
          <div
            ref={list}
            role="listbox"
            id={`${id}-list`}
            className="kept-list"
            aria-label="Notes, the last changed first"
            onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
              if (scrollTop + 2 * clientHeight > scrollHeight) more();
            }}
          >
            {days.map(({ day, from, notes: ofDay }) => (
              // biome-ignore lint/a11y/useSemanticElements: a group of options is no group of controls
              <div key={`${day} ${from}`} role="group" aria-label={day === '' ? 'Some time' : day}>
                <div className="all-notes-day" aria-hidden="true">
                  {day === '' ? 'Some time' : day}
                </div>
                {ofDay.map((each, place) => (
                  <Line
                    key={each.id}
                    note={each}
                    id={`${id}-${from + place}`}
                    selected={from + place === at}
                    onClick={() => choose(from + place)}
                  />
                ))}
              </div>
            ))}
          </div>
          {note ? <Shown note={note} /> : <section className="kept-detail" aria-label="The chosen note" />}
        </div>
      </Dialog>
    </div>
  );
}

function nothing(find: string): string {
  return find === '' ? 'There are no notes yet. Press n at a paper to write one.' : 'No note has that.';
}

interface LineProps {
  note: NoteLine;
  id: string;
  selected: boolean;
  onClick(): void;
}

function Line({ note, id, selected, onClick }: LineProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
    // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus
    <div
      id={id}
      role="option"
      aria-selected={selected}
      className="kept-line"
      // The focus stays in the field.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      <span className="kept-when clip" dir="auto">
        {note.title ?? 'Not in the library'}
      </span>
      <span className="kept-size">{note.changedAt !== null && timeInWords(note.changedAt)}</span>
      <span className="kept-excerpt clip" dir="auto">
        {plainExcerpt(note.excerpt).slice(0, 200)}
      </span>
    </div>
  );
}

/** The chosen note, as it is read. */
function Shown({ note }: { note: NoteLine }) {
  const { text, isWhole } = useWholeNote(note);
  const Markdown = useMarkdown(true);
  const { changedAt } = note;
  return (
    <section className="kept-detail" aria-label="The chosen note">
      <header className="kept-head">
        <h3 dir="auto">{note.title ?? note.id}</h3>
      </header>
      <p className="kept-summary">
        {changedAt !== null && (
          <span title={longDate(changedAt)}>
            {dayInWords(changedAt, Date.now())}, {timeInWords(changedAt)}
          </span>
        )}
        {note.title === null && '. Its paper is not in the library any more.'}
      </p>
      <section
        className="kept-scroll"
        key={note.id}
        aria-label="Its text"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be within reach of the keyboard
        tabIndex={0}
      >
        <div className="all-notes-text" dir="auto">
          {Markdown ? <Markdown text={text} /> : <p className="kept-text">{text}</p>}
          {!isWhole && <p className="all-notes-more">…</p>}
        </div>
      </section>
    </section>
  );
}
