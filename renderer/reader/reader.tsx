import {
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { flushSync } from 'react-dom';
import type { Client } from '../../shared/client.ts';
import type { MarkChange } from '../../shared/contract.ts';
import type { Paper, PaperId, TextRange } from '../../shared/paper.ts';
import type { PageActions } from '../commands/run-reading.ts';
import { webAddress } from '../state/paper-links.ts';
import type { AbstractHandle } from './abstract-text.tsx';
import { FocusBar } from './focus-bar.tsx';
import type { LoadedPaper } from './kept-papers.ts';
import { MatchCount } from './match-count.tsx';
import { NotePanel } from './note-panel.tsx';
import { noteSaverOf } from './note-saver-of.ts';
import { PaperPage } from './paper-page.tsx';
import { quoteOf, withQuote } from './quote.ts';
import { ReaderSplit } from './reader-split.tsx';
import { scrollByPage } from './scroll-by-page.ts';
import { Toolbar } from './toolbar.tsx';
import { useHighlights } from './use-highlights.ts';
import { useMatches } from './use-matches.ts';
import { usePaper } from './use-paper.ts';
import { useUnsavedNotice } from './use-unsaved-notice.ts';
import '../frame/failure-line.css';
import '../styles/links.css';
import './paper-page.css';
import './reader.css';

/** What the window asks of the reader pane. */
export interface ReaderHandle {
  /** What commands do with the page; null where no paper is shown. */
  page(): PageActions | null;
  /** Scrolls the page by about its height. Answers false when it was at that end already. */
  scrollPage(direction: 1 | -1): boolean;
  /** Puts the focus on the page. */
  focusReader(): void;
  /** Opens the note for writing; of the chosen paper as soon as it is there. */
  focusNote(): void;
  /**
   * Saves everything typed. Rejects with an `OffprintError` when a note could not be saved; its
   * text is kept, and the window should not close.
   */
  flush(): Promise<void>;
}

/** See {@link Reader}. */
export interface ReaderProps {
  ref?: Ref<ReaderHandle> | undefined;
  /** The paper to show, or null. */
  paperId: PaperId | null;
  /** How many papers are selected; beyond one they are summed up instead of shown. */
  selectionCount: number;
  /** The search text, whose words are marked. */
  query: string;
  client: Client;
  /** Grows when papers may have changed. */
  revision: number;
  /** The papers that may be chosen next. */
  next(): readonly PaperId[];
  /** Sets status or star on what is selected. */
  onMark(change: MarkChange): void;
  onEditTags(): void;
  /** Shows the papers with a tag. */
  onTag(tag: string): void;
  /** Shows the papers of a source. */
  onSource(source: number): void;
  onBack(): void;
  /** True when the reader covers the list, and so needs a way back. */
  covering: boolean;
  /** True when nothing else of the window is shown. */
  alone: boolean;
  onLeaveAlone(): void;
  /** Whether the text of the paper is shown as it came. */
  original: boolean;
  onOriginal(): void;
  /** False where nothing can be changed. */
  canChange: boolean;
  /** Says that something was done which Undo takes back. */
  onDid(label: string): void;
  /** The note's share of the page, in percent. */
  noteSize: number;
  onNoteSize(percent: number): void;
  onNotice(message: string, kind: 'info' | 'error'): void;
  /** Asked before the note is opened for writing; says itself why it may not be. */
  mayWrite(): boolean;
  /** Shows what the note said before. */
  onNoteHistory(): void;
  /** What stands around a paper on its page; see `PaperPageProps`. */
  around?(paper: Paper): { before: ReactNode; after: ReactNode };
  /** Told of the paper that is shown, whole, and of its going. */
  onShow?(shown: LoadedPaper | null): void;
}

/** The reader pane: a paper's page with its note, what is selected, or how to begin. */
export function Reader(props: ReaderProps) {
  const { ref, paperId, selectionCount, query, client, revision, onMark, onEditTags, onBack, covering, mayWrite } =
    props;
  const saver = noteSaverOf(client);
  useSyncExternalStore(saver.subscribe, saver.changes);
  const several = selectionCount > 1;
  const { loaded, failure, slow, retry } = usePaper(client, saver, {
    id: paperId,
    query,
    revision,
    next: props.next,
  });
  const paper = several ? null : (loaded?.paper ?? null);
  const shownId = paper?.id ?? null;
  const titleId = useId();
  const root = useRef<HTMLElement>(null);
  const page = useRef<HTMLElement>(null);
  const [editing, setEditing] = useState<PaperId | null>(null);
  // Going to another paper, or to several, ends the writing.
  if (editing !== null && (editing !== paperId || several)) setEditing(null);
  useEffect(() => {
    if (editing !== null) return () => saver.settle(editing);
    return;
  }, [saver, editing]);

  const { onShow } = props;
  const shown = several ? null : loaded;
  useEffect(() => onShow?.(shown), [onShow, shown]);

  useUnsavedNotice({ failed: saver.failed(), undecided: saver.undecided() }, shownId, props.onNotice);

  const { onNotice } = props;
  const onFailure = useCallback((message: string) => onNotice(message, 'error'), [onNotice]);
  const highlighting = useHighlights(client, paper, onFailure);
  const matches = useMatches(root, paper);
  const abstract = useRef<AbstractHandle>(null);

  /** Puts a quote at the end of the note, and the caret behind it. */
  const quote = (text: string) => {
    if (!paper || !loaded || !mayWrite()) return;
    const now = saver.text(paper.id, { note: paper.note, stamp: loaded.stamp });
    // A note that is being written is begun anew with the quote in it, at its end.
    flushSync(() => setEditing(null));
    saver.edit(paper.id, withQuote(now, quoteOf(text)), now);
    setEditing(paper.id);
  };

  useImperativeHandle(
    ref,
    () => ({
      scrollPage: (direction) => scrollByPage(page.current, direction),
      focusReader: () => page.current?.focus(),
      focusNote: () => {
        if (several || !mayWrite()) return;
        setEditing(paperId);
        root.current?.querySelector<HTMLElement>('[data-note-field]')?.focus();
      },
      flush: () => saver.flush(),
      page: () =>
        shownId === null
          ? null
          : {
              stepMatch: matches.step,
              hasMatches: matches.any,
              hasSelection: () => abstract.current?.hasSelection() ?? false,
              highlight: () => abstract.current?.highlight(),
              quote: () => abstract.current?.quote() ?? false,
            },
    }),
    [saver, paperId, several, mayWrite, shownId, matches],
  );

  const note = paper && loaded ? saver.text(paper.id, { note: paper.note, stamp: loaded.stamp }) : '';
  const marks = paper ?? (several ? { status: null, starred: false } : null);
  return (
    <section className="reader" data-pane="reader" data-alone={props.alone} aria-label="Reader" ref={root}>
      {props.alone ? (
        <FocusBar marks={marks} onLeave={props.onLeaveAlone} />
      ) : (
        <Toolbar
          marks={marks}
          address={paper && webAddress(paper)}
          covering={covering}
          onMark={onMark}
          onEditTags={onEditTags}
          onBack={onBack}
        />
      )}
      {failure !== null && !several && (
        <div className="failure-line" role="alert">
          <p className="failure-words">The paper could not be read. {failure}</p>
          <button type="button" className="button" onClick={retry}>
            Retry
          </button>
        </div>
      )}
      {paper && loaded ? (
        <ReaderSplit
          page={page}
          pageOf={paper.id}
          titleId={titleId}
          noteSize={props.noteSize}
          onNoteSize={props.onNoteSize}
          alone={props.alone}
          hideNote={props.alone && note === '' && editing !== paper.id}
          note={
            <NotePanel
              id={paper.id}
              text={note}
              // What the library found in a note holds only for that note.
              matches={note === paper.note ? paper.noteMatches : noMatches}
              saver={saver}
              editing={editing === paper.id}
              onEdit={() => mayWrite() && setEditing(paper.id)}
              mayWrite={mayWrite}
              onDone={() => setEditing(null)}
              onLeave={() => {
                setEditing(null);
                onBack();
              }}
              onHistory={props.onNoteHistory}
              onNotice={props.onNotice}
            />
          }
        >
          <PaperPage
            paper={paper}
            titleId={titleId}
            onEditTags={onEditTags}
            onTag={props.onTag}
            onSource={props.onSource}
            onNotice={onNotice}
            around={props.around?.(paper)}
            reading={{
              handle: abstract,
              highlighting,
              original: props.original,
              onOriginal: props.onOriginal,
              canChange: props.canChange,
              onQuote: quote,
              onRemoved: props.onDid,
            }}
          />
          <MatchCount matches={matches} />
        </ReaderSplit>
      ) : (
        <div className="reader-empty">{emptyWords({ several, selectionCount, slow, paperId })}</div>
      )}
    </section>
  );
}

const noMatches: readonly TextRange[] = [];

function emptyWords(what: { several: boolean; selectionCount: number; slow: boolean; paperId: PaperId | null }) {
  if (what.several) {
    return (
      <>
        <h2>{what.selectionCount.toLocaleString()} papers selected</h2>
        <p>What you choose above is set on all of them.</p>
      </>
    );
  }
  if (what.slow) return <p role="status">Opening the paper…</p>;
  if (what.paperId !== null) return null;
  return (
    <>
      <h2>No paper selected</h2>
      <p>A paper’s abstract and your note on it appear here.</p>
    </>
  );
}
