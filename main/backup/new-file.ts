import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type FileOperations, syncFolder, systemCode } from '../store/durable-file.ts';

/** A file that is being written under a name of its own, to be given its name once it is whole. */
export interface NewFile {
  handle: FileHandle;
  /** Gives the bytes written so far a name, the first of `names` that is free; answers with the path. They are on the disk then. */
  place(names: Iterable<string>): Promise<string | null>;
  /** Throws it away. Never rejects; harmless when it has been placed. */
  discard(): Promise<void>;
}

/**
 * Begins a file in a folder, readable by its owner only where the file system knows owners.
 * @param name what its provisional name begins with
 * @throws whatever the system throws
 */
export async function beginFile(files: FileOperations, folder: string, name: string): Promise<NewFile> {
  const temporary = join(folder, `${name}.${crypto.randomUUID()}.tmp`);
  const handle = await files.open(temporary, 'wx', 0o600);
  let isThere = true;
  const discard = async () => {
    await handle.close().catch(() => {});
    if (isThere) await files.unlink(temporary).catch(() => {});
    isThere = false;
  };
  return {
    handle,
    discard,
    place: async (names) => {
      await handle.sync();
      await handle.close();
      for (const free of names) {
        const path = join(folder, free);
        const way = await take(files, temporary, path);
        if (way === 'taken') continue;
        if (way === 'linked') await files.unlink(temporary);
        isThere = false;
        await syncFolder(files, folder);
        return path;
      }
      return null;
    },
  };
}

/** Gives a file a name that no other has, without ever writing over one. */
async function take(files: FileOperations, from: string, to: string): Promise<'taken' | 'linked' | 'moved'> {
  try {
    await files.link(from, to);
    return 'linked';
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return 'taken';
  }
  // exFAT and some network drives have no links. The name is taken by an empty file, which may then be replaced.
  try {
    await (await files.open(to, 'wx', 0o600)).close();
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return 'taken';
    throw error;
  }
  try {
    await files.rename(from, to);
    return 'moved';
  } catch (error) {
    await files.unlink(to).catch(() => {});
    throw error;
  }
}

/** The folder and the name of a path. */
export function partsOf(path: string): { folder: string; name: string } {
  return { folder: dirname(path), name: basename(path) };
}
