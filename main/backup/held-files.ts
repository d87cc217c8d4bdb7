import { closeSync, fstatSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../store/durable-file.ts';
import { type BackedUpFolder, isBackedUp } from './entry-names.ts';

/** A file of the data folder as it was at one moment. */
export interface HeldFile {
  /** What it is called in a backup: its path in the data folder, with `/`. */
  name: string;
  path: string;
  /** Open for reading, so that it stays what it is. */
  fd: number;
  /** How much of it there was, in bytes. */
  size: number;
  modifiedAt: Date;
}

/** Those that grow, or are replaced under their own name. */
const changing: readonly BackedUpFolder[] = ['journal', 'notes', 'taken-marks'];
/** Those that are written once, and come and go. */
const lasting: readonly BackedUpFolder[] = ['generations', 'captures'];

function namesIn(dataFolder: string, folder: BackedUpFolder): string[] {
  try {
    const names = readdirSync(join(dataFolder, folder)).toSorted();
    return names.filter((name) => isBackedUp(folder, name)).map((name) => `${folder}/${name}`);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The files of a data folder as they are at one moment. */
export class HeldFiles {
  /** In the order in which they are to be copied: the reader's own first. */
  readonly open: HeldFile[] = [];
  /** Names of those that never change, of which some may have gone by the time they are opened. */
  readonly lasting: readonly string[];
  readonly #dataFolder: string;
  readonly #held = new Set<number>();

  private constructor(dataFolder: string) {
    this.#dataFolder = dataFolder;
    this.lasting = lasting.flatMap((folder) => namesIn(dataFolder, folder));
  }

  /**
   * Holds the files of a data folder as they are when this returns; the caller sees to it that nobody
   * is just writing the reader's own.
   * @throws whatever the system throws; nothing is held then
   */
  static hold(dataFolder: string): HeldFiles {
    const held = new HeldFiles(dataFolder);
    try {
      for (const name of ['library.json', ...changing.flatMap((folder) => namesIn(dataFolder, folder))])
        held.#open(name);
    } catch (error) {
      held.release();
      throw error;
    }
    return held;
  }

  /** Lets a file go that has been copied. */
  done(file: HeldFile): void {
    if (this.#held.delete(file.fd)) closeSync(file.fd);
  }

  /** Lets all of them go. May be called again. */
  release(): void {
    for (const file of this.open) this.done(file);
  }

  #open(name: string): void {
    const path = join(this.#dataFolder, name);
    let fd: number;
    try {
      fd = openSync(path, 'r');
    } catch (error) {
      // A new reader has no library file yet; all others have just been seen.
      if (systemCode(error) === 'ENOENT') return;
      throw error;
    }
    this.#held.add(fd);
    const stats = fstatSync(fd);
    this.open.push({ name, path, fd, size: stats.size, modifiedAt: stats.mtime });
  }
}
