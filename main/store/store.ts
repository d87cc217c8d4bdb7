import { Low } from 'lowdb';
import type { GenerationReason } from '../../shared/generations.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SavedView } from '../../shared/views.ts';
import type { KeptGeneration } from './generation-files.ts';
import { type HistoryEntry, type HistoryIndex, moved, trimmed } from './history-index.ts';
import { isLarge } from './large-change.ts';
import {
  type CitationKeys,
  emptyLibrary,
  type LibraryData,
  type LibraryFrame,
  type LibraryImage,
  mergeSettings,
  type PaperRecord,
  type ReaderPairs,
  readSettings,
  type TagColours,
  withKeys,
} from './library-data.ts';
import type { NoteVersionsReader } from './note-versions.ts';
import { type PastNote, ReplacedNotes } from './note-versions-rule.ts';
import type { Step } from './step.ts';
import type { StoreAdapter, StoreChange } from './store-adapter.ts';

/** Paper records that have just become durable, for whoever mirrors them. */
export interface Commit {
  /** The stamp now on the disk. */
  stamp: string;
  /** The records as written; null for one that was taken away. */
  papers: ReadonlyMap<PaperId, PaperRecord | null>;
}

/** Changes that share one write. */
interface Batch {
  changes: StoreChange[];
  /** Records as they were before the batch first touched them, and all else as it was before the batch. */
  recordsBefore: Map<PaperId, PaperRecord | undefined>;
  frameBefore: LibraryFrame;
  rolledBack: (() => void)[];
  /** Past versions of notes that the changes make. */
  replaced: PastNote[];
  /** Why the data before it are kept first: because somebody asked for that, or because it is a large change. */
  keepFirst: GenerationReason | null;
  written: PromiseWithResolvers<void>;
}

/**
 * The reader's own data. A change shows in memory at once and is durable when its promise
 * resolves. Changes made while a write is under way share the next one. When a write fails, its
 * changes and all made since (they stand on the lost ones) are taken back in memory, newest
 * first, and their promises reject: what was refused is not there, what was acknowledged is.
 */
export class Store {
  readonly #low: Low<LibraryData>;
  readonly #adapter: StoreAdapter;
  readonly #onCommit: (commit: Commit) => void;
  #gathering: Batch | null = null;
  #writing: Promise<void> | null = null;
  #closed = false;
  /** To be called when all that is in memory, but for what is being gathered, is on the disk. */
  #atMoment: (() => void)[] = [];
  #onUnkept: (error: unknown) => void = () => {};
  readonly #replaced = new ReplacedNotes();
  readonly #now: () => number;
  #settings: Settings;

  private constructor(
    low: Low<LibraryData>,
    adapter: StoreAdapter,
    onCommit: (commit: Commit) => void,
    now: () => number,
  ) {
    this.#low = low;
    this.#adapter = adapter;
    this.#onCommit = onCommit;
    this.#now = now;
    this.#settings = readSettings(low.data.settings);
  }

  /**
   * Reads the store.
   * @param onCommit called after each write that touched papers, in the order of the writes,
   * before the promises of its changes resolve; must not throw
   * @throws OffprintError as the adapter's `read` does
   */
  static async open(
    adapter: StoreAdapter,
    onCommit: (commit: Commit) => void = () => {},
    now: () => number = Date.now,
  ): Promise<Store> {
    const low = new Low<LibraryData>(adapter, emptyLibrary());
    await low.read();
    return new Store(low, adapter, onCommit, now);
  }

  /** What was found at opening, in plain words. */
  get notices(): readonly string[] {
    return this.#adapter.notices;
  }

  /** Why nothing can be changed, as a whole sentence; null when everything can be. */
  get readOnly(): string | null {
    return this.#adapter.readOnly;
  }

  /** Changes with every write that touches papers. */
  get stamp(): string {
    return this.#low.data.stamp;
  }

  get settings(): Settings {
    return this.#settings;
  }

  record(id: PaperId): PaperRecord | undefined {
    return this.#low.data.papers.get(id);
  }

  /** What the reader has decided about which papers are the same. */
  get pairs(): ReaderPairs {
    return this.#low.data.pairs;
  }

  /** Saved views in the reader's order. */
  get views(): readonly SavedView[] {
    return this.#low.data.views;
  }

  get tagColours(): TagColours {
    return this.#low.data.tagColours;
  }

  /** The citation keys that papers have been given; see {@link LibraryFrame}. */
  get citationKeys(): CitationKeys {
    return this.#low.data.citationKeys;
  }

  /** What Undo and Redo go through. */
  get history(): HistoryIndex {
    return this.#low.data.history;
  }

  /** All of a step of the history; see `StoreAdapter.readStep`. */
  async step(entry: HistoryEntry): Promise<Step> {
    return entry.step ?? this.#adapter.readStep(entry);
  }

  /** The texts that notes had before the ones that they have. */
  get noteVersions(): NoteVersionsReader {
    return this.#adapter.noteVersions;
  }

  /** Every record, by paper id. */
  get records(): ReadonlyMap<PaperId, PaperRecord> {
    return this.#low.data.papers;
  }

  /**
   * Makes one change. It shows in memory when this returns.
   * @param rolledBack called when the change had to be taken back, before the promise rejects
   * @returns resolves when the change is on the disk; rejects with `unreadable` when it could not
   * be written and has been taken back
   */
  change(change: StoreChange, rolledBack?: () => void): Promise<void> {
    if (this.#closed) return Promise.reject(new OffprintError('refused', 'The library is closed.'));
    if (this.readOnly !== null) return Promise.reject(new OffprintError('refused', this.readOnly));
    this.#gathering ??= {
      changes: [],
      recordsBefore: new Map(),
      frameBefore: this.#frame(),
      rolledBack: [],
      replaced: [],
      keepFirst: null,
      written: Promise.withResolvers(),
    };
    const batch = this.#gathering;
    const at = this.#now();
    batch.changes.push({ ...change, at });
    if (rolledBack) batch.rolledBack.push(rolledBack);
    if (change.keepFirst) batch.keepFirst = change.keepFirst;
    else if (batch.keepFirst === null && isLarge(change, this.#low.data)) batch.keepFirst = 'large-change';
    this.#apply(change, batch, at);
    this.#writing ??= this.#writeAll();
    return batch.written.promise;
  }

  /**
   * Keeps what is on the disk as a generation; see `StoreAdapter.keep`. Changes go on meanwhile.
   * @throws OffprintError `refused` when the store is closed or nothing can be changed, `unreadable` when the system refuses
   */
  keep(reason: GenerationReason): Promise<KeptGeneration | null> {
    if (this.#closed) return Promise.reject(new OffprintError('refused', 'The library is closed.'));
    if (this.readOnly !== null) return Promise.reject(new OffprintError('refused', this.readOnly));
    const keep = () => this.#adapter.keep(this.#image(this.#pending()), reason);
    if (!this.#writing) return keep();
    const kept = Promise.withResolvers<KeptGeneration | null>();
    this.#atMoment.push(() => kept.resolve(keep()));
    return kept.promise;
  }

  /** Calls back with why a generation could not be taken before a large change, which is made all the same. */
  onUnkept(listener: (error: unknown) => void): void {
    this.#onUnkept = listener;
  }

  /** Resolves when everything changed so far is on the disk or has been refused. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  /** See `StoreAdapter.fold`. */
  fold(): Promise<void> {
    const fold = () => (this.#closed ? Promise.resolve() : this.#adapter.fold(() => this.#image(this.#pending())));
    if (!this.#writing) return fold();
    const folded = Promise.withResolvers<void>();
    this.#atMoment.push(() => folded.resolve(fold()));
    return folded.promise;
  }

  /** See `StoreAdapter.atRest`. */
  atRest<T>(look: () => T): Promise<T> {
    return this.#adapter.atRest(look);
  }

  /** Takes no more changes, waits for those under way, and lets go of the files. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.settled();
    await this.#adapter.close(this.#image([]));
  }

  /** What is in memory and not on the disk while nothing is being written. */
  #pending(): Batch[] {
    return this.#gathering ? [this.#gathering] : [];
  }

  #frame(): LibraryFrame {
    const { papers: _, ...frame } = this.#low.data;
    return frame;
  }

  /** The data without the changes of these batches, the oldest first, which are all that is not on the disk. */
  #image(pending: readonly Batch[]): LibraryImage {
    const { papers } = this.#low.data;
    const frame = pending[0]?.frameBefore ?? this.#frame();
    const before = new Map(pending.toReversed().flatMap(({ recordsBefore }) => [...recordsBefore]));
    const ids = [...papers.keys()];
    const records: (PaperRecord | undefined)[] = [...papers.values()];
    if (before.size > 0) for (const [at, id] of ids.entries()) if (before.has(id)) records[at] = before.get(id);
    for (const [id, record] of before) {
      if (papers.has(id)) continue;
      ids.push(id);
      records.push(record);
    }
    return { ...frame, ids, records };
  }

  #apply(change: StoreChange, batch: Batch, at: number): void {
    const { data } = this.#low;
    const recordOf = (id: PaperId) => data.papers.get(id);
    for (const [id, record] of change.papers ?? []) {
      const before = recordOf(id);
      if (!batch.recordsBefore.has(id)) batch.recordsBefore.set(id, before);
      batch.replaced.push(...this.#replaced.by(id, before, record, recordOf, at));
      if (record === null) data.papers.delete(id);
      else data.papers.set(id, record);
    }
    if (change.pairs) data.pairs = change.pairs;
    if (change.views) data.views = change.views;
    if (change.tagColours) data.tagColours = change.tagColours;
    if (change.citationKeys) data.citationKeys = withKeys(data.citationKeys, change.citationKeys);
    if (change.history) data.history = moved(data.history, change.history);
    if (change.settings) {
      data.settings = mergeSettings(data.settings, change.settings);
      this.#settings = readSettings(data.settings);
    }
  }

  #rollBack(batch: Batch): void {
    const { data } = this.#low;
    for (const [id, record] of batch.recordsBefore) {
      if (record === undefined) data.papers.delete(id);
      else data.papers.set(id, record);
    }
    Object.assign(data, batch.frameBefore);
    this.#settings = readSettings(data.settings);
    for (const tell of batch.rolledBack.reverse()) tell();
  }

  async #writeAll(): Promise<void> {
    // Changes made in the same turn share the first write.
    await Promise.resolve();
    for (let batch = this.#gathering; batch; batch = this.#gathering) {
      this.#gathering = null;
      await this.#write(batch);
    }
    this.#writing = null;
    this.#tellMoment();
  }

  #tellMoment(): void {
    for (const tell of this.#atMoment.splice(0)) tell();
  }

  /** Keeps the data as they are without a batch. Only where that is no more than a precaution may it fail. */
  async #keepBefore(batch: Batch, reason: GenerationReason): Promise<void> {
    try {
      await this.#adapter.keep(this.#image([batch]), reason);
    } catch (error) {
      if (reason !== 'large-change') throw error;
      this.#onUnkept(error);
    }
  }

  async #write(batch: Batch): Promise<void> {
    const { data } = this.#low;
    const papers = new Map([...batch.recordsBefore.keys()].map((id) => [id, data.papers.get(id) ?? null]));
    if (papers.size > 0) data.stamp = crypto.randomUUID();
    const { stamp } = data;
    try {
      if (batch.keepFirst) await this.#keepBefore(batch, batch.keepFirst);
      this.#adapter.stage(batch.changes, () => this.#image([batch, ...this.#pending()]), batch.replaced);
      await this.#low.write();
    } catch (error) {
      const later = this.#gathering;
      this.#gathering = null;
      if (later) this.#rollBack(later);
      this.#rollBack(batch);
      batch.written.reject(error);
      later?.written.reject(error);
      this.#tellMoment();
      return;
    }
    data.history = trimmed(data.history);
    if (papers.size > 0) this.#onCommit({ stamp, papers });
    batch.written.resolve();
    this.#adapter.written(() => this.#image(this.#pending()));
    this.#tellMoment();
  }
}
