import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Client } from '../shared/client.ts';
import { usePaste } from './commands/paste.ts';
import { type Frame, runCommand } from './commands/run.ts';
import { useKeyboard } from './commands/use-keyboard.ts';
import { useMenu } from './commands/use-menu.ts';
import { Dialogs, preloadDialogs } from './dialogs/dialogs.tsx';
import { lazyDialog } from './dialogs/lazy-dialog.tsx';
import { Banners } from './frame/banners.tsx';
import { withKey } from './frame/key-hint.tsx';
import { Panes } from './frame/panes.tsx';
import { SessionContext, useApp, useSession } from './frame/session-context.ts';
import { useFileDrop } from './frame/use-file-drop.ts';
import { type Layout, useLayout } from './frame/use-layout.ts';
import { useMarkReadAfter } from './frame/use-mark-read-after.ts';
import { useOpening } from './frame/use-opening.ts';
import { useReadingStyle } from './frame/use-reading-style.ts';
import { ViewsIcon } from './icons/icons.tsx';
import { ListPane } from './list/list-pane.tsx';
import type { PaperListHandle } from './list/paper-list.tsx';
import { loadMathematics } from './mathematics/use-mathematics.ts';
import { PrintedPapers } from './print/printed-papers.tsx';
import { BacklinksSlot } from './reader/backlinks-slot.tsx';
import { noteSaverOf } from './reader/note-saver-of.ts';
import { Reader, type ReaderHandle } from './reader/reader.tsx';
import { RelatedSlot } from './reader/related-slot.tsx';
import { scrollByPage } from './reader/scroll-by-page.ts';
import { WayBackLine } from './reader/way-back-line.tsx';
import type { SearchBoxHandle } from './search/search-box.tsx';
import { chosenFiles } from './state/dropped-files.ts';
import { Session } from './state/session.ts';
import { useStore } from './state/store.ts';
import { TabMemory } from './state/tab-memory.ts';
import { TagColoursContext, useTagColours } from './tags/tag-colours.ts';
import { ToastList } from './toasts/toast-list.tsx';
import { ViewsPane } from './views/views-pane.tsx';

// Its keys decide of the paper that the round is at, from the first one on.
const TriageLayer = lazyDialog(() => import('./triage/triage-layer.tsx').then((module) => module.TriageLayer), false);

/** Milliseconds after which what the first screen does not show is loaded, so that it opens at once. */
const settled = 1000;

/** The whole window. */
export function App({ client }: { client: Client }) {
  const [session] = useState(() => new Session(client, new TabMemory(() => sessionStorage, client)));
  const theme = useStore(session.store, (state) => state.settings.theme);
  const started = useStore(session.store, (state) => state.phase !== 'starting');
  // However long the first list takes: nothing that it does not need is loaded before it.
  const listed = useStore(session.store, (state) => state.list.opened > 0);
  const triaging = useStore(session.store, (state) => state.triage !== null);
  useReadingStyle(session);
  const layout = useLayout();
  const list = useRef<PaperListHandle>(null);
  const search = useRef<SearchBoxHandle>(null);
  const reader = useRef<ReaderHandle>(null);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const unlisten = session.listen();
    void session.start();
    return unlisten;
  }, [session]);

  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);

  useEffect(() => {
    if (!listed) return;
    const timer = setTimeout(() => {
      requestIdleCallback(
        () =>
          void loadMathematics()
            .then(preloadDialogs)
            .then(() => TriageLayer.preload()),
      );
    }, settled);
    return () => clearTimeout(timer);
  }, [listed]);

  useEffect(() => {
    // Asked here and not of the reader pane, which may be closed over a note that failed.
    const notes = noteSaverOf(client);
    const save = () => Promise.allSettled([notes.flush(), session.settings.flush(), session.triage.flush()]);
    const onHide = () => {
      session.remember();
      void save();
    };
    // By then what is sent outlives the page.
    const onVisibility = () => {
      if (document.visibilityState === 'hidden') session.remember();
    };
    window.addEventListener('pagehide', onHide);
    document.addEventListener('visibilitychange', onVisibility);
    const unlisten = client.on('flush', async () => {
      const [saved] = await save();
      if (saved.status === 'rejected') session.toasts.fail(saved.reason);
      await client.call('session.flushed', { unsaved: notes.unsaved().length }).catch(() => {});
    });
    return () => {
      window.removeEventListener('pagehide', onHide);
      document.removeEventListener('visibilitychange', onVisibility);
      unlisten();
    };
  }, [client, session]);

  const frame = useMemo(() => makeFrame(session, layout, { list, search, reader, files, folder }), [session, layout]);
  const begun = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another layout is no reason to move the focus
  useEffect(() => {
    if (!started || triaging) return;
    const isFirst = !begun.current;
    begun.current = true;
    // Who was writing when the page broke off goes on writing.
    if (isFirst && session.drafts?.wasWriting(session.store.get().currentId)) frame.focusReader('note');
    else list.current?.focus();
  }, [started, triaging]);

  const rowsPerPage = useMemo(() => () => list.current?.rowsPerPage() ?? 1, []);
  useKeyboard(session, frame, rowsPerPage);
  useOpening(session, frame);
  const dropping = useFileDrop(session);
  usePaste(session);
  useMenu(session);
  const tagColours = useTagColours(useStore(session.store, (state) => state.library?.tags));
  const context = useMemo(
    () => ({ session, run: (id: Parameters<typeof runCommand>[0]) => runCommand(id, session, frame) }),
    [session, frame],
  );

  return (
    <SessionContext value={context}>
      <TagColoursContext value={tagColours}>
        {/* Covered, it is neither seen nor heard, and is as it was when it comes to light again. */}
        <div className="under-triage" inert={triaging}>
          <Body frame={frame} list={list} search={search} reader={reader} />
        </div>
        {triaging && <TriageLayer onClose={() => session.triage.leave()} />}
        <Dialogs />
        <ToastList />
        <FileInput inputRef={files} label="Files to import" />
        <FileInput inputRef={folder} label="Folder to import" folder />
        {dropping && <div className="drop-target">Drop to import</div>}
        <PrintedPapers />
      </TagColoursContext>
    </SessionContext>
  );
}

/** Unseen: what the browser's own dialog for files is opened with. */
function FileInput({
  inputRef,
  label,
  folder = false,
}: {
  inputRef: React.RefObject<HTMLInputElement | null>;
  label: string;
  folder?: boolean;
}) {
  const { session } = useSession();
  return (
    <input
      ref={inputRef}
      type="file"
      multiple
      hidden
      {...(folder && { webkitdirectory: '' })}
      aria-label={label}
      onChange={({ target }) => {
        session.takeFiles(chosenFiles([...(target.files ?? [])]));
        target.value = '';
      }}
    />
  );
}

interface Parts {
  list: React.RefObject<PaperListHandle | null>;
  search: React.RefObject<SearchBoxHandle | null>;
  reader: React.RefObject<ReaderHandle | null>;
}

/** The panes once the library has answered, or why it has not. */
function Body({ frame, list, search, reader }: Parts & { frame: Frame }) {
  const { session } = useSession();
  const phase = useApp((state) => state.phase);
  const [scroll] = useState({ offset: 0 });
  if (phase === 'starting') return null;
  if (phase !== 'ready') {
    return (
      <main className="failed" role="alert">
        <h1>The library could not be opened</h1>
        <p>{phase.failed}</p>
        <button type="button" className="button" onClick={() => void session.start()}>
          Try again
        </button>
      </main>
    );
  }
  const open = () => frame.focusReader('abstract');
  return (
    <>
      <Banners />
      <Panes
        views={<ViewsPane />}
        list={
          <ListPane
            listRef={list}
            searchRef={search}
            onPick={frame.showReader}
            onOpen={open}
            scroll={scroll}
            viewsButton={<ViewsButton />}
          />
        }
        reader={<ReaderPane reader={reader} />}
      />
    </>
  );
}

/** Shows the views where they are hidden. */
function ViewsButton() {
  const { run } = useSession();
  const layout = useLayout();
  const collapsed = useApp((state) => state.settings.panes.viewsCollapsed);
  if (layout !== 'slim' && !collapsed) return null;
  const label = withKey('Show views', 'toggleViews');
  return (
    <button
      type="button"
      className="icon-button"
      aria-label="Show views"
      title={label}
      onClick={() => run('toggleViews')}
    >
      <ViewsIcon />
    </button>
  );
}

/** The reader of the current paper, with its ways back into the window. */
function ReaderPane({ reader }: Pick<Parts, 'reader'>) {
  const { session, run } = useSession();
  const layout = useLayout();
  const paperId = useApp((state) => state.currentId);
  const selection = useApp((state) => state.list.selection);
  const query = useApp((state) => state.list.shown?.query ?? '');
  const revision = useApp((state) => state.revision);
  const noteSize = useApp((state) => state.settings.panes.note);
  const alone = useApp((state) => state.focusMode);
  const original = useApp((state) => state.currentId !== null && state.originals.has(state.currentId));
  const canChange = useApp((state) => (state.library?.readOnly ?? null) === null);
  const onNotice = useCallback(
    (message: string, kind: 'info' | 'error') => session.toasts.show(kind === 'info' ? 'done' : kind, message),
    [session],
  );
  useMarkReadAfter(session);
  return (
    <Reader
      ref={reader}
      paperId={paperId}
      selectionCount={selection.reduce((sum, [from, to]) => sum + to - from, 0)}
      query={query}
      client={session.client}
      revision={revision}
      next={session.list.beside}
      onMark={(change) => void session.papers.mark(change)}
      onEditTags={() => void session.papers.editTags()}
      onTag={(tag) => session.tags.show(tag)}
      onSource={(source) => session.goTo(`source:${source}`)}
      onBack={() => run('backToList')}
      covering={layout !== 'wide'}
      noteSize={noteSize}
      onNoteSize={(note) => session.settings.change({ panes: { ...session.store.get().settings.panes, note } })}
      alone={alone}
      onLeaveAlone={() => run('focusMode')}
      original={original}
      onOriginal={() => run('showOriginal')}
      canChange={canChange}
      onDid={(label) => {
        const undo = { label: 'Undo', run: () => void session.undo() };
        session.toasts.show('done', label, { action: undo, topic: 'mark' });
      }}
      onNotice={onNotice}
      mayWrite={session.mayWrite}
      onNoteHistory={() => run('noteHistory')}
      onShow={session.printing.show}
      around={({ id, title }) => ({
        before: <WayBackLine paperId={id} />,
        after: !alone && (
          <>
            <BacklinksSlot key={`links ${id}`} paperId={id} title={title} />
            <RelatedSlot key={id} paperId={id} title={title} />
          </>
        ),
      })}
    />
  );
}

interface FrameParts extends Parts {
  files: React.RefObject<HTMLInputElement | null>;
  folder: React.RefObject<HTMLInputElement | null>;
}

/** The window as commands see it, for the room there is now. */
function makeFrame(session: Session, layout: Layout, parts: FrameParts): Frame {
  const { store, settings } = session;

  function changePanes(change: Partial<ReturnType<typeof store.get>['settings']['panes']>): void {
    settings.change({ panes: { ...store.get().settings.panes, ...change } });
  }

  function showReader(): void {
    if (layout !== 'wide') store.set({ covering: true });
  }

  return {
    showReader,
    page: () => parts.reader.current?.page() ?? null,
    enterFocusMode() {
      flushSync(() => store.set({ focusMode: true, drawer: false }));
      parts.reader.current?.focusReader();
    },
    leaveFocusMode() {
      flushSync(() => store.set({ focusMode: false }));
      // Where the reader covers the list, it is the page that was left.
      if (layout !== 'wide' && store.get().covering) parts.reader.current?.focusReader();
      else parts.list.current?.focus();
    },
    focusViews() {
      store.set({ focusMode: false });
      if (layout === 'slim') {
        store.set({ drawer: true });
        return;
      }
      flushSync(() => changePanes({ viewsCollapsed: false }));
      document.querySelector<HTMLElement>('[data-pane="views"] [aria-current]')?.focus();
    },
    focusList() {
      flushSync(() => store.set({ covering: false, drawer: false, focusMode: false }));
      parts.list.current?.focus();
    },
    focusSearch() {
      flushSync(() => store.set({ covering: false, drawer: false, focusMode: false }));
      parts.search.current?.focus();
    },
    focusReader(part) {
      if (store.get().currentId === null) return;
      flushSync(() => {
        if (store.get().focusMode) return;
        if (layout === 'wide') changePanes({ readerCollapsed: false });
        else showReader();
      });
      if (part === 'note') parts.reader.current?.focusNote();
      else parts.reader.current?.focusReader();
    },
    toggleViews() {
      store.set({ focusMode: false });
      if (layout === 'slim') store.set({ drawer: !store.get().drawer });
      else changePanes({ viewsCollapsed: !store.get().settings.panes.viewsCollapsed });
    },
    toggleReader() {
      store.set({ focusMode: false });
      if (layout === 'wide') changePanes({ readerCollapsed: !store.get().settings.panes.readerCollapsed });
      else store.set({ covering: !store.get().covering && store.get().currentId !== null });
    },
    scrollReader: (direction) => {
      const page = session.triage.isOpen ? document.querySelector('.triage-page') : null;
      return page ? scrollByPage(page, direction) : (parts.reader.current?.scrollPage(direction) ?? false);
    },
    chooseFiles: () => parts.files.current?.click(),
    chooseFolder: () => parts.folder.current?.click(),
  };
}
