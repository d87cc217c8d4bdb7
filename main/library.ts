import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Handlers, ImportedFile, LibraryState, Selection } from '../shared/contract.ts';
import { OffprintError } from '../shared/outcome.ts';
import type { PaperId, Row } from '../shared/paper.ts';
import { parseQuery } from '../shared/query.ts';
import { queryOfView } from '../shared/views.ts';
import { Announcer, type LibraryChange } from './announcer.ts';
import type { Corpus, CorpusRow } from './corpus/corpus.ts';
import { openCorpus } from './corpus/open-corpus.ts';
import { prepareDataFolder } from './data-folder.ts';
import { combinedRecord, type MarkTarget } from './store/combined.ts';
import { lockFolder } from './store/folder-lock.ts';
import { ReaderMarks } from './store/marks.ts';
import { MirrorKeeper } from './store/mirror.ts';
import { marksOf } from './store/records.ts';
import { SnapshotAdapter } from './store/snapshot-adapter.ts';
import { type Commit, Store } from './store/store.ts';

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
  /** Listens to changes; returns the function that stops listening. */
  onChange(listener: (change: LibraryChange) => void): () => void;
  /** Imports a file of this computer: all of it or none of it. For hosts that have the path. */
  importFile(path: string): Promise<ImportedFile>;
  /** The real path of the data folder. */
  dataFolder: string;
  /** Takes no more changes, waits for those already asked for, then lets the folder go. May be called again. */
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
    const library = new OpenLibrary({ ...options, dataFolder }, store, corpus, () => lock.release());
    await library.begin(options.bundledCapture);
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
  readonly #marks: ReaderMarks;
  readonly #release: () => void;
  readonly #announcer = new Announcer(() => this.#state());
  readonly #notices: string[];
  #version = 0;
  /** Changes asked for and not yet answered. */
  readonly #changing = new Set<Promise<unknown>>();
  #closing: Promise<void> | null = null;

  constructor(
    options: Pick<LibraryOptions, 'dataFolder' | 'appVersion'>,
    store: Store,
    corpus: Corpus,
    release: () => void,
  ) {
    this.dataFolder = options.dataFolder;
    this.#appVersion = options.appVersion;
    this.#store = store;
    this.#corpus = corpus;
    this.#marks = new ReaderMarks(store, (ids) => corpus.resolve(ids));
    this.#release = release;
    this.#notices = [...store.notices];
    this.handlers = this.#makeHandlers();
  }

  /** Takes in the bundled capture where there is none yet, and tidies up after an import that was cut off. */
  async begin(bundledCapture: string | null): Promise<void> {
    const { created } = this.#corpus;
    const { bundledAt } = this.#store.settings;
    const marked = this.#store.records.size;
    if (created && (bundledAt !== null || marked > 0)) this.#notices.push(papersMissing(this.dataFolder, marked));
    if ((bundledAt === null || created) && bundledCapture !== null) {
      try {
        await this.#corpus.importBytes(bundledName, await readFile(bundledCapture));
        await this.#store.change({ settings: { bundledAt: Date.now() } });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        this.#notices.push(`The papers that come with Offprint could not be taken in. ${reason}`);
      }
    }
  }

  onChange(listener: (change: LibraryChange) => void): () => void {
    return this.#announcer.listen(listener);
  }

  importFile(path: string): Promise<ImportedFile> {
    return this.#afterImport(this.#corpus.importFile(path));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await Promise.allSettled(this.#changing);
      await this.#store.close();
      await this.#announcer.settled();
      await this.#corpus.close();
    } finally {
      this.#announcer.close();
      this.#release();
    }
  }

  #makeHandlers(): Handlers {
    return {
      'library.state': () => this.#state(),
      'list.open': async ({ view, query, sort, limit }) => {
        const viewQuery = queryOfView(view);
        if (viewQuery === null) throw new OffprintError('not-found', `There is no view “${view}”.`);
        const queries = [viewQuery, query].filter((text) => text.trim() !== '').map(parseQuery);
        const opened = await this.#corpus.openList({ queries, sort, limit });
        return { ...opened, rows: this.#withMarks(opened.rows) };
      },
      'list.rows': async ({ result, offset, limit }) => ({
        rows: this.#withMarks(await this.#corpus.rows(result, offset, limit)),
      }),
      'list.indexOf': async ({ result, id }) => ({ index: await this.#corpus.indexOf(result, id) }),
      'list.close': async ({ result }) => {
        await this.#corpus.closeList(result);
        return {};
      },
      'paper.get': async ({ id, query }) => {
        const paper = await this.#corpus.paper(id, parseQuery(query));
        if (!paper) throw unknownPaper(id);
        const { markedAs, ...shown } = paper;
        const record = this.#recordOf({ id: paper.id, markedAs });
        return {
          ...shown,
          ...marksOf(record),
          note: record?.note ?? '',
          noteChangedAt: record?.noteChangedAt ?? null,
        };
      },
      'papers.mark': ({ selection, change }) =>
        this.#change(async () => this.#marks.mark(await this.#selected(selection), change)),
      'note.set': ({ id, text }) =>
        this.#change(async () => {
          const [target] = await this.#targets([id]);
          return { changedAt: await this.#marks.setNote(target ?? { id, markedAs: [] }, text) };
        }),
      'history.undo': () => this.#change(async () => ({ done: await this.#marks.undo() })),
      'history.redo': () => this.#change(async () => ({ done: await this.#marks.redo() })),
      'settings.set': (settings) =>
        this.#change(async () => {
          await this.#store.change({ settings });
          return this.#store.settings;
        }, false),
      'import.bytes': ({ name, base64 }) =>
        this.#afterImport(this.#corpus.importBytes(name, Buffer.from(base64, 'base64'))),
      // A host that asks a window to flush takes the answer itself; elsewhere there is nothing to do.
      'session.flushed': async () => ({}),
    };
  }

  async #state(): Promise<LibraryState> {
    const corpus = await this.#corpus.state();
    // Grows within a session by itself and from one session to the next with the clock.
    this.#version = Math.max(this.#version + 1, Date.now());
    return {
      ...corpus,
      ...this.#marks.labels,
      version: this.#version,
      settings: this.#store.settings,
      dataFolder: this.dataFolder,
      appVersion: this.#appVersion,
      notices: [...this.#notices],
    };
  }

  /** What the reader's records of a paper say together. */
  #recordOf(target: MarkTarget) {
    return combinedRecord(target, (id) => this.#store.record(id)).record;
  }

  #withMarks(rows: readonly CorpusRow[]): Row[] {
    return rows.map(({ markedAs, ...row }) => ({ ...row, ...marksOf(this.#recordOf({ id: row.id, markedAs })) }));
  }

  /** The selected papers, and where the reader's records of them stand. */
  async #selected(selection: Selection): Promise<MarkTarget[]> {
    if ('ids' in selection) return this.#targets(selection.ids);
    return this.#targets(await this.#corpus.ids(selection.result, selection.ranges));
  }

  /** The papers that ids or aliases are of. Rejects with `not-found` when there is no such paper. */
  async #targets(ids: readonly PaperId[]): Promise<MarkTarget[]> {
    const known = await this.#corpus.resolve(ids);
    return ids.map((id) => {
      const target = known.get(id);
      if (target === undefined) throw unknownPaper(id);
      return target;
    });
  }

  async #afterImport(importing: Promise<ImportedFile>): Promise<ImportedFile> {
    try {
      return await importing;
    } finally {
      this.#announcer.changed(true);
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

function unknownPaper(id: PaperId): OffprintError {
  return new OffprintError('not-found', `There is no paper with the id ${id}.`);
}

function papersMissing(dataFolder: string, marked: number): string {
  const papers = marked === 1 ? '1 paper' : `${marked} papers`;
  const kept = marked === 0 ? '' : `What you said of ${papers} is kept, and shows again once they are imported again. `;
  const captures = `What you imported is kept in ${join(dataFolder, 'captures')}.`;
  return `The paper database was missing, and a new one has been made. ${kept}${captures}`;
}
