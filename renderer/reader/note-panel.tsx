import { type MouseEvent, useCallback, useEffect, useId, useLayoutEffect, useRef } from 'react';
import type { PaperId, TextRange } from '../../shared/paper.ts';
import { scratchNoteId } from '../../shared/scratch-note.ts';
import { Keys, withKey } from '../frame/key-hint.tsx';
import { WarningIcon } from '../icons/icons.tsx';
import { NoteActionsContext } from '../notes/note-actions.ts';
import { TemplateChoice } from '../notes/template-choice.tsx';
import { tickedTask } from '../notes/ticked-task.ts';
import { useNoteActions } from '../notes/use-note-actions.ts';
import { MarkedText } from '../text/marked-text.tsx';
import { NoteConflict } from './note-conflict.tsx';
import { NoteEditor } from './note-editor.tsx';
import type { NoteSaver, NoteState } from './note-saver.ts';
import { useMarkdown } from './use-markdown.ts';
import { undecidedWords } from './use-unsaved-notice.ts';
import '../frame/failure-line.css';
import './note-panel.css';

interface NotePanelProps {
  id: PaperId;
  /** Its heading, where it is none of a paper. */
  heading?: string;
  /** The note as it is to be shown. */
  text: string;
  /** Where the words that were searched for stand in the text. */
  matches: readonly TextRange[];
  saver: NoteSaver;
  editing: boolean;
  onEdit(): void;
  /** Asked before a task is ticked; says itself why nothing may be written. */
  mayWrite(): boolean;
  /** The writing is over: the focus has gone elsewhere. */
  onDone(): void;
  /** The reader leaves the note by Escape. */
  onLeave(): void;
  /** Shows what the note said before. */
  onHistory(): void;
  onNotice(message: string, kind: 'info' | 'error'): void;
}

/** The private note of a paper: rendered, or as text while it is being written. */
export function NotePanel(props: NotePanelProps) {
  const { id, text, matches, saver, editing, onEdit, onDone, onLeave, onHistory, onNotice } = props;
  const headingId = useId();
  // While it is written, too: when the writing is over, and for a browser that prints it, it is at hand.
  useMarkdown(text !== '');
  const actions = useNoteActions(onNotice);
  const state = saver.state(id);
  const others = saver.failed().filter((failed) => failed !== id).length;
  const [undecided] = saver.undecided().filter((other) => other !== id);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      onNotice('Note copied', 'info');
    } catch {
      onNotice('The system did not let Offprint use the clipboard. Select the text and copy it by hand.', 'error');
    }
  }

  /** Ticks a task of the note, or takes the tick away. */
  function tick(at: number): void {
    const ticked = props.mayWrite() ? tickedTask(text, at) : null;
    if (ticked === null) return;
    saver.edit(id, ticked, text);
    saver.settle(id);
  }

  return (
    <div className="note">
      <header className="note-head">
        <h3 id={headingId}>{props.heading ?? 'Note'}</h3>
        <p className="note-state" role="status">
          {stateInWords(state, text)}
        </p>
        {(editing || text !== '') && (
          <button
            type="button"
            className="in-text"
            title={withKey('Earlier versions of the note', 'noteHistory')}
            // The focus stays in a note that is being written, and so comes back to it.
            onMouseDown={(event) => event.preventDefault()}
            onClick={onHistory}
          >
            History
          </button>
        )}
        {!editing && text !== '' && (
          <button type="button" className="in-text" title={withKey('Edit the note', 'editNote')} onClick={onEdit}>
            Edit
          </button>
        )}
      </header>
      {state.kind === 'failed' && (
        <div className="failure-line" role="alert">
          <WarningIcon />
          <p className="failure-words">Not saved. {state.message} The text is kept here.</p>
          <button type="button" className="button" onClick={() => saver.retry()}>
            Retry
          </button>
          <button type="button" className="button" onClick={() => void copy()}>
            Copy
          </button>
        </div>
      )}
      {state.kind === 'conflict' && <NoteConflict id={id} saved={state.saved} saver={saver} />}
      {others > 0 && (
        <div className="failure-line" role="alert">
          <WarningIcon />
          <p className="failure-words">
            {others === 1 ? 'The note of another paper is' : `The notes of ${others} other papers are`} not saved.
          </p>
          <button type="button" className="button" onClick={() => saver.retry()}>
            Retry
          </button>
        </div>
      )}
      {undecided !== undefined && (
        <div className="failure-line" role="alert">
          <WarningIcon />
          <p className="failure-words">{undecidedWords(undecided)}</p>
          {actions && undecided !== scratchNoteId && (
            <button type="button" className="button" onClick={() => actions.openPaper(undecided)}>
              Show
            </button>
          )}
        </div>
      )}
      <NoteActionsContext value={actions}>
        {editing ? (
          <NoteEditor
            key={id}
            id={id}
            text={text}
            matches={matches}
            saver={saver}
            labelledBy={headingId}
            onDone={onDone}
            onLeave={onLeave}
          />
        ) : (
          <RenderedNote
            {...{ id, text, matches, onEdit }}
            labelledBy={headingId}
            hasKey={props.heading === undefined}
            onTick={tick}
          />
        )}
      </NoteActionsContext>
      {text === '' && props.heading === undefined && <TemplateChoice id={id} onBegun={onEdit} />}
    </div>
  );
}

/** Says "Saved" only of what is on the disk; nothing while a pause or a quick save is under way. */
function stateInWords(state: NoteState, text: string): string {
  if (state.kind === 'saved' || (state.kind === 'untouched' && text !== '')) return 'Saved';
  return state.kind === 'unsaved' && state.slow ? 'Saving…' : '';
}

interface RenderedNoteProps extends Pick<NotePanelProps, 'id' | 'text' | 'matches'> {
  labelledBy: string;
  /** Whether the key for notes begins this one. */
  hasKey: boolean;
  onEdit(): void;
  onTick(at: number): void;
}

function RenderedNote({ id, text, matches, labelledBy, hasKey, onEdit, onTick }: RenderedNoteProps) {
  const Markdown = useMarkdown(text !== '');
  const region = useRef<HTMLElement>(null);
  const latest = useRef(onTick);
  useEffect(() => {
    latest.current = onTick;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another note is the reason to scroll
  useLayoutEffect(() => {
    if (region.current) region.current.scrollTop = 0;
  }, [id]);
  // The same at all times: a text is parsed anew with another.
  const tick = useCallback((at: number) => latest.current(at), []);
  if (text === '') {
    return (
      <button type="button" className="note-empty" onClick={onEdit}>
        Write a note {hasKey && <Keys of="n" />}
      </button>
    );
  }

  function onClick(event: MouseEvent<HTMLElement>): void {
    const onLink = event.target instanceof Element && event.target.closest('a, button, input, img') !== null;
    if (!onLink && (getSelection()?.isCollapsed ?? true)) onEdit();
  }

  return (
    <section
      ref={region}
      className="note-scroll"
      aria-labelledby={labelledBy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be within reach of the keyboard
      tabIndex={0}
      onClick={onClick}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
        event.preventDefault();
        onEdit();
      }}
    >
      {Markdown ? (
        <Markdown text={text} ranges={matches} onTick={tick} />
      ) : (
        <p className="as-written">
          <MarkedText text={text} ranges={matches} />
        </p>
      )}
    </section>
  );
}
