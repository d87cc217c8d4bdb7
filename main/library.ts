import { join } from 'node:path';
import type { Handlers, ImportReport, LibraryState } from '../shared/contract.ts';
import { OffprintError } from '../shared/outcome.ts';
import { Announcer, type OnLibraryEvent } from './announcer.ts';
import { systemClock } from './backup/scheduled-copies.ts';
import { BackupCalls, type ShowFolder } from './backup-calls.ts';
import type { Backups, Reopen } from './backups.ts';
import { Citations } from './citation-calls.ts';
import type { Corpus } from './corpus/corpus.ts';
import { openPapersWriter } from './corpus/open-papers-writer.ts';
import type { FileToImport } from './corpus/papers-writer.ts';
import { prepareDataFolder } from './data-folder.ts';
import { EarlierStates } from './earlier-states.ts';
import { exportCalls } from './export-calls.ts';
import { Exports } from './exports.ts';
import { generationCalls } from './generation-calls.ts';
import { GenerationKeeper } from './generation-keeper.ts';
import { highlightCalls } from './highlight-calls.ts';
import { plainHostCalls } from './host-calls.ts';
import { imageCalls } from './image-calls.ts';
import { type ImportedInput, type ImportFilesOptions, Imports } from './imports.ts';
import { Incoming } from './incoming.ts';
import { type LibraryParts, openParts, whyReadOnly } from './library-parts.ts';
import { MarkdownFolderCalls } from './markdown-folder-calls.ts';
import { noteVersionCalls } from './note-version-calls.ts';
import { notesCalls } from './notes-calls.ts';
import { Notices } from './notices.ts';
import { PaperChanges } from './paper-changes.ts';
import { PapersDesk } from './papers-desk.ts';
import { PapersMending } from './papers-mending.ts';
import { refusingChanges } from './read-only-calls.ts';
import { readerCalls } from './reader-calls.ts';
import { ReaderOrder } from './reader-order.ts';
import { relatedCalls } from './related-calls.ts';
import { ShownPapers } from './shown-papers.ts';
import type { FolderLock } from './store/folder-lock.ts';
import { History } from './store/history.ts';
import type { HostKind } from './store/lock-holder.ts';
import { ReaderMarks } from './store/marks.ts';
import type { Store } from './store/store.ts';
import { TakenMarksFiles } from './taken-marks.ts';
import { hearOfChanges } from './unheard-changes.ts';
import { WatchedViews } from './watched-views.ts';
import { windowMemory } from './window-memory.ts';

/** What {@link openLibrary} needs to know. */
export interface LibraryOptions {
  /** The reader's folder; made if it is not there. */
  dataFolder: string;
  /** The capture that a new library opens with, or null for none. */
  bundledCapture: string | null;
  appVersion: string;
  /** What it is opened for, to be told to whoever finds the folder held; a command where it is left out. */
  host?: HostKind;
  /** Shows a folder in the system's file manager; where it is left out, nothing can be shown. */
  showFolder?: ShowFolder | undefined;
}

/** What a library needs to know that is opened in the place of another one of the same session. */
export interface ReopenOptions {
  /** Where it is left out, no backup can be restored. */
  reopen?: Reopen | undefined;
  /** What the one before has left; null for the first. */
  before?: LeftBehind | null;
}

/** What a library leaves to the one that is opened in its place. */
export interface LeftBehind {
  /** The lock of the data folder, which is still held. */
  lock: FolderLock;
  /** The version of the last state, and the highest numbers of a result set and of an import. */
  version: number;
  lastResult: number;
  lastJob: number;
  /** Another library was to take its place, and could not: it is to be opened again. */
  isBack?: boolean;
}

/** A library that is open: the contract implemented, for whichever host. */
export interface Library {
  handlers: Handlers;
  on: OnLibraryEvent;
  /** See {@link Imports.importFiles}. For hosts that have paths. */
  importFiles(
    inputs: readonly ImportedInput[],
    options?: ImportFilesOptions,
  ): Promise<ImportReport & { marked: number }>;
  /** See {@link Incoming.adopt}. For hosts that have paths, and windows in which their imports are confirmed. */
  adoptFiles(files: readonly FileToImport[]): Promise<string[]>;
  /** Cancels the import that is under way, if any. */
  stopImport(): Promise<void>;
  /** Resolves at once, or when the papers have been read again that a damaged database has lost. Never rejects. */
  papersBack(): Promise<void>;
  /** Backups by their paths, for hosts that have paths. */
  backups: Pick<Backups, 'write' | 'check' | 'compare' | 'restore'>;
  /** Exports by their paths, and as text in pieces, for hosts that have paths. */
  exports: Pick<Exports, 'write' | 'pieces'>;
  /** The real path of the data folder. */
  dataFolder: string;
  /** Takes no more changes, cancels an import, waits for all else that was asked for, then lets the folder go. */
  close(): Promise<void>;
}

/** A library that another one may be opened in the place of. */
export interface ReplaceableLibrary extends Library {
  /** Closes it without letting the folder go. */
  leave(): Promise<LeftBehind>;
}

/** What the source of the bundled capture is called. */
const bundledName = 'Daily Papers';

/**
 * Opens the library in a data folder and holds it until closed. Whatever is found there, it opens: for
 * reading only where something must not or cannot be written; `readOnly` of its state says why.
 * @throws OffprintError `locked` when another Offprint holds the folder, `unreadable` when the system
 * does not let it be used at all
 */
export async function openLibrary(options: LibraryOptions & ReopenOptions): Promise<ReplaceableLibrary> {
  const dataFolder = await prepareDataFolder(options.dataFolder);
  const parts = await openParts(dataFolder, options.host ?? 'command', options.before ?? null);
  const library = new OpenLibrary({ ...options, dataFolder }, parts);
  try {
    await library.begin(options.bundledCapture);
    return library;
  } catch (error) {
    await library.leave().catch(() => {});
    // Whoever holds it already may have another library to open.
    if (!options.before) parts.lock.release();
    throw error;
  }
}

class OpenLibrary implements ReplaceableLibrary {
  readonly dataFolder: string;
  readonly handlers: Handlers;
  readonly #appVersion: string;
  readonly #store: Store;
  readonly #corpus: Corpus;
  readonly #papers: ShownPapers;
  readonly #marks: ReaderMarks;
  readonly #history: History;
  readonly #watched: WatchedViews;
  readonly #incoming: Incoming;
  readonly #desk: PapersDesk;
  readonly #changes: PaperChanges;
  readonly #keeper: GenerationKeeper;
  readonly #states: EarlierStates;
  readonly #imports: Imports;
  readonly #backupCalls: BackupCalls;
  readonly #mending: PapersMending;
  readonly #citations: Citations;
  readonly exports: Exports;
  readonly #markdown: MarkdownFolderCalls;
  readonly #host: HostKind;
  readonly #lock: FolderLock;
  readonly #announcer = new Announcer(() => this.#state());
  /** Besides what the store has to say. */
  readonly #notices: Notices;
  /** Why nothing can be changed as long as this library is open; null when everything can be. */
  readonly #readOnly: string | null;
  #version: number;
  /** Why nothing can be changed for a while; null when everything can be. */
  #quiet: string | null = null;
  /** While it takes in the bundled capture, which is no work of the reader's to be taken back. */
  #isBeginning = false;
  /** Changes asked for and not yet answered. */
  readonly #changing = new Set<Promise<unknown>>();
  #closing: Promise<void> | null = null;

  constructor(
    { dataFolder, appVersion, host, showFolder, reopen, before }: LibraryOptions & ReopenOptions,
    parts: LibraryParts,
  ) {
    const { store, corpus, mirror, generations, lock, notices } = parts;
    this.#readOnly = whyReadOnly(parts);
    this.#notices = new Notices(notices);
    this.dataFolder = dataFolder;
    this.#appVersion = appVersion;
    this.#host = host ?? 'command';
    this.#store = store;
    this.#corpus = corpus;
    this.#lock = lock;
    this.#version = before?.version ?? 0;
    this.#papers = new ShownPapers(
      corpus,
      (id) => store.record(id),
      () => store.views,
      (paper) => this.#citations.keys.given(paper),
    );
    const { handlers: showing } = this.#papers;
    this.#citations = new Citations({ store, paper: (id) => showing['paper.get']({ id, query: '' }) });
    this.#markdown = new MarkdownFolderCalls({
      ...{ store, corpus, dataFolder, keys: this.#citations.keys, clock: systemClock },
      paper: (id) => showing['paper.get']({ id, query: '' }),
      tell: (sentence) => {
        this.#notices.tell(sentence);
        this.#announcer.changed(false);
      },
    });
    this.exports = new Exports({
      ...{ dataFolder, corpus, handlers: showing, keys: () => this.#citations.keys.begin() },
      onProgress: (progress) => this.#announcer.tell('export.progress', progress),
    });
    this.#watched = new WatchedViews(corpus, () => store.views);
    corpus.onCounted(() => {
      if (!this.#closing) this.#announcer.changed(false);
    });
    this.#incoming = new Incoming(dataFolder);
    const desk = new PapersDesk(() => openPapersWriter(dataFolder), before?.lastJob);
    this.#desk = desk;
    const history = new History(store, (ids) => corpus.resolve(ids), {
      undo: (change, label) => this.#turnPapers(change, label, 'undo'),
      redo: (change, label) => this.#turnPapers(change, label, 'redo'),
      setApart: (pairs, apart) => this.#changes.setApart(pairs, apart),
      followPairs: (change) => this.#changes.followPairs(change),
      isBusy: () => desk.isBusy,
    });
    this.#history = history;
    this.#marks = new ReaderMarks(store, history);
    const taken = new TakenMarksFiles(dataFolder);
    this.#changes = new PaperChanges({
      ...{ store, corpus, mirror, desk, taken },
      did: async (step) => {
        if (!this.#isBeginning) await history.did(step);
      },
      do: (deed) => history.do(deed),
      redoable: () => history.redoable,
      beforeImport: () => this.#keeper.before('import'),
      published: () => {
        this.#markdown.papersChanged();
        // Those of a database that is being made anew are looked for when it is whole.
        if (!desk.isOccupied) void this.#findDuplicates();
      },
    });
    this.#mending = new PapersMending({
      ...{ dataFolder, store, corpus, mirror, desk },
      changes: this.#changes,
      onProgress: (progress) => this.#announcer.tell('rebuild.progress', progress),
      changed: (rows) => this.#announcer.changed(rows),
      finished: (changesKnown) => this.#agree(!changesKnown),
    });
    this.#keeper = new GenerationKeeper(store, generations, (sentence) => {
      this.#notices.tell(sentence);
      this.#announcer.changed(false);
    });
    const followPairs = <T>(change: () => Promise<T>) => this.#changes.followPairs(change);
    this.#states = new EarlierStates({ store, generations, corpus, history, followPairs });
    this.#imports = new Imports({
      ...{ incoming: this.#incoming, desk, changes: this.#changes },
      onProgress: (progress) => this.#announcer.tell('import.progress', progress),
      change: (make) => this.#change(make),
    });
    this.#backupCalls = new BackupCalls({
      ...{ dataFolder, appVersion, store, incoming: this.#incoming },
      onProgress: (progress) => this.#announcer.tell('backup.progress', progress),
      countPapers: async () => {
        const { counts, sources } = await corpus.state();
        return { papers: counts.all, sources: sources.length };
      },
      readOnly: this.#readOnly,
      isImporting: () => desk.isImporting,
      quieten: (reason) => this.#quieten(reason),
      reopen: reopen ?? null,
      showFolder: showFolder ?? (async () => false),
      changed: () => this.#announcer.changed(false),
    });
    this.handlers = refusingChanges(this.#makeHandlers(), () => this.#readOnly);
  }

  /** Takes in the bundled capture where there is none yet, and tidies up after a session that was cut off. */
  async begin(bundledCapture: string | null): Promise<void> {
    const { created, trouble } = this.#corpus;
    const { bundledAt } = this.#store.settings;
    const marked = this.#store.records.size;
    if (this.#readOnly !== null) {
      const isSaid = trouble === null || trouble.kind === 'read-only' || trouble.notice === this.#readOnly;
      if (!isSaid) this.#notices.tell(trouble.notice);
      return;
    }
    this.#keeper.start();
    await this.#incoming.clear();
    if (created && trouble === null && (bundledAt !== null || marked > 0)) {
      this.#notices.tell(papersMissing(this.dataFolder, marked));
    }
    this.#mending.begin(this.#host !== 'command');
    const isRebuilding = this.#mending.rebuilding !== null;
    const takesBundled = (bundledAt === null || created) && bundledCapture !== null && !isRebuilding;
    if (takesBundled) {
      await this.#trying(`The papers that come with Offprint (${bundledCapture}) could not be taken in.`, async () => {
        this.#isBeginning = true;
        const { failures } = await this.importFiles([{ path: bundledCapture, name: bundledName }]);
        const [failure] = failures;
        if (failure) throw new OffprintError('unreadable', failure.reason);
        await this.#store.change({ settings: { bundledAt: Date.now() } });
      });
      this.#isBeginning = false;
    }
    // What papers there are is agreed on when all of them are back.
    if (!isRebuilding) await this.#agree(created || takesBundled);
    await this.#backupCalls.start();
    // A command is over before it would be its turn.
    if (this.#host !== 'command') this.#markdown.start();
  }

  /**
   * Makes the papers and what the store says of them agree, where a crash came between.
   * @param anew as for {@link hearOfChanges}
   */
  async #agree(anew: boolean): Promise<void> {
    await this.#trying('Which papers are the same could not be brought up to date; that will be tried again.', () =>
      this.#changes.reconcile(),
    );
    await this.#trying('What Undo knows of imports could not be brought up to date; that will be tried again.', () =>
      hearOfChanges({ store: this.#store, history: this.#history, corpus: this.#corpus }, anew),
    );
    if ((await this.#corpus.duplicates(0, 0)).due) void this.#findDuplicates();
  }

  papersBack(): Promise<void> {
    return this.#mending.settled();
  }

  get backups(): Library['backups'] {
    return this.#backupCalls.backups;
  }

  readonly on: OnLibraryEvent = (event, listener) => this.#announcer.on(event, listener);

  importFiles(
    inputs: readonly ImportedInput[],
    options?: ImportFilesOptions,
  ): Promise<ImportReport & { marked: number }> {
    if (this.#readOnly !== null) return Promise.reject(new OffprintError('refused', this.#readOnly));
    return this.#imports.importFiles(inputs, options);
  }

  async adoptFiles(files: readonly FileToImport[]): Promise<string[]> {
    return this.#incoming.adopt(files);
  }

  stopImport(): Promise<void> {
    return this.#desk.stop();
  }

  async leave(): Promise<LeftBehind> {
    this.#closing ??= this.#close();
    await this.#closing;
    const { lastResult } = this.#corpus;
    return { lock: this.#lock, version: this.#version, lastResult, lastJob: this.#desk.lastJob };
  }

  async close(): Promise<void> {
    await this.leave().finally(() => this.#lock.release());
  }

  async #close(): Promise<void> {
    try {
      await this.exports.close();
      await this.#backupCalls.close();
      await this.#markdown.close();
      await this.#mending.close();
      await this.#citations.close();
      await this.#desk.stop().catch(() => {});
      await Promise.allSettled(this.#changing);
      // Before the corpus, which leaves one tidy file behind.
      await this.#desk.close().catch(() => {});
      if (this.#readOnly === null) await this.#incoming.clear();
      this.#states.close();
      await this.#keeper.close();
      await this.#store.close();
      await this.#announcer.settled();
      await this.#corpus.close();
    } finally {
      this.#announcer.close();
    }
  }

  #makeHandlers(): Handlers {
    const changes = this.#changes;
    const showing = this.#papers.handlers;
    const order = new ReaderOrder();
    const reading = readerCalls({
      ...{ store: this.#store, history: this.#history, marks: this.#marks },
      ...{ corpus: this.#corpus, papers: this.#papers, order },
      // Papers that are being read again are written of all the same.
      hadNote: async (id) => this.#mending.rebuilding !== null || (await this.#store.noteVersions.of([id])).length > 0,
      change: (make, rows) => this.#change(make, rows),
    });
    return {
      ...showing,
      ...this.#imports.handlers,
      'library.state': () => this.#state(),
      ...this.#backupCalls.handlers,
      ...reading,
      'settings.set': this.#markdown.following(this.#backupCalls.following(reading['settings.set'])),
      ...this.#markdown.handlers,
      ...imageCalls(this.dataFolder, (make) => this.#change(make, false)),
      ...generationCalls(this.#states, (make) => this.#change(() => order.make(make))),
      ...highlightCalls({
        ...{ papers: this.#papers, marks: this.#marks, order, change: (make) => this.#change(make) },
        recordOf: (id) => this.#store.record(id),
      }),
      ...noteVersionCalls({
        versions: this.#store.noteVersions,
        notices: () => this.#store.notices,
        noticed: () => this.#announcer.changed(false),
        recordOf: (id) => this.#store.record(id),
        corpus: this.#corpus,
      }),
      ...notesCalls({
        ...{ store: this.#store, corpus: this.#corpus, setNote: reading['note.set'] },
        recordOf: (id) => this.#store.record(id),
      }),
      ...this.#citations.handlers,
      ...exportCalls(this.exports),
      ...relatedCalls(this.#corpus, (id) => this.#store.record(id)),
      'sources.remove': ({ source }) => this.#change(() => changes.removeSource(source)),
      'papers.merge': ({ ids }) => this.#change(() => changes.merge(ids)),
      'duplicates.list': async (groups) => {
        // What has just come in is looked at first, unless an import is under way.
        if ((await this.#corpus.duplicates(0, 0)).due) await this.#findDuplicates();
        return showing['duplicates.list'](groups);
      },
      'duplicates.dismiss': ({ ids }) =>
        this.#change(async () => {
          await changes.tellApart(ids);
          return {};
        }),
      'changes.undo': ({ id }) =>
        this.#change(async () => {
          const { done, change } = await changes.undo(id);
          if (change !== null) await this.#history.tookBack(change);
          return { done };
        }),
      ...windowMemory(),
      ...plainHostCalls(),
      'notices.read': async ({ notices }) => {
        this.#notices.dismiss(notices);
        this.#announcer.changed(false);
        return {};
      },
      // A host that asks a window to flush takes the answer itself; elsewhere there is nothing to do.
      'session.flushed': async () => ({}),
      // Only the desktop has a dialog of the system's.
      'folder.choose': async () => ({ folder: null }),
    };
  }

  async #state(): Promise<LibraryState> {
    await this.#watched.follow();
    const { watched, tags, ...corpus } = await this.#corpus.state();
    // Grows within a session by itself and from one session to the next with the clock.
    this.#version = Math.max(this.#version + 1, Date.now());
    return {
      ...corpus,
      tags: tags.map((tag) => ({ ...tag, colour: this.#store.tagColours.get(tag.name) ?? null })),
      views: this.#watched.withCounts({ watched }),
      ...this.#history.labels,
      version: this.#version,
      settings: this.#store.settings,
      dataFolder: this.dataFolder,
      appVersion: this.#appVersion,
      notices: this.#notices.unread(this.#store.notices, this.#mending.notices),
      readOnly: this.#readOnly,
      rebuilding: this.#mending.rebuilding,
      copies: this.#backupCalls.copies,
    };
  }

  /** Takes an import, a removal or a merge back, or does it again, unless a crash came after that and before it was noted. */
  async #turnPapers(change: number, label: string, turn: 'undo' | 'redo'): Promise<void> {
    const known = await this.#corpus.change(change);
    // A database that was made anew counts its changes from one.
    if (known?.label !== label) {
      throw new OffprintError('not-found', `“${label}” is not known any more. Nothing was changed.`);
    }
    if (known.undone !== (turn === 'undo')) await this.#changes[turn](change);
  }

  /** Looks for papers that may be the same and says so when there are others than before. Never rejects. */
  async #findDuplicates(): Promise<void> {
    if (this.#readOnly !== null) return;
    const changed = await this.#desk.findDuplicates().catch(() => false);
    if (changed && !this.#closing) this.#announcer.changed(false);
  }

  /** Does something that the library can be opened without; says so when it cannot be done. */
  async #trying(complaint: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#notices.tell(`${complaint} ${reason}`);
    }
  }

  async #quieten(reason: string): Promise<() => void> {
    this.#quiet = reason;
    await Promise.allSettled(this.#changing);
    return () => {
      this.#quiet = null;
    };
  }

  /** Makes a change, then tells the listeners: of the change, or that it has been taken back. */
  async #change<T>(make: () => Promise<T>, rows = true): Promise<T> {
    if (this.#closing) throw new OffprintError('refused', 'The library is closed.');
    if (this.#quiet !== null) throw new OffprintError('refused', this.#quiet);
    const changing = make();
    this.#changing.add(changing);
    try {
      return await changing;
    } finally {
      this.#changing.delete(changing);
      this.#markdown.changed();
      this.#announcer.changed(rows);
    }
  }
}

function papersMissing(dataFolder: string, marked: number): string {
  const papers = marked === 1 ? '1 paper' : `${marked} papers`;
  const kept = marked === 0 ? '' : `What you said of ${papers} is kept, and shows again once they are imported again. `;
  const captures = `What you imported is kept in ${join(dataFolder, 'captures')}.`;
  return `The paper database was missing, and a new one has been made. ${kept}${captures}`;
}
