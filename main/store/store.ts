import { Low } from 'lowdb';
import { OffprintError } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import type { Settings } from '../../shared/settings.ts';
import {
  emptyLibrary,
  type LibraryData,
  mergeSettings,
  type PaperRecord,
  type ReaderPairs,
  readSettings,
} from './library-data.ts';
import type { StoreAdapter, StoreChange } from './snapshot-adapter.ts';

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
  /** Records, pairs and settings as they were before the batch first touched them. */
  recordsBefore: Map<PaperId, PaperRecord | undefined>;
  pairsBefore: ReaderPairs | null;
  settingsBefore: Record<string, unknown> | null;
  rolledBack: (() => void)[];
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
  #settings: Settings;

  private constructor(low: Low<LibraryData>, adapter: StoreAdapter, onCommit: (commit: Commit) => void) {
    this.#low = low;
    this.#adapter = adapter;
    this.#onCommit = onCommit;
    this.#settings = readSettings(low.data.settings);
  }

  /**
   * Reads the store.
   * @param onCommit called after each write that touched papers, in the order of the writes,
   * before the promises of its changes resolve; must not throw
   * @throws OffprintError as the adapter's `read` does
   */
  static async open(adapter: StoreAdapter, onCommit: (commit: Commit) => void = () => {}): Promise<Store> {
    const low = new Low<LibraryData>(adapter, emptyLibrary());
    await low.read();
    return new Store(low, adapter, onCommit);
  }

  /** What was found at opening, in plain words. */
  get notices(): readonly string[] {
    return this.#adapter.notices;
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
    this.#gathering ??= {
      changes: [],
      recordsBefore: new Map(),
      pairsBefore: null,
      settingsBefore: null,
      rolledBack: [],
      written: Promise.withResolvers(),
    };
    const batch = this.#gathering;
    batch.changes.push(change);
    if (rolledBack) batch.rolledBack.push(rolledBack);
    this.#apply(change, batch);
    this.#writing ??= this.#writeAll();
    return batch.written.promise;
  }

  /** Resolves when everything changed so far is on the disk or has been refused. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  /** Takes no more changes and waits for those under way. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.settled();
  }

  #apply(change: StoreChange, batch: Batch): void {
    const { data } = this.#low;
    for (const [id, record] of change.papers ?? []) {
      if (!batch.recordsBefore.has(id)) batch.recordsBefore.set(id, data.papers.get(id));
      if (record === null) data.papers.delete(id);
      else data.papers.set(id, record);
    }
    if (change.pairs) {
      batch.pairsBefore ??= data.pairs;
      data.pairs = change.pairs;
    }
    if (change.settings) {
      batch.settingsBefore ??= data.settings;
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
    if (batch.pairsBefore) data.pairs = batch.pairsBefore;
    if (batch.settingsBefore) {
      data.settings = batch.settingsBefore;
      this.#settings = readSettings(data.settings);
    }
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
  }

  async #write(batch: Batch): Promise<void> {
    const { data } = this.#low;
    const stampBefore = data.stamp;
    const papers = new Map([...batch.recordsBefore.keys()].map((id) => [id, data.papers.get(id) ?? null]));
    if (papers.size > 0) data.stamp = crypto.randomUUID();
    const { stamp } = data;
    try {
      this.#adapter.stage(batch.changes);
      await this.#low.write();
    } catch (error) {
      const later = this.#gathering;
      this.#gathering = null;
      if (later) this.#rollBack(later);
      this.#rollBack(batch);
      data.stamp = stampBefore;
      batch.written.reject(error);
      later?.written.reject(error);
      return;
    }
    if (papers.size > 0) this.#onCommit({ stamp, papers });
    batch.written.resolve();
  }
}
