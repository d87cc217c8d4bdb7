import { dirname, join } from 'node:path';
import type { FileOperations } from '../store/durable-file.ts';
import { renameWithRetries, syncFolder, systemCode } from '../store/durable-file.ts';
import { isAsRead, unfinishedName } from './paper-files.ts';

/** More files of one name are not tried. */
const mostOfName = 10_000;

/**
 * Writes a file under a name that nobody takes for a note; it is on the disk when this resolves.
 * @returns its path
 * @throws whatever the system throws; then nothing is there
 */
export async function provisional(
  files: FileOperations,
  folder: string,
  content: string | Uint8Array,
  mode: number,
): Promise<string> {
  const path = join(folder, unfinishedName());
  const handle = await files.open(path, 'wx', mode);
  try {
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return path;
  } catch (error) {
    await files.unlink(path).catch(() => {});
    throw error;
  }
}

/**
 * Replaces a file's text: at every moment it has all of the old or all of the new one.
 * @param read what the file was when it was read; one that has changed since is left as it is
 * @returns false where it has changed since
 */
export async function replaceFile(
  files: FileOperations,
  path: string,
  text: string,
  read: { text: string; stamp: string; mode: number },
): Promise<boolean> {
  const temporary = await provisional(files, dirname(path), text, read.mode);
  try {
    if (!(await isAsRead(path, read))) {
      await files.unlink(temporary);
      return false;
    }
    await renameWithRetries(files, temporary, path);
  } catch (error) {
    await files.unlink(temporary).catch(() => {});
    throw error;
  }
  await syncFolder(files, dirname(path));
  return true;
}

/**
 * Writes a new file under the first name that is free: `name.md`, `name-2.md`, …
 * @returns its path
 */
export async function newFile(files: FileOperations, folder: string, name: string, text: string): Promise<string> {
  const temporary = await provisional(files, folder, text, 0o644);
  try {
    for (let number = 1; number < mostOfName; number += 1) {
      const path = join(folder, number === 1 ? `${name}.md` : `${name}-${number}.md`);
      if (!(await placeNew(files, temporary, path))) continue;
      await syncFolder(files, folder);
      return path;
    }
    throw new Error(`there are too many files called ${name}`);
  } catch (error) {
    await files.unlink(temporary).catch(() => {});
    throw error;
  }
}

/**
 * Gives a file that {@link provisional} wrote its name, without ever writing over another.
 * @returns false where the name is taken; the file stays as it is then
 */
export async function placeNew(files: FileOperations, temporary: string, path: string): Promise<boolean> {
  try {
    // A link never writes over what is there. Where there are none, the name is taken by an empty file first.
    await files.link(temporary, path);
    await files.unlink(temporary);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    if (!(await takeName(files, path))) return false;
    await renameWithRetries(files, temporary, path).catch(async (refusal: unknown) => {
      await files.unlink(path).catch(() => {});
      throw refusal;
    });
  }
  return true;
}

async function takeName(files: FileOperations, path: string): Promise<boolean> {
  try {
    await (await files.open(path, 'wx', 0o644)).close();
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}
