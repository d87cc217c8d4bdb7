import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Row } from '../../shared/paper.ts';
import { onMac } from '../commands/use-keyboard.ts';
import { KeyCaps } from '../frame/key-hint.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { SearchIcon } from '../icons/icons.tsx';
import { shortAuthors } from '../list/cells.tsx';
import { copyCitationKeys, copyCitations } from '../state/citing.ts';
import { ShownWords } from '../text/shown-text.tsx';
import { type Entry, type EntryGroup, entriesFor } from './entries.ts';
import { useFoundPapers } from './use-found-papers.ts';
import './palette.css';

/** One line of the palette: something to do, or a paper to go to. */
type Choice = { entry: Entry } | { paper: Row };

/** Lines that a page key moves by. */
const page = 8;

/** Everything that can be done, found by typing a few letters, and papers by their titles. */
export function PaletteDialog({ onClose }: { onClose(): void }) {
  const { session, run } = useSession();
  const state = useApp((all) => all);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const { papers, searching } = useFoundPapers(session.client, typed);
  const groups = entriesFor(typed, state, session.recent);
  const choices: Choice[] = [
    ...groups.flatMap((group) => group.entries.map((entry) => ({ entry }))),
    ...papers.map((paper) => ({ paper })),
  ];
  const at = Math.min(active, choices.length - 1);

  // A layout effect, because its end comes while the dialog is still in the page.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector('input')?.focus();
    return () => {
      element?.close();
      if (document.activeElement === null || document.activeElement === document.body)
        document.querySelector<HTMLElement>('.triage-page, [role="grid"]')?.focus();
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was chosen may be out of sight
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, typed]);

  function choose(choice: Choice | undefined): void {
    if (!choice || ('entry' in choice && choice.entry.disabled)) return;
    // First the dialog goes and gives the focus back; then the command may take it elsewhere.
    flushSync(onClose);
    if ('paper' in choice) {
      session.triage.leave();
      void session.papers.goTo(choice.paper.id);
      run('focusList');
      return;
    }
    const { what } = choice.entry;
    if ('template' in what) {
      const { currentId } = session.store.get();
      if (currentId === null) return;
      void session.notes.begin(currentId, what.template).then((begun) => begun && run('editNote'));
    } else if ('cite' in what) {
      void (what.cite === 'key' ? copyCitationKeys(session) : copyCitations(session, what.cite));
    } else if ('view' in what) {
      session.triage.leave();
      session.goTo(what.view);
      run('focusList');
    } else {
      session.recent = [what.command, ...session.recent.filter((other) => other !== what.command)];
      run(what.command);
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const step = steps[event.key];
    const again = event.key.toLowerCase() === 'k' && (onMac ? event.metaKey : event.ctrlKey);
    if (step !== undefined && choices.length > 0) {
      // One step goes round; a page stops at the end.
      const next = at + step;
      if (Math.abs(step) === 1) setActive((next + choices.length) % choices.length);
      else setActive(Math.min(Math.max(next, 0), choices.length - 1));
    } else if (event.key === 'Enter') choose(choices[at]);
    else if (again) onClose();
    else return;
    event.preventDefault();
  }

  const option = (place: number) => ({
    role: 'option',
    id: `${id}-${place}`,
    'aria-selected': place === at,
    className: 'palette-option',
    onMouseDown: (event: React.MouseEvent) => event.preventDefault(),
    onMouseMove: () => setActive(place),
    onClick: () => choose(choices[place]),
  });
  let place = 0;
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label="Commands and papers"
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className="palette-head">
        <SearchIcon />
        <input
          className="palette-input"
          role="combobox"
          aria-label="Command, view or paper"
          placeholder="Command, view or paper"
          aria-expanded={choices.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setActive(0);
          }}
        />
      </div>
      <div ref={list} role="listbox" id={`${id}-list`} className="palette-list" aria-label="Commands, views and papers">
        {groups.map((group: EntryGroup) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options is no group of controls
          <div key={group.heading} role="group" aria-label={group.heading}>
            <div className="palette-heading" aria-hidden="true">
              {group.heading}
            </div>
            {group.entries.map((entry) => (
              <div key={entry.key} {...option(place++)} aria-disabled={entry.disabled}>
                <span className="palette-label clip">
                  <MarkedLetters text={entry.label} ranges={entry.ranges} />
                </span>
                {entry.kind !== group.heading && <span className="palette-kind">{entry.kind}</span>}
                {entry.stroke !== null && <KeyCaps of={entry.stroke} />}
              </div>
            ))}
          </div>
        ))}
        {papers.length > 0 && (
          // biome-ignore lint/a11y/useSemanticElements: as above
          <div role="group" aria-label="Papers">
            <div className="palette-heading" aria-hidden="true">
              Papers
            </div>
            {papers.map((paper) => (
              <div key={paper.id} {...option(place++)}>
                <span className="palette-title clip" dir="auto">
                  <ShownWords text={paper.title} ranges={paper.titleMatches} />
                </span>
                <span className="palette-kind clip">
                  {[shortAuthors(paper.authors), paper.published?.slice(0, 4)].filter(Boolean).join(', ')}
                </span>
              </div>
            ))}
          </div>
        )}
      </div>
      {choices.length === 0 && !searching && <p className="palette-none">Nothing is called that.</p>}
      <p role="status" className="unseen">
        {typed.trim() !== '' && !searching && (choices.length === 0 ? 'Nothing found' : `${choices.length} found`)}
      </p>
    </dialog>
  );
}

/** The typed letters in a label, a little stronger than the rest. */
function MarkedLetters({ text, ranges }: { text: string; ranges: Entry['ranges'] }) {
  const pieces: React.ReactNode[] = [];
  let from = 0;
  for (const [start, end] of ranges) {
    pieces.push(text.slice(from, start), <b key={start}>{text.slice(start, end)}</b>);
    from = end;
  }
  return (
    <>
      {pieces}
      {text.slice(from)}
    </>
  );
}
