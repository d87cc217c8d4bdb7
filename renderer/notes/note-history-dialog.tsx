import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { NoteVersion } from '../../shared/note-versions.ts';
import { failureOf } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import { Dialog } from '../dialogs/dialog.tsx';
import { ButtonKey } from '../frame/button-key.tsx';
import { KeyCaps, Keys } from '../frame/key-hint.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { longDate } from '../list/dates.ts';
import { counted } from '../state/import-words.ts';
import type { NoteNow } from '../state/note-actions.ts';
import { type DifferencePiece, textDifference, withGaps } from '../text/text-difference.ts';
import { restoringInWords } from './count-words.ts';
import { KeptList } from './kept-list.tsx';
import { momentInWords } from './moments.ts';
import { ShownDifference } from './shown-difference.tsx';
import { WithUndoKey } from './undo-key.tsx';
import { useNoteText } from './use-note-text.ts';
import './notes.css';

/** Characters of what is the same that are shown on each side of a change. */
const around = 240;

interface NoteHistoryDialogProps {
  id: PaperId;
  onClose(): void;
}

/** What the note of a paper said before, each text beside the one of now; any of them can be brought back. */
export function NoteHistoryDialog({ id, onClose }: NoteHistoryDialogProps) {
  const { session } = useSession();
  const libraryVersion = useApp((state) => state.library?.version);
  const [history, setHistory] = useState<{ now: NoteNow; versions: NoteVersion[] } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew whenever the library has changed
  useEffect(() => {
    let stale = false;
    const read = async () => {
      const now = await session.notes.now(id);
      const { versions } = await session.client.call('notes.versions', { id });
      if (!stale) setHistory({ now, versions });
    };
    read().catch((error: unknown) => {
      if (stale) return;
      session.toasts.fail(error);
      onClose();
    });
    return () => {
      stale = true;
    };
  }, [session, id, libraryVersion]);

  if (history === null) return null;
  if (history.versions.length === 0) return <NoVersions title={history.now.title} onClose={onClose} />;
  return <Versions id={id} now={history.now} versions={history.versions} onClose={onClose} />;
}

function NoVersions({ title, onClose }: { title: string | null; onClose(): void }) {
  return (
    <WithUndoKey>
      <Dialog
        title="Earlier versions of the note"
        onClose={onClose}
        className="confirm"
        foot={
          <button type="button" className="button main" onClick={onClose}>
            Close
          </button>
        }
      >
        <p>
          There are none yet{title !== null && ' of the note on '}
          {title !== null && <span dir="auto">“{title}”</span>}.
        </p>
        <p className="quiet">
          A text is kept when another takes its place after a minute or more, or when much of it is taken away. What was
          changed a moment ago, <Keys of="Mod+z" /> brings back.
        </p>
      </Dialog>
    </WithUndoKey>
  );
}

interface VersionsProps extends NoteHistoryDialogProps {
  now: NoteNow;
  versions: readonly NoteVersion[];
}

function Versions({ id, now, versions, onClose }: VersionsProps) {
  const { session } = useSession();
  const readOnly = useApp((state) => state.library?.readOnly ?? null);
  const [chosen, setChosen] = useState(versions[0]?.version ?? '');
  const [plain, setPlain] = useState(false);
  const [told, setTold] = useState<{ done: string } | { problem: string } | null>(null);
  const restoring = useRef(false);
  const at = Math.max(
    versions.findIndex(({ version }) => version === chosen),
    0,
  );
  const version = versions[at];
  const { text, failure, whole } = useNoteText(version ? { id, version: version.version } : null);
  const pieces = useMemo(() => (text === null ? null : textDifference(text, now.text)), [text, now.text]);
  const refusal = refusalToRestore(text, now, readOnly);

  async function restore(): Promise<void> {
    if (failure !== null || refusal !== null || restoring.current) return;
    restoring.current = true;
    try {
      const text = await whole();
      if (text === null || text === now.text) return;
      await session.notes.restore(id, text);
      const undo = { label: 'Undo', run: () => void session.undo() };
      onClose();
      session.toasts.show('done', 'The earlier note is back', { action: undo, topic: 'mark' });
    } catch (error) {
      setTold({ problem: `Not saved. ${failureOf(error).message} The text is kept with its paper.` });
    } finally {
      restoring.current = false;
    }
  }

  async function copy(): Promise<void> {
    const text = await whole();
    if (text !== null) setTold(await session.notes.copy(text));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey || event.shiftKey) return;
    const onButton = event.target instanceof HTMLButtonElement;
    const withMod = event.ctrlKey || event.metaKey;
    if (withMod && event.key === 'z') void session.undo();
    else if (withMod || event.repeat) return;
    else if (event.key === 'Enter' && !onButton) void restore();
    else if (event.key === 'c') void copy();
    else if (event.key === 'd') setPlain((before) => !before);
    else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts of the buttons within
    <div onKeyDown={onKeyDown}>
      <Dialog
        title="Earlier versions of the note"
        onClose={onClose}
        className="kept-notes"
        foot={
          <>
            <p className="kept-told" role="status" data-problem={told !== null && 'problem' in told ? true : undefined}>
              {told === null ? refusal : 'done' in told ? told.done : told.problem}
            </p>
            <button type="button" className="button" disabled={failure !== null} onClick={() => void copy()}>
              Copy <ButtonKey of="c" />
            </button>
            <button
              type="button"
              className="button main"
              disabled={failure !== null || refusal !== null}
              onClick={() => void restore()}
            >
              Restore <ButtonKey of="Enter" />
            </button>
          </>
        }
      >
        {now.title !== null && (
          <p className="kept-paper clip" dir="auto">
            {now.title}
          </p>
        )}
        <div className="kept-panes">
          <KeptList
            label="Earlier versions, newest first"
            items={versions}
            keyOf={(item) => item.version}
            chosen={at}
            onChoose={(next) => {
              setChosen(versions[next]?.version ?? '');
              setTold(null);
            }}
          >
            {(item) => <VersionLine version={item} />}
          </KeptList>
          {version && (
            <section className="kept-detail" aria-label="The chosen version">
              <header className="kept-head">
                <h3 title={longDate(version.writtenAt)}>{momentInWords(version.writtenAt, Date.now())}</h3>
                <fieldset className="kept-ways">
                  <legend className="unseen">Show as</legend>
                  <Way label="Changes" checked={!plain} onChoose={() => setPlain(false)} />
                  <Way label="Text" checked={plain} onChoose={() => setPlain(true)} />
                  <KeyCaps of="d" />
                </fieldset>
              </header>
              {failure !== null && (
                <p className="kept-failure" role="alert">
                  {failure}
                </p>
              )}
              <p className="kept-summary" role="status">
                {pieces && <Summary pieces={pieces} isNow={text === now.text} />}
              </p>
              {text !== null && (
                <section
                  className="kept-scroll"
                  key={version.version}
                  aria-label="Its text"
                  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be within reach of the keyboard
                  tabIndex={0}
                >
                  {plain || pieces === null ? (
                    <p className="kept-text" dir="auto">
                      {text}
                    </p>
                  ) : (
                    <ShownDifference pieces={withGaps(pieces, around)} />
                  )}
                </section>
              )}
            </section>
          )}
        </div>
      </Dialog>
    </div>
  );
}

/** Why a text cannot take the place of the one of now, or null. */
function refusalToRestore(text: string | null, now: NoteNow, readOnly: string | null): string | null {
  if (readOnly !== null) return readOnly;
  if (!now.saved) return 'What the note says now is not saved. Save or copy it before another text takes its place.';
  return text === now.text ? 'The note says just this now.' : null;
}

function VersionLine({ version }: { version: NoteVersion }) {
  return (
    <>
      <span className="kept-when">{momentInWords(version.writtenAt, Date.now())}</span>
      <span className="kept-size count">{counted(version.length, 'character')}</span>
      <span className="kept-excerpt clip" dir="auto">
        {version.excerpt}
      </span>
    </>
  );
}

function Way({ label, checked, onChoose }: { label: string; checked: boolean; onChoose(): void }) {
  return (
    <label>
      <input type="radio" name="kept-way" checked={checked} onChange={onChoose} />
      {label}
    </label>
  );
}

/** What restoring would do; its words are marked as they are in the difference, and so explain it. */
function Summary({ pieces, isNow }: { pieces: readonly DifferencePiece[]; isNow: boolean }) {
  if (isNow) return null;
  const { back, gone } = restoringInWords(pieces);
  if (back === 0 && gone === 0) return <>Only spaces, line ends or signs are others.</>;
  return (
    <>
      Restoring it{' '}
      {back > 0 && (
        <>
          brings back <ins>{counted(back, 'word')}</ins>
        </>
      )}
      {back > 0 && gone > 0 && ' and '}
      {gone > 0 && (
        <>
          takes away <del>{counted(gone, 'word')}</del>
        </>
      )}
      .
    </>
  );
}
