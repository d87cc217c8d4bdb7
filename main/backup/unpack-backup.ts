import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OffprintError } from '../../shared/outcome.ts';
import { type FileOperations, syncFolder } from '../store/durable-file.ts';
import type { BackupEntry } from './manifest.ts';
import type { OpenedBackup } from './open-backup.ts';
import type { Progress } from './progress.ts';
import { explained } from './trouble.ts';

/** Left free on a disk, in bytes. */
const leftFree = 64 * 1024 * 1024;

/** Bytes that a folder's disk has room for; null where that cannot be known. */
export type RoomIn = (folder: string) => Promise<number | null>;

/** See {@link RoomIn}. */
export const roomIn: RoomIn = async (folder) => {
  const disk = await statfs(folder).catch(() => null);
  return disk && disk.bavail * disk.bsize;
};

const size = (bytes: number) => `${Math.ceil(bytes / 1_000_000).toLocaleString('en-US')} MB`;

/** @throws OffprintError `unreadable` when a disk has no room for so many bytes */
export async function needRoom(folder: string, bytes: number, room: RoomIn): Promise<void> {
  const free = await room(folder);
  const needed = bytes + leftFree;
  if (free === null || free >= needed) return;
  throw new OffprintError(
    'unreadable',
    `There is too little room for this backup: to restore it takes ${size(needed)}, and the disk of ${folder} has ${size(free)} left. ` +
      'Nothing was changed.',
  );
}

/**
 * Unpacks a backup into a folder, which is made, and checks every byte on the way. All of it is on the
 * disk when this resolves; when it rejects, part of it may be there.
 * @throws OffprintError as `OpenedBackup.read` does; `unreadable` when there is too little room
 */
export async function unpackBackup(
  backup: OpenedBackup,
  folder: string,
  { files, progress, signal, room }: { files: FileOperations; progress: Progress; signal: AbortSignal; room: RoomIn },
): Promise<void> {
  await needRoom(dirname(dirname(folder)), backup.unpackedBytes, room);
  const made = new Set<string>();
  try {
    await files.mkdir(folder, { recursive: true, mode: 0o700 });
    for (const entry of backup.manifest.entries) {
      const path = join(folder, ...entry.name.split('/'));
      if (!made.has(dirname(path))) await files.mkdir(dirname(path), { recursive: true, mode: 0o700 });
      made.add(dirname(path));
      await unpackEntry(backup, entry, path, { files, progress, signal });
    }
    for (const path of made) await syncFolder(files, path);
    await syncFolder(files, folder);
  } catch (error) {
    throw explained(error, folder, 'could not be written to', 'Nothing was changed.');
  }
}

async function unpackEntry(
  backup: OpenedBackup,
  entry: BackupEntry,
  path: string,
  { files, progress, signal }: { files: FileOperations; progress: Progress; signal: AbortSignal },
): Promise<void> {
  const handle = await files.open(path, 'wx', 0o600);
  try {
    for await (const piece of backup.read(entry, signal)) {
      for (let at = 0; at < piece.length; ) at += (await handle.write(piece, at)).bytesWritten;
      progress.add(piece.length);
    }
    // What is rebuilt from these files asks when they came.
    const modifiedAt = backup.modifiedAt(entry);
    await handle.utimes(modifiedAt, modifiedAt);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
