import { createHash } from 'node:crypto';
import { constants, existsSync, readdirSync, renameSync } from 'node:fs';
import { copyFile, type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { OffprintError } from '../../shared/outcome.ts';
import { chunksOf, openRegular } from '../importers/input-bytes.ts';
import { captureNeededByChange } from './changes-table.ts';
import { explainSystemError } from './database.ts';
import { provisional, provisionalEnding, removeQuietly, syncFolder } from './durable-files.ts';

/** A file whose bytes stand in `captures/`, or will. */
export interface Capture {
  /** File name in `captures/`. */
  file: string;
  /** Gives the copy its name, for good, once a source refers to it. What cannot be done now is at the next opening. */
  settle(): void;
  /** Takes the copy away again, if this call made it. */
  discard(): void;
}

function safeName(name: string): string {
  const safe = name
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replaceAll(/^[.-]+|[.-]+$/g, '');
  // File systems count bytes: 255 of them with the hash, and a letter may take four.
  return [...(safe || 'text')].slice(-40).join('');
}

const digitsInName = 16;

/** What a file of `captures/` is called: part of its digest, then what it was called. */
const captureName = new RegExp(`^([0-9a-f]{${digitsInName}})-(.+)$`);

/** Takes the name of a file in `captures/` apart: the beginning of its SHA-256 and the name it had; null for others. */
export function partsOfCaptureName(file: string): { digest: string; name: string } | null {
  const [, digest = '', name = ''] = captureName.exec(file) ?? [];
  return name === '' || provisionalEnding.test(file) ? null : { digest, name };
}

/** The folder in which imported bytes are kept as they were given. */
export function capturesFolder(dataFolder: string): string {
  return join(dataFolder, 'captures');
}

/** Where this fails, {@link tidyCaptures} makes up for it. */
function moveQuietly(from: string, to: string): void {
  try {
    renameSync(from, to);
    syncFolder(dirname(to));
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
  const file = `${kept.digest.slice(0, digitsInName)}-${safeName(kept.name)}`;
  const path = join(folder, file);
  if (existsSync(path)) return { file, settle: () => {}, discard: () => {} };
  const temporary = provisional(path);
  const explain = (error: unknown) =>
    explainSystemError(error, path, 'could not be written', `${kept.name} was not imported.`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const digest = (await clone(kept, temporary)) ?? (await copy(kept, temporary));
    if (digest !== kept.digest) {
      throw new OffprintError('unreadable', `${kept.name} changed while it was being read. Nothing was imported.`);
    }
    syncFolder(folder);
  } catch (error) {
    removeQuietly(temporary);
    throw explain(error);
  }
  return { file, settle: () => moveQuietly(temporary, path), discard: () => removeQuietly(temporary) };
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

/**
 * Captures that nobody refers to any more once a change of the papers is committed. They lose their
 * names before that and their bytes after, so that a crash in between is found out by {@link tidyCaptures}.
 */
export class LeavingCaptures {
  readonly #folder: string;
  readonly #moved: { path: string; aside: string }[] = [];

  constructor(dataFolder: string) {
    this.#folder = capturesFolder(dataFolder);
  }

  /** Files that have been added before are left as they are. */
  add(files: readonly string[]): void {
    for (const file of files) {
      const path = join(this.#folder, file);
      if (this.#moved.some((moved) => moved.path === path)) continue;
      const aside = provisional(path);
      this.#moved.push({ path, aside });
      moveQuietly(path, aside);
    }
  }

  /** For when the change is committed. */
  remove(): void {
    for (const { aside } of this.#moved) removeQuietly(aside);
  }

  /** For when it has come to nothing. */
  putBack(): void {
    for (const { path, aside } of this.#moved) moveQuietly(aside, path);
  }
}

/**
 * Tidies up after a program that ended between the commit of a change and what it meant for the
 * files: those with a provisional name that are needed get their own, the others go.
 * @param database `corpus.db`, up to date, in which nothing is under way
 */
export function tidyCaptures(dataFolder: string, database: DatabaseSync): void {
  const needed = database.prepare(`
    SELECT 1 FROM sources WHERE capture = ?1 UNION ALL ${captureNeededByChange}`);
  const folder = capturesFolder(dataFolder);
  for (const file of namesIn(folder)) {
    const settled = file.replace(provisionalEnding, '');
    if (settled === file) continue;
    const [path, aside] = [join(folder, settled), join(folder, file)];
    if (needed.get(settled) !== undefined && !existsSync(path)) moveQuietly(aside, path);
    else removeQuietly(aside);
  }
}

/** The names in a folder; none where it cannot be read: the library opens, whatever state its captures are in. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
