import { constants } from 'node:fs';
import { basename, join } from 'node:path';
import { datedPath, type FileOperations, renameWithRetries, syncFolder, systemCode } from './durable-file.ts';

/**
 * Keeps what is damaged under a dated name in the data folder, so that nothing is ever deleted. Where
 * nothing may be written, everything is left as it is.
 */
export class Aside {
  /** The names of what has been kept. */
  readonly names: string[] = [];
  readonly #files: FileOperations;
  readonly #folder: string;
  #mayWrite: boolean;
  readonly #onTrouble: (code: string) => void;

  /** @param onTrouble told of the system's code when something cannot be kept; nothing more is done after that */
  constructor(files: FileOperations, folder: string, mayWrite: boolean, onTrouble: (code: string) => void) {
    this.#files = files;
    this.#folder = folder;
    this.#mayWrite = mayWrite;
    this.#onTrouble = onTrouble;
  }

  /**
   * Takes something out of the way: a file, a folder or a link.
   * @param like what its new name is made of, `journal.log` for one
   * @returns its new name; null where it has been left as it is
   */
  move(path: string, like = basename(path)): Promise<string | null> {
    return this.#keep(like, 'damaged', (aside) => renameWithRetries(this.#files, path, aside));
  }

  /**
   * Copies a file.
   * @param word what is the matter with it
   * @returns the name of the copy; null where there is none
   */
  copy(path: string, like = basename(path), word = 'damaged'): Promise<string | null> {
    return this.#keep(like, word, async (copy) => {
      try {
        await this.#files.copyFile(path, copy, constants.COPYFILE_EXCL);
      } catch (error) {
        if (!['ENOENT', 'EEXIST'].includes(systemCode(error) ?? '')) await this.#files.unlink(copy).catch(() => {});
        throw error;
      }
    });
  }

  async #keep(like: string, word: string, put: (path: string) => Promise<void>): Promise<string | null> {
    if (!this.#mayWrite) return null;
    try {
      const path = await datedPath(this.#files, join(this.#folder, like), word, new Date());
      await put(path);
      await syncFolder(this.#files, this.#folder);
      this.names.push(basename(path));
      return basename(path);
    } catch (error) {
      const code = systemCode(error);
      if (code === null) throw error;
      if (code === 'ENOENT') return null;
      this.#mayWrite = false;
      this.#onTrouble(code);
      return null;
    }
  }
}
