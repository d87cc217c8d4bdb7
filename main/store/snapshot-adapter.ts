import { basename, dirname, join } from 'node:path';
import type { Adapter } from 'lowdb';
import { OffprintError } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import {
  datedPath,
  type FileOperations,
  removeLeftovers,
  replaceFile,
  syncFolder,
  systemCode,
  systemFiles,
} from './durable-file.ts';
import {
  type ChangedSettings,
  type LibraryData,
  type PaperRecord,
  printLibrary,
  type ReaderPairs,
  type ReadResult,
  readLibrary,
} from './library-data.ts';

/** One change of the reader's data, as a whole: what each named paper's record becomes, all pairs, and settings. */
export interface StoreChange {
  /** The new record of each paper; null takes it away. */
  papers?: ReadonlyMap<PaperId, PaperRecord | null>;
  pairs?: ReaderPairs;
  settings?: ChangedSettings;
}

/**
 * Where the store's data lives: lowdb's adapter, told of the changes as well. An adapter that
 * writes only what changed (a journal) needs no more than this.
 */
export interface StoreAdapter extends Adapter<LibraryData> {
  /** The changes, oldest first, that the coming {@link Adapter.write} must make durable. */
  stage(changes: readonly StoreChange[]): void;
  /** What was found at reading that the reader should know, in plain words. */
  readonly notices: readonly string[];
}

/** The file of the reader's data inside a data folder. */
export const libraryFileName = 'library.json';
/** The library file as it was before the last write. */
export const backupFileName = 'library.backup.json';

function plainMoment(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Keeps the reader's data in one JSON file, rewritten whole and atomically, and the one before it as a backup. */
export class SnapshotAdapter implements StoreAdapter {
  readonly notices: string[] = [];
  readonly #files: FileOperations;
  readonly #path: string;
  readonly #backup: string;

  /** @param folder the data folder, whose lock the caller holds */
  constructor(folder: string, files: FileOperations = systemFiles) {
    this.#files = files;
    this.#path = join(folder, libraryFileName);
    this.#backup = join(folder, backupFileName);
  }

  /**
   * Reads the library. A damaged file is set aside under a dated name, never deleted, and the
   * backup takes its place. Returns null for a new reader.
   * @throws OffprintError `unreadable` when the system refuses, `newer` for a file of a newer
   * Offprint; in both cases nothing has been touched
   */
  async read(): Promise<LibraryData | null> {
    const library = await this.#examine(this.#path);
    // The backup is looked at only when needed, but before anything is touched.
    const backup = library?.kind === 'good' ? null : await this.#examine(this.#backup);
    try {
      await removeLeftovers(this.#files, this.#path);
      if (library?.kind === 'good') return await this.#withUnclearKept(library, this.#path);
      const aside = library === null ? null : await this.#setAside(this.#path);
      if (backup?.kind === 'good') {
        const since = plainMoment((await this.#files.stat(this.#backup)).mtime);
        const data = await this.#withUnclearKept(backup, this.#backup);
        await replaceFile(this.#files, this.#path, printLibrary(data), null);
        this.notices.push(
          aside === null
            ? `${basename(this.#path)} was missing. Your marks and notes were brought back from the backup of ${since}.`
            : `${basename(this.#path)} ${library?.reason}. Your marks and notes were brought back from the backup of ` +
                `${since}. The damaged file is kept as ${basename(aside)}.`,
        );
        return data;
      }
      if (aside !== null || backup !== null) {
        const kept = [aside, backup === null ? null : await this.#setAside(this.#backup)].filter(
          (path) => path !== null,
        );
        this.notices.push(
          `The file with your marks and notes ${(library ?? backup)?.reason}, and there is no good backup beside it. ` +
            `Offprint has started with an empty one. What was there is kept as ` +
            `${kept.map((path) => basename(path)).join(' and ')} in ${dirname(this.#path)}.`,
        );
      }
      return null;
    } catch (error) {
      throw this.#refused('could not be opened', error);
    }
  }

  /** A snapshot holds everything, so it has no use for the single changes. */
  stage(): void {}

  /**
   * Replaces the file. `data` is read before this returns, so it may change while the write runs.
   * @throws OffprintError `unreadable` with the path and the system's code
   */
  async write(data: LibraryData): Promise<void> {
    const content = printLibrary(data);
    try {
      await replaceFile(this.#files, this.#path, content, this.#backup);
    } catch (error) {
      throw this.#refused('could not be saved', error);
    }
  }

  /** What a file holds; null when there is none. */
  async #examine(path: string): Promise<Exclude<ReadResult, { kind: 'newer' }> | null> {
    let bytes: Uint8Array;
    try {
      bytes = await this.#files.readFile(path);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return null;
      throw this.#refused('could not be read', error, path);
    }
    const result = readLibrary(bytes);
    if (result.kind !== 'newer') return result;
    throw new OffprintError(
      'newer',
      `${path} was written by a newer Offprint. Nothing was changed; install the newer Offprint to open it.`,
    );
  }

  async #setAside(path: string): Promise<string> {
    const aside = await datedPath(this.#files, path, 'damaged', new Date());
    await this.#files.rename(path, aside);
    await syncFolder(this.#files, dirname(path));
    return aside;
  }

  /** Keeps a copy of a file some records of which could not be understood, before it is ever rewritten. */
  async #withUnclearKept(result: Extract<ReadResult, { kind: 'good' }>, path: string): Promise<LibraryData> {
    if (result.unclear.length > 0) {
      const copy = await datedPath(this.#files, path, 'unclear', new Date());
      await this.#files.copyFile(path, copy);
      const records = result.unclear.length === 1 ? '1 paper' : `${result.unclear.length} papers`;
      this.notices.push(
        `What ${basename(path)} says about ${records} could not be understood in full (${result.unclear
          .slice(0, 3)
          .join(', ')}). The file as it was is kept as ${basename(copy)}.`,
      );
    }
    return result.data;
  }

  #refused(what: string, error: unknown, path: string = this.#path): OffprintError {
    if (error instanceof OffprintError) return error;
    const code = systemCode(error);
    if (code === null) throw error;
    return new OffprintError('unreadable', `${path} ${what} (${code}). Nothing of it was changed.`, { cause: error });
  }
}
