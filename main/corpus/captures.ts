import { createHash } from 'node:crypto';
import { closeSync, constants, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { copyFile, type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { OffprintError } from '../../shared/outcome.ts';
import { chunksOf, openRegular } from '../importers/input-bytes.ts';
import { explainSystemError } from './database.ts';

/** A file whose bytes stand in `captures/`, or will. */
export interface Capture {
  /** File name in `captures/`. */
  file: string;
  /**
   * Gives the copy its name, for good. On the disk when this returns.
   * @throws OffprintError `unreadable` when the system refuses
   */
  settle(): void;
  /** Takes the copy away again, if this call made it. */
  discard(): void;
}

const unsettled = '.tmp';

function safeName(name: string): string {
  const safe = name
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replaceAll(/^[.-]+|[.-]+$/g, '');
  // File systems count bytes: 255 of them with the hash, and a letter may take four.
  return [...(safe || 'text')].slice(-40).join('');
}

/** The folder in which imported bytes are kept as they were given. */
export function capturesFolder(dataFolder: string): string {
  return join(dataFolder, 'captures');
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A file too many does no harm; the error that makes it one too many is the one to tell. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}

/** A file to keep: where it is, what it is called in messages, and the SHA-256 that it must have, in hexadecimal. */
export interface FileToKeep {
  path: string;
  name: string;
  digest: string;
  signal?: AbortSignal | undefined;
}

/**
 * Copies a file, packed or not, into the folder `captures/` of the data folder, so that the corpus
 * can be rebuilt from it and a removed source be brought back. The same bytes are kept once. The
 * copy has a provisional name until it is settled, and its bytes are on the disk.
 * @throws OffprintError `unreadable` when the system refuses or the file has changed; nothing is left then
 */
export async function keepCapture(dataFolder: string, kept: FileToKeep): Promise<Capture> {
  const folder = capturesFolder(dataFolder);
  const file = `${kept.digest.slice(0, 16)}-${safeName(kept.name)}`;
  const path = join(folder, file);
  if (existsSync(path)) return { file, settle: () => {}, discard: () => {} };
  const temporary = `${path}.${crypto.randomUUID()}${unsettled}`;
  const explain = (error: unknown) =>
    explainSystemError(error, path, 'could not be written', `${kept.name} was not imported.`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const digest = (await clone(kept, temporary)) ?? (await copy(kept, temporary));
    if (digest !== kept.digest) {
      throw new OffprintError('unreadable', `${kept.name} changed while it was being read. Nothing was imported.`);
    }
  } catch (error) {
    removeQuietly(temporary);
    throw explain(error);
  }
  let made = temporary;
  return {
    file,
    settle() {
      try {
        renameSync(temporary, path);
        made = path;
        syncFolder(folder);
      } catch (error) {
        throw explain(error);
      }
    },
    discard: () => removeQuietly(made),
  };
}

async function digestOf(path: string, { name, signal }: FileToKeep, write: FileHandle | null): Promise<string> {
  const file = { path, name, signal };
  const hash = createHash('sha256');
  for await (const chunk of chunksOf(await openRegular(file, null), file)) {
    hash.update(chunk);
    for (let at = 0; write && at < chunk.length; ) at += (await write.write(chunk, at)).bytesWritten;
  }
  return hash.digest('hex');
}

/** Copies a file without copying its bytes, where the file system can; answers with their digest, else with null. */
async function clone(kept: FileToKeep, to: string): Promise<string | null> {
  try {
    await copyFile(kept.path, to, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL);
  } catch {
    removeQuietly(to);
    return null;
  }
  const handle = await open(to, 'r+');
  try {
    await handle.chmod(0o600);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return await digestOf(to, kept, null);
}

async function copy(kept: FileToKeep, to: string): Promise<string> {
  const handle = await open(to, 'wx', 0o600);
  try {
    const digest = await digestOf(kept.path, kept, handle);
    await handle.sync();
    return digest;
  } finally {
    await handle.close();
  }
}

/** Takes away copies that were never settled: what a crash in the middle of an import has left. */
export function removeUnsettled(dataFolder: string): void {
  const folder = capturesFolder(dataFolder);
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder)) if (file.endsWith(unsettled)) removeQuietly(join(folder, file));
}

/** Takes a capture away that nothing refers to any more. */
export function removeCapture(dataFolder: string, file: string): void {
  removeQuietly(join(capturesFolder(dataFolder), file));
}
