import { constants, statSync } from 'node:fs';
import * as nodeFiles from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { OffprintError } from '../../shared/outcome.ts';
import { reasonOfCode } from './system-reasons.ts';

/** The operations on files that the store makes; a test may put failing ones in their place. */
export type FileOperations = Pick<
  typeof nodeFiles,
  'open' | 'rename' | 'link' | 'unlink' | 'copyFile' | 'mkdir' | 'readdir' | 'readFile' | 'stat' | 'lstat'
> & {
  /** Waits the given milliseconds before a rename is tried again. */
  pause(milliseconds: number): Promise<unknown>;
  /**
   * The inode of what stands at a path; null when nothing does. At once, for it is asked with every save.
   * @throws what the system throws but ENOENT
   */
  inodeAt(path: string): number | null;
};

/** The file operations of the operating system. */
export const systemFiles: FileOperations = {
  ...nodeFiles,
  pause: (milliseconds) => setTimeout(milliseconds),
  inodeAt: (path) => statSync(path, { throwIfNoEntry: false })?.ino ?? null,
};

/**
 * The flag of a file each write of which is on the disk when it is done, as if `datasync` came with it: one
 * way to another thread and back less with each save. 0 where the system has none, or where it means less
 * than `datasync` does, as on macOS.
 */
export const eachWriteDurable = process.platform === 'linux' ? constants.O_DSYNC : 0;

/** The system's code for an error (`ENOSPC`, …), or null for another kind of error. */
export function systemCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : null;
}

/** An error of the system, as the reader is told it. @param what completes "the file …" */
export function refused(path: string, what: string, error: unknown): OffprintError {
  if (error instanceof OffprintError) return error;
  const code = systemCode(error);
  if (code === null) throw error;
  const message = `${path} ${what}: ${reasonOfCode(code)}. Nothing of it was changed.`;
  return new OffprintError('unreadable', message, { cause: error });
}

// On Windows a virus scanner or a sync client may hold a file for a moment.
const pausesBeforeRetry = [10, 30, 90, 200];
const passingTrouble = new Set(['EBUSY', 'EPERM', 'EACCES']);

/** Renames a file, and tries again for a moment where somebody is holding it. */
export async function renameWithRetries(files: FileOperations, from: string, to: string): Promise<void> {
  for (const pause of pausesBeforeRetry) {
    try {
      return await files.rename(from, to);
    } catch (error) {
      if (!passingTrouble.has(systemCode(error) ?? '')) throw error;
      await files.pause(pause);
    }
  }
  return files.rename(from, to);
}

/**
 * Makes the names in a folder durable. Windows cannot do this for a folder and does not need it;
 * a few file systems (some network and FUSE ones) do not offer it.
 */
export async function syncFolder(files: FileOperations, folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await files.open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'ENOSYS'].includes(systemCode(error) ?? '')) throw error;
  } finally {
    await handle.close();
  }
}

async function unlinkIfThere(files: FileOperations, path: string): Promise<void> {
  await files.unlink(path).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
  });
}

/** Keeps the present content of `path`, if it has any, as `backup`. Costs no copy where there are hard links. */
async function keepAsBackup(files: FileOperations, path: string, backup: string): Promise<void> {
  try {
    await files.stat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  await unlinkIfThere(files, backup);
  try {
    await files.link(path, backup);
  } catch (linkError) {
    if (systemCode(linkError) === 'ENOENT') return;
    // exFAT and some network drives have no hard links. The file itself stays in its place meanwhile.
    await files.copyFile(path, backup).catch((error: unknown) => {
      if (systemCode(error) !== 'ENOENT') throw error;
    });
  }
}

/** The end of the names of our temporary files: `library.json.UUID.tmp`. */
export const temporaryName = /\.[0-9a-f]{8}-[0-9a-f-]{27}\.tmp$/;

/**
 * Replaces the content of a file so that at every moment, power cuts included, `path` holds
 * either all of the old content or all of the new. Resolves when the new content is on the disk.
 * When it rejects, the old content stands, except if only the last step (making the rename itself
 * durable) failed: then `path` may hold the new.
 *
 * The sequence: a temporary file of a unique name in the same folder, readable by its owner only,
 * written and fsynced; the old file hard-linked as the backup; rename; fsync of the folder.
 * @param content in one piece or in several, each of which is made when the one before has been written
 * @param backup path that the old content is kept under, or null to leave the backup alone
 */
export async function replaceFile(
  files: FileOperations,
  path: string,
  content: string | Iterable<string> | AsyncIterable<Uint8Array>,
  backup: string | null,
): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    const handle = await files.open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(content, 'utf8');
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (backup !== null) await keepAsBackup(files, path, backup);
    await renameWithRetries(files, temporary, path);
  } catch (error) {
    // Whatever stays is removed at the next opening; the first error is the one to tell.
    await files.unlink(temporary).catch(() => {});
    throw error;
  }
  await syncFolder(files, dirname(path));
}

/** Removes what a killed process left of {@link replaceFile}. Only whoever holds the folder's lock may call it. */
export async function removeLeftovers(files: FileOperations, path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await files.readdir(folder)) {
    const candidate = join(folder, name);
    if (candidate.startsWith(`${path}.`) && temporaryName.test(name)) await unlinkIfThere(files, candidate);
  }
}

/**
 * A path beside `path` that says what it is and when, and that nothing has yet:
 * `library.json` becomes `library.damaged-2026-07-10T12-30-05.json`.
 */
export async function datedPath(files: FileOperations, path: string, word: string, now: Date): Promise<string> {
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  const moment = now.toISOString().slice(0, 19).replaceAll(':', '-');
  for (let copy = 1; ; copy += 1) {
    const candidate = `${stem}.${word}-${moment}${copy === 1 ? '' : `-${copy}`}${extension}`;
    try {
      // A link to nowhere has the name, too.
      await files.lstat(candidate);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return candidate;
      throw error;
    }
  }
}
