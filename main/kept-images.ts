import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ImageType, imageEndings, imagesFolder, imageTypeOf, imageTypeOfName } from '../shared/note-images.ts';
import { largestImage } from '../shared/notes-calls.ts';
import { OffprintError } from '../shared/outcome.ts';
import {
  type FileOperations,
  refused,
  replaceFile,
  syncFolder,
  systemCode,
  systemFiles,
} from './store/durable-file.ts';

/** Digits of the SHA-256 that a picture is named after: 128 bits. */
const nameLength = 32;

/**
 * Keeps a picture of a note in the data folder, under a name made of its bytes: the same picture is kept once. It is on
 * the disk, readable by its owner only, when this resolves.
 * @param type what the bytes are said to be
 * @returns its name
 * @throws OffprintError `bad-input` where the bytes are not that, `unreadable` when the system refuses
 */
export async function keepImage(
  dataFolder: string,
  type: ImageType,
  bytes: Uint8Array,
  files: FileOperations = systemFiles,
): Promise<string> {
  if (bytes.length > largestImage)
    throw new OffprintError('bad-input', 'This picture is too large to be kept: 10 MB is the most.');
  if (imageTypeOf(bytes) !== type) {
    throw new OffprintError(
      'bad-input',
      `This is not a picture of the kind that it is said to be (${type}). Nothing was kept.`,
    );
  }
  const name = `${createHash('sha256').update(bytes).digest('hex').slice(0, nameLength)}.${imageEndings[type]}`;
  const folder = join(dataFolder, imagesFolder);
  const path = join(folder, name);
  try {
    if ((await files.mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined)
      await syncFolder(files, dataFolder);
    // One that was damaged since is made whole again.
    const kept = await readImage(dataFolder, name);
    if (kept === null || !isSame(kept.bytes, bytes)) await replaceFile(files, path, inOnePiece(bytes), null);
    return name;
  } catch (error) {
    throw refused(path, 'could not be written', error);
  }
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

/**
 * A kept picture, to be shown. Null for what is no name of one, is not there, cannot be read, or is not what its name
 * says: no other file is ever read, and no link is followed.
 */
export async function readImage(
  dataFolder: string,
  name: string,
): Promise<{ type: ImageType; bytes: Uint8Array<ArrayBuffer> } | null> {
  const type = imageTypeOfName(name);
  if (type === null) return null;
  const path = join(dataFolder, imagesFolder, name);
  try {
    // Windows knows no such flag, and has nothing of the kind that an ordinary user may make.
    if (!(await lstat(path)).isFile()) return null;
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      const stats = await file.stat();
      if (!stats.isFile() || stats.size > largestImage) return null;
      const bytes = new Uint8Array(await file.readFile());
      return imageTypeOf(bytes) === type ? { type, bytes } : null;
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

/**
 * Names of all pictures that are kept, in order; of other files in their folder, none.
 * @throws whatever the system throws, but where there is no such folder
 */
export async function keptImages(dataFolder: string): Promise<string[]> {
  try {
    const names = await readdir(join(dataFolder, imagesFolder));
    return names.filter((name) => imageTypeOfName(name) !== null).toSorted();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
