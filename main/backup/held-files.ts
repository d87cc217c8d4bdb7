import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode, temporaryName } from '../store/durable-file.ts';
import { currentSchema } from '../store/library-file.ts';
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

/** What says of which source each imported file is. */
const sourceList = /^captures\/sources\./;

/** Where a library file says its layout, and how far into it that is looked for, in bytes. */
const schemaText = /"format"\s*:\s*"offprint-library"\s*,\s*"schema"\s*:\s*(\d{1,9})/;
const longestBeginning = 64 * 1024;

function namesIn(dataFolder: string, folder: BackedUpFolder): string[] {
  try {
    const names = readdirSync(join(dataFolder, folder)).toSorted();
    return names.filter((name) => isBackedUp(folder, name)).map((name) => `${folder}/${name}`);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * The files that make up a library, as they are at one moment but for `corpus.db`. Those that grow or
 * are replaced under their own name are held open.
 */
export class HeldFiles {
  /** In the order in which they are to be copied: the reader's own first. */
  readonly open: HeldFile[] = [];
  /** The layout of the library file: one of a newer Offprint may have a greater number than ours. */
  layout = currentSchema;
  readonly #dataFolder: string;
  readonly #held = new Set<number>();

  private constructor(dataFolder: string) {
    this.#dataFolder = dataFolder;
  }

  /**
   * Holds the files of a data folder as they are when this returns. The caller sees to it that nobody is
   * just writing the reader's own, and holds the papers after this: what is said of sources may lag behind them.
   * @throws whatever the system throws; nothing is held then
   */
  static hold(dataFolder: string): HeldFiles {
    const held = new HeldFiles(dataFolder);
    try {
      held.#open('library.json');
      held.#readLayout();
      for (const folder of ['journal', 'notes', 'taken-marks', 'captures'] as const) {
        for (const name of namesIn(dataFolder, folder)) {
          if (folder !== 'captures' || sourceList.test(name)) held.#open(name);
        }
      }
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

  #readLayout(): void {
    const [file] = this.open;
    if (!file) return;
    const beginning = Buffer.alloc(longestBeginning);
    const length = readSync(file.fd, beginning, 0, beginning.length, 0);
    const said = Number(schemaText.exec(beginning.toString('latin1', 0, length))?.[1]);
    if (said > currentSchema) this.layout = said;
  }

  #open(name: string): void {
    const path = join(this.#dataFolder, name);
    let fd: number;
    try {
      fd = openSync(path, 'r');
    } catch (error) {
      // A new reader has no library file yet, and lists of sources come and go.
      if (systemCode(error) === 'ENOENT') return;
      throw error;
    }
    this.#held.add(fd);
    const stats = fstatSync(fd);
    this.open.push({ name, path, fd, size: stats.size, modifiedAt: stats.mtime });
  }
}

/**
 * Names of the files that are written once and never change, of which some may have gone by the time they are opened.
 * @param needed names in `captures/` that the papers refer to, as they are held: one of them may still have its
 * provisional name
 */
export function lastingFiles(dataFolder: string, needed: ReadonlySet<string>): string[] {
  const captures = namesIn(dataFolder, 'captures').filter((name) => !sourceList.test(name));
  const arriving = unsettled(dataFolder).filter((name) => needed.has(name) && isBackedUp('captures', name));
  const all = new Set([...captures, ...arriving.map((name) => `captures/${name}`)]);
  return [...namesIn(dataFolder, 'images'), ...namesIn(dataFolder, 'generations'), ...all];
}

/** Names that files in `captures/` are about to have. */
function unsettled(dataFolder: string): string[] {
  try {
    const names = readdirSync(join(dataFolder, 'captures'));
    return names.filter((name) => temporaryName.test(name)).map((name) => name.replace(temporaryName, ''));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
