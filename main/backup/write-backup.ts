import { stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { backupFormat } from '../../shared/backup.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { type FileOperations, systemCode, systemFiles } from '../store/durable-file.ts';
import { backupNames } from './backup-name.ts';
import { type BackupReason, currentBackupSchema, type Manifest } from './manifest.ts';
import { beginFile, type NewFile, partsOf } from './new-file.ts';
import { type HeldLibrary, packLibrary } from './pack-library.ts';
import { type OnDone, Progress } from './progress.ts';
import { explained, stopped } from './trouble.ts';
import { FileShrank, ZipWriter } from './zip-writer.ts';

/** Where a backup goes: into a folder under a name with its date, or to a path that nothing has yet. */
export type BackupTarget = { folder: string } | { path: string };

/** How {@link writeBackup} goes about it. */
export interface WriteBackupOptions {
  dataFolder: string;
  /** Holds the library as it is at a moment between the call and the answer. Called again where something went meanwhile. */
  hold: () => Promise<HeldLibrary>;
  target: BackupTarget;
  appVersion: string;
  reason: BackupReason;
  /** See the manifest. */
  copyOf: string | null;
  signal: AbortSignal;
  onProgress: OnDone;
  now?: () => number;
  files?: FileOperations;
}

/** A backup that has been written. */
export interface WrittenBackup {
  path: string;
  /** Its length. */
  bytes: number;
  manifest: Manifest;
}

/** Times that a backup is begun anew because a file of it has gone meanwhile. */
const mostAttempts = 3;

/**
 * Writes everything that makes up a library into one new file, while the reader goes on. It is on the
 * disk, whole, when this resolves; when it rejects, nothing is there.
 * @throws OffprintError `not-found` when the folder is not there, `bad-input` when it is no folder or the path is
 * taken, `unreadable` when the system refuses, `refused` when it is cancelled
 */
export async function writeBackup(options: WriteBackupOptions): Promise<WrittenBackup> {
  const { target, signal, files = systemFiles, now = Date.now } = options;
  const madeAt = now();
  const { folder, names } = placeOf(target, madeAt);
  await checkFolder(files, folder);
  for (let attempt = 1; ; attempt += 1) {
    if (signal.aborted) throw stopped();
    const file = await beginFile(files, folder, names[0] ?? 'backup').catch((error: unknown) => {
      throw explained(error, folder, 'cannot be written to', 'No backup was made.');
    });
    try {
      const manifest = await writeInto(file, folder, options, madeAt);
      const path = await file.place(names);
      if (path === null) throw taken(folder, names);
      return { path, bytes: (await stat(path)).size, manifest };
    } catch (error) {
      if (!(error instanceof FileShrank)) {
        throw explained(error, folder, 'could not be written to', 'No backup was made.');
      }
      if (attempt < mostAttempts) continue;
      const message = 'What was to be backed up went on changing. No backup was made; try it again.';
      throw new OffprintError('refused', message);
    } finally {
      await file.discard();
    }
  }
}

/**
 * @param so what follows where the system refuses, as a sentence
 * @throws OffprintError `not-found`, `bad-input` or `unreadable` where a folder is none that can be looked into
 */
export async function checkFolder(files: FileOperations, folder: string, so = 'No backup was made.'): Promise<void> {
  const isFolder = await files.stat(folder).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      if (systemCode(error) === 'ENOENT') throw new OffprintError('not-found', `There is no folder ${folder}.`);
      if (systemCode(error) === 'ENOTDIR') return false;
      throw explained(error, folder, 'cannot be looked into', so);
    },
  );
  if (!isFolder) throw new OffprintError('bad-input', `${folder} is not a folder.`);
}

function placeOf(target: BackupTarget, madeAt: number): { folder: string; names: string[] } {
  if ('folder' in target) return { folder: target.folder, names: backupNames(madeAt) };
  const { folder, name } = partsOf(target.path);
  return { folder, names: [name] };
}

function taken(folder: string, [name = '']: readonly string[]): OffprintError {
  const path = join(folder, name);
  return new OffprintError('bad-input', `${path} is there already, and nothing is written over. No backup was made.`);
}

async function writeInto(
  file: NewFile,
  folder: string,
  { dataFolder, hold, signal, onProgress, ...says }: WriteBackupOptions,
  madeAt: number,
): Promise<Manifest> {
  const held = await hold();
  const { files, corpus, lasting } = held;
  let copy: string | null = null;
  try {
    const sizes = await Promise.all(lasting.map((name) => sizeOf(join(dataFolder, name))));
    const inFiles = [...files.open.map(({ size }) => size), ...sizes].reduce((sum, size) => sum + size, 0);
    const progress = new Progress(inFiles + 2 * (corpus?.size ?? 0), onProgress);
    if (corpus) copy = await corpus.copy([dataFolder, folder], (bytes) => progress.add(bytes), signal);
    corpus?.release();
    const zip = new ZipWriter((bytes) => progress.add(bytes));
    const manifest = (): Manifest => ({
      ...{ format: backupFormat, schema: currentBackupSchema, madeAt, appVersion: says.appVersion },
      ...{ reason: says.reason, copyOf: says.copyOf },
      layouts: { library: files.layout, corpus: corpus?.layout ?? null },
      counts: held.counts,
      entries: zip.entries,
    });
    await pour(zip, file, signal, async () => {
      await packLibrary(zip, dataFolder, held, copy);
      zip.end(manifest(), new Date(madeAt));
    });
    if (signal.aborted) throw stopped();
    progress.end();
    return manifest();
  } finally {
    files.release();
    corpus?.release();
    if (copy !== null) await unlink(copy).catch(() => {});
  }
}

/** Lets what is packed run into a file. */
async function pour(
  zip: ZipWriter,
  { handle }: NewFile,
  signal: AbortSignal,
  pack: () => Promise<void>,
): Promise<void> {
  const stop = () => zip.stop(stopped());
  signal.addEventListener('abort', stop);
  const packing = signal.aborted ? Promise.reject(stopped()) : pack();
  packing.catch((error: Error) => zip.stop(error));
  try {
    for await (const piece of zip.output) {
      for (let at = 0; at < piece.length; ) at += (await handle.write(piece, at)).bytesWritten;
    }
    await packing;
  } catch (error) {
    // Nothing is read any more when this rejects, so that what is held can be let go.
    zip.stop(error instanceof Error ? error : new Error(String(error)));
    await packing.catch(() => {});
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
