import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { join } from 'node:path';
import { imagesFolder, imageTypeOfName } from '../../shared/note-images.ts';
import { largestImage } from '../../shared/notes-calls.ts';
import { type FileOperations, syncFolder, systemCode } from '../store/durable-file.ts';
import { stampOf } from './paper-files.ts';
import { placeNew, provisional } from './write-file.ts';

/**
 * Why a picture is not beside the files: it is `missing` where pictures are kept, or cannot be read; its name is
 * `taken` by something else; or what is called `images` is `no-folder`.
 */
export type PictureLack = 'missing' | 'taken' | 'no-folder';

/** What {@link FolderPictures} are made of. */
export interface FolderPictureParts {
  files: FileOperations;
  /** The bytes of a picture as it is kept, by its name; null where there is none, or it cannot be read. */
  image(name: string): Promise<Uint8Array | null>;
  /** Rights of a new picture, and of a new folder for them. */
  modes: { file: number; folder: number };
}

/**
 * Puts the pictures of notes into `images/` of a folder of Markdown files, where the notes say that they are. What is
 * there already is never changed nor removed, not even a picture that no note shows any more: the reader may show it
 * elsewhere. No link is followed.
 */
export class FolderPictures {
  readonly #parts: FolderPictureParts;
  /** When each was last changed that was read and found to be as it should. */
  readonly #read = new Map<string, string>();

  constructor(parts: FolderPictureParts) {
    this.#parts = parts;
  }

  /**
   * Puts one picture there, unless it is: whole and on the disk, or not at all.
   * @returns null when it is there, else why it is not
   * @throws whatever the system throws
   */
  async put(folder: string, name: string): Promise<PictureLack | null> {
    if (imageTypeOfName(name) === null) return 'missing';
    const { files, image, modes } = this.#parts;
    const pictures = join(folder, imagesFolder);
    const path = join(pictures, name);
    const around = await this.#at(pictures);
    if (around !== null && !around.isDirectory()) return 'no-folder';
    const there = around && (await this.#at(path));
    if (there) return (await this.#isSame(path, there, name)) ? null : 'taken';
    const bytes = await image(name);
    if (bytes === null) return 'missing';
    if (around === null) {
      await files.mkdir(pictures, { mode: modes.folder }).catch((error: unknown) => {
        if (systemCode(error) !== 'EEXIST') throw error;
      });
      if (!(await this.#at(pictures))?.isDirectory()) return 'no-folder';
      await syncFolder(files, folder);
    }
    if (await this.#place(pictures, path, bytes)) return null;
    // Somebody else was faster.
    const now = await this.#at(path);
    return now && (await this.#isSame(path, now, name)) ? null : 'taken';
  }

  async #place(pictures: string, path: string, bytes: Uint8Array): Promise<boolean> {
    const { files, modes } = this.#parts;
    const temporary = await provisional(files, pictures, bytes, modes.file);
    try {
      if (await placeNew(files, temporary, path)) {
        await syncFolder(files, pictures);
        return true;
      }
    } catch (error) {
      await files.unlink(temporary).catch(() => {});
      throw error;
    }
    await files.unlink(temporary).catch(() => {});
    return false;
  }

  #at(path: string): Promise<Stats | null> {
    return this.#parts.files.lstat(path).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return null;
      throw error;
    });
  }

  /** Whether what is there is the picture: its name says its bytes, and where that is not so, they are as they are kept. */
  async #isSame(path: string, about: Stats, name: string): Promise<boolean> {
    if (!about.isFile() || about.size > largestImage) return false;
    const stamp = stampOf(about);
    if (this.#read.get(path) === stamp) return true;
    const digest = await this.#digest(path);
    const isSame = digest.startsWith(name.slice(0, name.indexOf('.'))) || digest === (await this.#keptDigest(name));
    if (isSame) this.#read.set(path, stamp);
    return isSame;
  }

  async #digest(path: string): Promise<string> {
    const hash = createHash('sha256');
    const handle = await this.#parts.files.open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      for await (const piece of handle.createReadStream({ autoClose: false })) hash.update(piece);
    } finally {
      await handle.close();
    }
    return hash.digest('hex');
  }

  async #keptDigest(name: string): Promise<string | null> {
    const bytes = await this.#parts.image(name);
    return bytes && createHash('sha256').update(bytes).digest('hex');
  }
}
