import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BackupSummary } from '../shared/backup.ts';
import type { EventPayload } from '../shared/contract.ts';
import { OffprintError } from '../shared/outcome.ts';
import type { RestoreImpact } from './backup/compare-libraries.ts';
import { keptFolderName, removeOldest } from './backup/kept-before.ts';
import type { BackupReason } from './backup/manifest.ts';
import type { OpenedBackup } from './backup/open-backup.ts';
import { type OnDone, Progress } from './backup/progress.ts';
import { LibrarySwap } from './backup/swap.ts';
import { checkTargetFolder } from './backup/target-folder.ts';
import { stopped } from './backup/trouble.ts';
import type { BackupTarget, WrittenBackup } from './backup/write-backup.ts';
import { type FileOperations, systemFiles } from './store/durable-file.ts';
import type { Store } from './store/store.ts';

type Phase = EventPayload<'backup.progress'>['phase'];

/** How one library takes the place of another in a data folder that is closed. */
export interface Replacement {
  /** Puts the new one in its place. When it rejects, the one before is in its place, unless even that was refused. */
  putIn(): Promise<void>;
  /** Puts the one before in its place again, when the new one cannot be opened. Rejects when that is refused. */
  putBack(): Promise<void>;
  /** The new one is open: lets the other go. */
  settle(): Promise<void>;
}

/**
 * Closes a library, lets another take its place and opens that one, all without letting the folder go.
 * When it rejects, the one before is open again; for reading only, where it could not be put in its place.
 */
export type Reopen = (replacement: Replacement) => Promise<void>;

/** What {@link Backups} are made of and restored into. */
export interface BackupParts {
  dataFolder: string;
  appVersion: string;
  store: Pick<Store, 'fold' | 'atRest' | 'records' | 'views' | 'tagColours' | 'settings'>;
  /** How many papers and sources there are. */
  countPapers(): Promise<{ papers: number; sources: number }>;
  /** Told now and then how far it is. */
  onProgress(progress: EventPayload<'backup.progress'>): void;
  /** Why nothing can be changed in this library, as a whole sentence; null when everything can be. */
  readOnly: string | null;
  /** True while papers are being imported. */
  isImporting(): boolean;
  /** Lets nothing be changed any more, for this reason, and waits for what is being changed; returns what lets it again. */
  quieten(reason: string): Promise<() => void>;
  /** Null where no other library can take the place of this one. */
  reopen: Reopen | null;
  files?: FileOperations;
  now?: () => number;
}

/** How a host asks for one of {@link Backups}. */
export interface BackupJobOptions {
  signal?: AbortSignal;
  /** Told in place of the windows. */
  onProgress?: OnDone;
}

/** A backup file, and what it is called in messages. */
export interface BackupFile {
  path: string;
  name: string;
}

/** Names of settings that no reader has set. */
const ownSettingNames = ['bundledAt'];

/**
 * Backups of a library: written, looked into and restored, one thing at a time. What reads and writes them is loaded
 * when one is asked for: a start needs none of it.
 */
export class Backups {
  readonly #parts: BackupParts;
  readonly #files: FileOperations;
  /** While another library is taking the place of this one. */
  #isReplaced = false;
  #isClosed = false;
  #job: { abort: AbortController; ended: Promise<unknown>; givesWay: boolean } | null = null;

  constructor(parts: BackupParts) {
    this.#parts = parts;
    this.#files = parts.files ?? systemFiles;
  }

  /**
   * Writes everything into one new file.
   * @throws OffprintError as `writeBackup` and `checkTargetFolder` do; `refused` while another is under way
   */
  async write(target: BackupTarget, options: BackupJobOptions = {}): Promise<WrittenBackup> {
    return this.#alone(options, false, async (signal) => {
      await checkTargetFolder('folder' in target ? target.folder : dirname(target.path), this.#parts.dataFolder);
      return this.#write(target, 'asked', null, signal, this.#tell('writing', options));
    });
  }

  /** Writes a copy that nobody waits for. Null when something else is under way, or was begun meanwhile. */
  async writeCopy(folder: string, copyOf: string): Promise<WrittenBackup | null> {
    if (this.#job || this.#isClosed) return null;
    return this.#alone({}, true, async (signal) => {
      try {
        await checkTargetFolder(folder, this.#parts.dataFolder);
        return await this.#write({ folder }, 'copy', copyOf, signal, () => {});
      } catch (error) {
        if (signal.aborted) return null;
        throw error;
      }
    });
  }

  /**
   * Reads a backup from its beginning to its end.
   * @returns what it holds
   * @throws OffprintError as `openBackup` and `OpenedBackup.read` do
   */
  async check(file: BackupFile, options: BackupJobOptions = {}): Promise<BackupSummary> {
    return this.#alone(options, false, (signal) =>
      withBackup(file, async (backup) => {
        const progress = new Progress(backup.unpackedBytes, this.#tell('checking', options));
        await backup.check((bytes) => progress.add(bytes), signal);
        progress.end();
        return await summarised(backup);
      }),
    );
  }

  /**
   * Makes the library what a backup holds. What there was is written into a backup of its own first.
   * @returns the path of that one, and what was found at restoring
   * @throws OffprintError as {@link check} does; `refused`, and `unreadable` when there is no room; in any case
   * nothing has been changed
   */
  async restore(file: BackupFile, options: BackupJobOptions = {}): Promise<{ kept: string; notices: string[] }> {
    const { reopen } = this.#parts;
    this.#refuseReadOnly();
    if (!reopen) throw new OffprintError('refused', 'No backup can be restored here. Nothing was changed.');
    return this.#alone(options, false, (signal) =>
      withBackup(file, async (backup) => {
        const tell = this.#tell('restoring', options);
        const swap = new LibrarySwap(this.#parts.dataFolder, this.#files);
        try {
          return await this.#restore(backup, swap, reopen, signal, tell);
        } finally {
          await swap.clear();
        }
      }),
    );
  }

  /**
   * Says what restoring a backup would do, and changes nothing. Holds the thread up.
   * @throws OffprintError as {@link check} does
   */
  async compare(
    file: BackupFile,
    options: BackupJobOptions = {},
  ): Promise<{ summary: BackupSummary; impact: RestoreImpact }> {
    const { dataFolder, store } = this.#parts;
    this.#refuseReadOnly();
    return this.#alone(options, false, (signal) =>
      withBackup(file, async (backup) => {
        const swap = new LibrarySwap(dataFolder, this.#files);
        try {
          await swap.begin();
          const then = swap.staging;
          await this.#unpack(backup, then, signal, this.#tell('checking', options));
          const folders = { now: dataFolder, then };
          const { compareLibraries } = await import('./backup/compare-libraries.ts');
          const { machineSettingNames } = await import('./backup/make-ready.ts');
          const impacts: RestoreImpact[] = [];
          await this.#makeReady(backup, then, (other) => {
            impacts.push(compareLibraries(folders, store, other, [...machineSettingNames, ...ownSettingNames]));
          });
          const [impact] = impacts;
          if (!impact) throw new Error('a library that is ready has been looked at');
          return { summary: await summarised(backup), impact };
        } finally {
          await swap.clear();
        }
      }),
    );
  }

  /**
   * Stops what is under way and resolves when it has ended. Does nothing when nothing is, or when another
   * library is just taking the place of this one.
   */
  async cancel(): Promise<void> {
    if (this.#isReplaced) return;
    this.#job?.abort.abort();
    await this.#job?.ended;
  }

  /** Stops what is under way, begins nothing more, and resolves when that has ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.cancel();
  }

  /** Another Offprint may hold a folder that this one could not take. */
  #refuseReadOnly(): void {
    if (this.#parts.readOnly !== null) throw new OffprintError('refused', this.#parts.readOnly);
  }

  async #restore(
    backup: OpenedBackup,
    swap: LibrarySwap,
    reopen: Reopen,
    signal: AbortSignal,
    tell: OnDone,
  ): Promise<{ kept: string; notices: string[] }> {
    const { dataFolder, isImporting, quieten } = this.#parts;
    refuseWhile(isImporting());
    await swap.begin();
    await this.#unpack(backup, swap.staging, signal, (done) => tell(done / 2));
    const notices = await this.#makeReady(backup, swap.staging);
    refuseWhile(isImporting());
    const letChange = await quieten('A backup is being restored, and nothing can be changed until that is done.');
    try {
      const folder = join(dataFolder, keptFolderName);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { path: kept } = await this.#write({ folder }, 'restore', null, signal, (done) => tell(0.5 + done / 2));
      let isIn = false;
      try {
        if (signal.aborted) throw stopped();
        const { madeAt } = backup.manifest;
        this.#isReplaced = true;
        await reopen({
          putIn: async () => {
            await swap.putIn(madeAt, kept);
            isIn = true;
          },
          putBack: async () => {
            await swap.putBack();
            isIn = false;
          },
          settle: () => swap.settle(),
        });
      } catch (error) {
        // Where what there was is there still, each attempt would leave all of it once more.
        const isHalf = isIn || (await swap.isUnderWay().catch(() => true));
        if (!isHalf) await this.#files.unlink(kept).catch(() => {});
        throw error;
      }
      await removeOldest(folder, kept, (this.#parts.now ?? Date.now)());
      return { kept, notices };
    } finally {
      this.#isReplaced = false;
      letChange();
    }
  }

  async #unpack(backup: OpenedBackup, folder: string, signal: AbortSignal, tell: OnDone): Promise<void> {
    const { roomIn, unpackBackup } = await import('./backup/unpack-backup.ts');
    const progress = new Progress(backup.unpackedBytes, tell);
    await unpackBackup(backup, folder, { files: this.#files, progress, signal, room: roomIn });
    progress.end();
  }

  async #makeReady({ manifest }: OpenedBackup, folder: string, look?: (store: Store) => void): Promise<string[]> {
    const { machineSettings, makeReady } = await import('./backup/make-ready.ts');
    const hasCorpus = manifest.layouts.corpus !== null;
    return makeReady(folder, hasCorpus, machineSettings(this.#parts.store.settings), look);
  }

  async #write(
    target: BackupTarget,
    reason: BackupReason,
    copyOf: string | null,
    signal: AbortSignal,
    onProgress: OnDone,
  ): Promise<WrittenBackup> {
    const { dataFolder, appVersion, store, now = Date.now } = this.#parts;
    const { holdLibrary } = await import('./backup/hold-library.ts');
    const { writeBackup } = await import('./backup/write-backup.ts');
    const hold = async () => {
      // Counted already: to count a million papers in the file would hold everything up.
      const papers = await this.#parts.countPapers();
      const counts = () => {
        let notes = 0;
        for (const { note = '' } of store.records.values()) if (note !== '') notes += 1;
        return { ...papers, marked: store.records.size, notes, views: store.views.length };
      };
      // So that whoever reads the library file only has everything, but for what is changed right now.
      await store.fold();
      return holdLibrary(dataFolder, { atRest: (look) => store.atRest(look), counts });
    };
    const says = { appVersion, reason, copyOf };
    return writeBackup({ ...says, dataFolder, hold, target, signal, onProgress, now, files: this.#files });
  }

  #tell(phase: Phase, { onProgress }: BackupJobOptions): OnDone {
    return onProgress ?? ((done) => this.#parts.onProgress({ phase, done }));
  }

  async #alone<T>(
    { signal }: BackupJobOptions,
    givesWay: boolean,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (this.#isClosed) throw new OffprintError('refused', 'The library is closed.');
    if (this.#job && !this.#job.givesWay) {
      throw new OffprintError(
        'refused',
        'A backup is being written, checked or restored already. Wait until that is done.',
      );
    }
    const before = this.#job;
    before?.abort.abort();
    const abort = new AbortController();
    const stop = () => abort.abort();
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop);
    const working = Promise.resolve(before?.ended).then(() => work(abort.signal));
    const job = { abort, givesWay, ended: working.catch(() => {}) };
    this.#job = job;
    try {
      return await working;
    } finally {
      signal?.removeEventListener('abort', stop);
      if (this.#job === job) this.#job = null;
    }
  }
}

async function summarised({ manifest, bytes }: OpenedBackup): Promise<BackupSummary> {
  const { summaryOf } = await import('./backup/manifest.ts');
  return summaryOf(manifest, bytes);
}

async function withBackup<T>({ path, name }: BackupFile, work: (backup: OpenedBackup) => Promise<T>): Promise<T> {
  const { openBackup } = await import('./backup/open-backup.ts');
  const backup = await openBackup(path, name);
  try {
    return await work(backup);
  } finally {
    backup.close();
  }
}

function refuseWhile(importing: boolean): void {
  if (!importing) return;
  const message = 'An import is under way. Wait until it has ended, or cancel it. Nothing was changed.';
  throw new OffprintError('refused', message);
}
