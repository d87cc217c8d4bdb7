import { join } from 'node:path';
import type { Handlers, ImportReport, LibraryState, Selection } from '../shared/contract.ts';
import { OffprintError } from '../shared/outcome.ts';
import { Announcer, type OnLibraryEvent } from './announcer.ts';
import type { Corpus } from './corpus/corpus.ts';
import { openCorpus } from './corpus/open-corpus.ts';
import { openPapersWriter } from './corpus/open-papers-writer.ts';
import { prepareDataFolder } from './data-folder.ts';
import { type ImportedInput, type ImportFilesOptions, Imports } from './imports.ts';
import { Incoming } from './incoming.ts';
import { PaperChanges } from './paper-changes.ts';
import { PapersDesk } from './papers-desk.ts';
import { type SessionStep, SessionSteps } from './session-steps.ts';
import { ShownPapers } from './shown-papers.ts';
import type { MarkTarget } from './store/combined.ts';
import { lockFolder } from './store/folder-lock.ts';
import { ReaderMarks } from './store/marks.ts';
import { MirrorKeeper } from './store/mirror.ts';
import { SnapshotAdapter } from './store/snapshot-adapter.ts';
import type { Deed, DoneStep } from './store/step.ts';
import { type Commit, Store } from './store/store.ts';
import { TakenMarksFiles } from './taken-marks.ts';

/** What {@link openLibrary} needs to know. */
export interface LibraryOptions {
  /** The reader's folder; made if it is not there. */
  dataFolder: string;
  /** The capture that a new library opens with, or null for none. */
  bundledCapture: string | null;
  appVersion: string;
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
  /** Cancels the import that is under way, if any. */
  stopImport(): Promise<void>;
  /** The real path of the data folder. */
  dataFolder: string;
  /** Takes no more changes, cancels an import, waits for all else that was asked for, then lets the folder go. */
  close(): Promise<void>;
}

/** What the source of the bundled capture is called. */
const bundledName = 'Daily Papers';

/**
 * Opens the library in a data folder and holds it until closed.
 * @throws OffprintError `locked` when another Offprint holds it, `newer` when a newer one wrote
 * it, `unreadable` when the system refuses
 */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const dataFolder = await prepareDataFolder(options.dataFolder);
  const lock = await lockFolder(dataFolder);
  let follow: (commit: Commit) => void = () => {};
  const opening = [
    Store.open(new SnapshotAdapter(dataFolder), (commit) => follow(commit)),
    openCorpus({ folder: dataFolder }),
  ] as const;
  try {
    const [store, corpus] = await Promise.all(opening);
    const mirror = new MirrorKeeper(corpus);
    // The mirror takes commits from here on; nothing has been changed before.
    follow = (commit) => mirror.follow(commit);
    await mirror.catchUp(store.stamp, store.records);
    const library = new OpenLibrary({ ...options, dataFolder }, { store, corpus, mirror }, () => lock.release());
    await library.begin(options.bundledCapture).catch(async (error: unknown) => {
      await library.close().catch(() => {});
      throw error;
    });
    return library;
  } catch (error) {
    const [, corpus] = await Promise.allSettled(opening);
    if (corpus.status === 'fulfilled') await corpus.value.close().catch(() => {});
    lock.release();
    throw error;
  }
}

class OpenLibrary implements Library {
  readonly dataFolder: string;
  readonly handlers: Handlers;
  readonly #appVersion: string;
  readonly #store: Store;
  readonly #corpus: Corpus;
  readonly #papers: ShownPapers;
  readonly #marks: ReaderMarks;
  readonly #steps = new SessionSteps();
  readonly #incoming: Incoming;
  readonly #desk: PapersDesk;
  readonly #changes: PaperChanges;
  readonly #imports: Imports;
  readonly #release: () => void;
  readonly #announcer = new Announcer(() => this.#state());
  readonly #notices: string[];
  #version = 0;
  /** Changes asked for and not yet answered. */
  readonly #changing = new Set<Promise<unknown>>();
  #closing: Promise<void> | null = null;

  constructor(
    { dataFolder, appVersion }: Pick<LibraryOptions, 'dataFolder' | 'appVersion'>,
    { store, corpus, mirror }: { store: Store; corpus: Corpus; mirror: MirrorKeeper },
    release: () => void,
  ) {
    this.dataFolder = dataFolder;
    this.#appVersion = appVersion;
    this.#store = store;
    this.#corpus = corpus;
    this.#release = release;
    this.#notices = [...store.notices];
    this.#papers = new ShownPapers(
      corpus,
      (id) => store.record(id),
      () => store.views,
    );
    this.#marks = new ReaderMarks(store, (ids) => corpus.resolve(ids));
    this.#incoming = new Incoming(dataFolder);
    const desk = new PapersDesk(() => openPapersWriter(dataFolder));
    this.#desk = desk;
    const taken = new TakenMarksFiles(dataFolder);
    this.#changes = new PaperChanges({
      ...{ store, corpus, mirror, desk, taken },
      did: async (step) => this.#steps.add(this.#sessionStep(step)),
      do: (deed) => this.#takeOver(deed),
      redoable: () => [],
      published: () => void this.#findDuplicates(),
    });
    this.#imports = new Imports({
      ...{ incoming: this.#incoming, desk, changes: this.#changes },
      onProgress: (progress) => this.#announcer.tell('import.progress', progress),
      change: (make) => this.#change(make),
    });
    this.handlers = this.#makeHandlers();
  }

  /** Takes in the bundled capture where there is none yet, and tidies up after a session that was cut off. */
  async begin(bundledCapture: string | null): Promise<void> {
    const { created } = this.#corpus;
    const { bundledAt } = this.#store.settings;
    const marked = this.#store.records.size;
    await this.#incoming.clear();
    if (created && (bundledAt !== null || marked > 0)) this.#notices.push(papersMissing(this.dataFolder, marked));
    if ((bundledAt === null || created) && bundledCapture !== null) {
      await this.#trying(`The papers that come with Offprint (${bundledCapture}) could not be taken in.`, async () => {
        const { failures } = await this.importFiles([{ path: bundledCapture, name: bundledName }]);
        const [failure] = failures;
        if (failure) throw new OffprintError('unreadable', failure.reason);
        await this.#store.change({ settings: { bundledAt: Date.now() } });
      });
      // It is no work of the reader's, and the first thing to undo should not be all there is.
      this.#steps.clear();
    }
    await this.#trying('Which papers are the same could not be brought up to date; that will be tried again.', () =>
      this.#changes.reconcile(),
    );
    if ((await this.#corpus.duplicates(0, 0)).due) void this.#findDuplicates();
  }

  readonly on: OnLibraryEvent = (event, listener) => this.#announcer.on(event, listener);

  importFiles(
    inputs: readonly ImportedInput[],
    options?: ImportFilesOptions,
  ): Promise<ImportReport & { marked: number }> {
    return this.#imports.importFiles(inputs, options);
  }

  stopImport(): Promise<void> {
    return this.#desk.stop();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await this.#desk.stop().catch(() => {});
      await Promise.allSettled(this.#changing);
      // Before the corpus, which leaves one tidy file behind.
      await this.#desk.close().catch(() => {});
      await this.#incoming.clear();
      await this.#store.close();
      await this.#announcer.settled();
      await this.#corpus.close();
    } finally {
      this.#announcer.close();
      this.#release();
    }
  }

  #makeHandlers(): Handlers {
    const changes = this.#changes;
    const showing = this.#papers.handlers;
    return {
      ...showing,
      ...this.#imports.handlers,
      'library.state': () => this.#state(),
      'papers.mark': ({ selection, change }) =>
        this.#change(async () => {
          const marked = await this.#marks.mark(await this.#selected(selection), change);
          if (marked.changed > 0) this.#steps.add('marks');
          return marked;
        }),
      'note.set': ({ id, text }) =>
        this.#change(async () => {
          const [target] = await this.#papers.targets([id]);
          return { changedAt: await this.#marks.setNote(target ?? { id, markedAs: [] }, text) };
        }),
      'history.undo': () => this.#change(async () => ({ done: await this.#undo() })),
      'history.redo': () =>
        this.#change(async () => {
          const done = await this.#marks.redo();
          if (done !== null) this.#steps.add('marks');
          return { done };
        }),
      'settings.set': (settings) =>
        this.#change(async () => {
          await this.#store.change({ settings });
          return this.#store.settings;
        }, false),
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
          if (change !== null) this.#steps.dropChange(change);
          return { done };
        }),
      // A host that asks a window to flush takes the answer itself; elsewhere there is nothing to do.
      'session.flushed': async () => ({}),
    };
  }

  async #state(): Promise<LibraryState> {
    const corpus = await this.#corpus.state();
    // Grows within a session by itself and from one session to the next with the clock.
    this.#version = Math.max(this.#version + 1, Date.now());
    const { undo, redo } = this.#marks.labels;
    const step = this.#steps.next(undo !== null);
    return {
      ...corpus,
      undo: step === 'marks' || step === null ? undo : step.label,
      redo,
      version: this.#version,
      settings: this.#store.settings,
      dataFolder: this.dataFolder,
      appVersion: this.#appVersion,
      notices: [...this.#notices],
    };
  }

  /** The selected papers, and where the reader's records of them stand. */
  async #selected(selection: Selection): Promise<MarkTarget[]> {
    const ids = 'ids' in selection ? selection.ids : await this.#corpus.ids(selection.result, selection.ranges);
    return this.#papers.targets(ids);
  }

  #sessionStep(step: DoneStep): SessionStep {
    const { label } = step;
    if ('papers' in step) {
      return { label, change: step.papers, undo: async () => (await this.#changes.undo(step.papers)).done };
    }
    const undo = async () => {
      await this.#changes.setApart(step.different, false);
      return label;
    };
    return { label, change: null, undo };
  }

  /** Writes whole records as one step. */
  async #takeOver({ label: name, records = new Map() }: Deed): Promise<void> {
    const store = this.#store;
    const label = typeof name === 'string' ? name : name(records.size);
    const before = new Map([...records.keys()].map((id) => [id, store.record(id) ?? null]));
    await store.change({ papers: records });
    const undo = async () => {
      const unchanged = [...before].filter(([id]) => (store.record(id) ?? null) === records.get(id));
      await store.change({ papers: new Map(unchanged) });
      return label;
    };
    this.#steps.add({ label, change: null, undo });
  }

  /** Takes back what this session did last, whatever it was. */
  async #undo(): Promise<string | null> {
    const step = this.#steps.next(this.#marks.labels.undo !== null);
    if (step === null) return null;
    this.#steps.drop(step);
    try {
      return step === 'marks' ? await this.#marks.undo() : await step.undo();
    } catch (error) {
      // What can never be taken back must not stand in the way of what was done before it.
      const isNever = error instanceof OffprintError && ['not-found', 'refused'].includes(error.code);
      if (!isNever || this.#desk.isImporting) this.#steps.add(step);
      throw error;
    }
  }

  /** Looks for papers that may be the same and says so when there are others than before. Never rejects. */
  async #findDuplicates(): Promise<void> {
    const changed = await this.#desk.findDuplicates().catch(() => false);
    if (changed && !this.#closing) this.#announcer.changed(false);
  }

  /** Does something that the library can be opened without; says so when it cannot be done. */
  async #trying(complaint: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#notices.push(`${complaint} ${reason}`);
    }
  }

  /** Makes a change, then tells the listeners: of the change, or that it has been taken back. */
  async #change<T>(make: () => Promise<T>, rows = true): Promise<T> {
    if (this.#closing) throw new OffprintError('refused', 'The library is closed.');
    const changing = make();
    this.#changing.add(changing);
    try {
      return await changing;
    } finally {
      this.#changing.delete(changing);
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
