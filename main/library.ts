import { join } from 'node:path';
import type { Handlers, ImportReport } from '../shared/contract.ts';
import { OffprintError } from '../shared/outcome.ts';
import type { PaperId } from '../shared/paper.ts';
import { agreeOnPapers } from './agreed-papers.ts';
import { Announcer, type OnLibraryEvent } from './announcer.ts';
import { systemClock } from './backup/scheduled-copies.ts';
import { BackupCalls } from './backup-calls.ts';
import { takeInBundled } from './bundled-papers.ts';
import { ChangesUnderWay } from './changes-under-way.ts';
import { Citations } from './citation-calls.ts';
import type { Corpus } from './corpus/corpus.ts';
import { openPapersWriter } from './corpus/open-papers-writer.ts';
import type { FileToImport } from './corpus/papers-writer.ts';
import { prepareDataFolder } from './data-folder.ts';
import { DuplicatesSearch } from './duplicates-search.ts';
import { EarlierStates } from './earlier-states.ts';
import { Exports } from './exports.ts';
import { GenerationKeeper } from './generation-keeper.ts';
import { type ImportedInput, type ImportFilesOptions, Imports } from './imports.ts';
import { Incoming } from './incoming.ts';
import { libraryHandlers } from './library-handlers.ts';
import type { LeftBehind, Library, LibraryOptions, ReopenOptions, ReplaceableLibrary } from './library-interface.ts';
import { type LibraryParts, openParts, whyReadOnly } from './library-parts.ts';
import { MarkdownFolderCalls } from './markdown-folder-calls.ts';
import { Notices } from './notices.ts';
import { PaperChanges } from './paper-changes.ts';
import { PapersDesk } from './papers-desk.ts';
import { PapersMending } from './papers-mending.ts';
import { refusingChanges } from './read-only-calls.ts';
import { ShownPapers } from './shown-papers.ts';
import type { FolderLock } from './store/folder-lock.ts';
import { History } from './store/history.ts';
import type { HostKind } from './store/lock-holder.ts';
import type { Store } from './store/store.ts';
import { TakenMarksFiles } from './taken-marks.ts';
import { ToldState } from './told-state.ts';
import { turnedPapers } from './turned-papers.ts';

export type { Library, LibraryOptions };

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
  readonly #store: Store;
  readonly #corpus: Corpus;
  readonly #incoming: Incoming;
  readonly #desk: PapersDesk;
  readonly #changes: PaperChanges;
  readonly #state: ToldState;
  readonly #keeper: GenerationKeeper;
  readonly #states: EarlierStates;
  readonly #imports: Imports;
  readonly #backupCalls: BackupCalls;
  readonly #mending: PapersMending;
  readonly #citations: Citations;
  readonly exports: Exports;
  readonly #markdown: MarkdownFolderCalls;
  readonly #host: HostKind;
  /** See {@link agreeOnPapers}. */
  readonly #agree: (anew: boolean) => Promise<void>;
  readonly #lock: FolderLock;
  readonly #announcer = new Announcer(() => this.#state.read());
  /** Besides what the store has to say. */
  readonly #notices: Notices;
  /** Why nothing can be changed as long as this library is open; null when everything can be. */
  readonly #readOnly: string | null;
  /** While it takes in the bundled capture, which is no work of the reader's to be taken back. */
  #isBeginning = false;
  readonly #underWay = new ChangesUnderWay((rows) => {
    this.#markdown.changed();
    this.#announcer.changed(rows);
  });
  #closing: Promise<void> | null = null;

  constructor(
    { dataFolder, appVersion, host, showFolder, reopen, before }: LibraryOptions & ReopenOptions,
    parts: LibraryParts,
  ) {
    const { store, corpus, mirror, generations, lock } = parts;
    const readOnly = whyReadOnly(parts);
    this.#readOnly = readOnly;
    const notices = new Notices(parts.notices);
    this.#notices = notices;
    const changed = () => this.#announcer.changed(false);
    const tell = (sentence: string) => {
      notices.tell(sentence);
      changed();
    };
    this.dataFolder = dataFolder;
    this.#host = host ?? 'command';
    this.#store = store;
    this.#corpus = corpus;
    this.#lock = lock;
    const papers = new ShownPapers(
      corpus,
      (id) => store.record(id),
      () => store.views,
      (paper) => this.#citations.keys.given(paper),
    );
    const { handlers: showing } = papers;
    const paper = (id: PaperId) => showing['paper.get']({ id, query: '' });
    this.#citations = new Citations({ store, paper });
    this.#markdown = new MarkdownFolderCalls({
      ...{ store, corpus, dataFolder, keys: this.#citations.keys, clock: systemClock },
      ...{ paper, tell },
    });
    this.exports = new Exports({
      ...{ dataFolder, corpus, handlers: showing, keys: () => this.#citations.keys.begin() },
      onProgress: (progress) => this.#announcer.tell('export.progress', progress),
    });
    const counted = () => {
      if (!this.#closing) changed();
    };
    corpus.onCounted(counted);
    this.#incoming = new Incoming(dataFolder);
    const desk = new PapersDesk(() => openPapersWriter(dataFolder), before?.lastJob);
    this.#desk = desk;
    const duplicates = new DuplicatesSearch({ corpus, desk, isReadOnly: readOnly !== null, found: counted });
    const history = new History(
      store,
      (ids) => corpus.resolve(ids),
      turnedPapers({ corpus, desk, changes: () => this.#changes }),
    );
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
        if (!desk.isOccupied) void duplicates.find();
      },
    });
    this.#mending = new PapersMending({
      ...{ dataFolder, store, corpus, mirror, desk },
      changes: this.#changes,
      onProgress: (progress) => this.#announcer.tell('rebuild.progress', progress),
      changed: (rows) => this.#announcer.changed(rows),
      finished: (changesKnown) => this.#agree(!changesKnown),
    });
    this.#keeper = new GenerationKeeper(store, generations, tell);
    const followPairs = <T>(change: () => Promise<T>) => this.#changes.followPairs(change);
    this.#states = new EarlierStates({ store, generations, corpus, history, followPairs });
    this.#imports = new Imports({
      ...{ incoming: this.#incoming, desk, changes: this.#changes },
      onProgress: (progress) => this.#announcer.tell('import.progress', progress),
      change: (make) => this.#underWay.make(make),
    });
    this.#backupCalls = new BackupCalls({
      ...{ dataFolder, appVersion, store, incoming: this.#incoming },
      onProgress: (progress) => this.#announcer.tell('backup.progress', progress),
      countPapers: async () => {
        const { counts, sources } = await corpus.state();
        return { papers: counts.all, sources: sources.length };
      },
      readOnly,
      isImporting: () => desk.isImporting,
      quieten: (reason) => this.#underWay.quieten(reason),
      reopen: reopen ?? null,
      showFolder: showFolder ?? (async () => false),
      changed,
    });
    const { exports } = this;
    const [changes, mending, backups] = [this.#changes, this.#mending, this.#backupCalls];
    this.#agree = (anew) => agreeOnPapers({ store, history, corpus, duplicates, changes, notices }, anew);
    this.#state = new ToldState(
      {
        ...{ dataFolder, appVersion, readOnly, store, corpus, history, notices, mending },
        copies: () => backups.copies,
      },
      before?.version ?? 0,
    );
    const handlers = libraryHandlers({
      ...{
        dataFolder,
        store,
        corpus,
        papers,
        history,
        changes,
        duplicates,
        mending,
        exports,
        backups,
        notices,
        changed,
      },
      ...{ imports: this.#imports, states: this.#states, citations: this.#citations, markdown: this.#markdown },
      state: () => this.#state.read(),
      change: (make, rows) => this.#underWay.make(make, rows),
    });
    this.handlers = refusingChanges(handlers, () => readOnly);
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
      this.#isBeginning = true;
      await this.#notices.trying(`The papers that come with Offprint (${bundledCapture}) could not be taken in.`, () =>
        takeInBundled(bundledCapture, this.#imports, this.#store),
      );
      this.#isBeginning = false;
    }
    // What papers there are is agreed on when all of them are back.
    if (!isRebuilding) await this.#agree(created || takesBundled);
    await this.#backupCalls.start();
    // A command is over before it would be its turn.
    if (this.#host !== 'command') this.#markdown.start();
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
    return { lock: this.#lock, version: this.#state.version, lastResult, lastJob: this.#desk.lastJob };
  }

  async close(): Promise<void> {
    await this.leave().finally(() => this.#lock.release());
  }

  async #close(): Promise<void> {
    this.#underWay.end();
    try {
      await this.exports.close();
      await this.#backupCalls.close();
      await this.#markdown.close();
      await this.#mending.close();
      await this.#citations.close();
      await this.#desk.stop().catch(() => {});
      await this.#underWay.settled();
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
}

function papersMissing(dataFolder: string, marked: number): string {
  const papers = marked === 1 ? '1 paper' : `${marked} papers`;
  const kept = marked === 0 ? '' : `What you said of ${papers} is kept, and shows again once they are imported again. `;
  const captures = `What you imported is kept in ${join(dataFolder, 'captures')}.`;
  return `The paper database was missing, and a new one has been made. ${kept}${captures}`;
}
