import { constants } from 'node:fs';
import { access, chmod, lstat, readdir, statfs } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { systemCode } from '../store/durable-file.ts';
import { reasonOfCode } from '../store/system-reasons.ts';
import { amiss, counted, type Finding, fine, type Patient, some } from './finding.ts';

/** Whether the data folder can be written to. */
export async function checkFolder({ folder }: Patient): Promise<Finding> {
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return fine('folder', `The data folder is ${folder}.`);
  } catch (error) {
    const code = systemCode(error) ?? 'unknown';
    const message = `The data folder ${folder} cannot be written to: ${reasonOfCode(code)}. Nothing can be changed in it.`;
    return amiss('folder', 'problem', message);
  }
}

const megabyte = 1024 * 1024;
/** With less than this a session may run into a full disk, in bytes. */
const littleSpace = 200 * megabyte;
/** With less than this it does. */
const noSpace = 10 * megabyte;

/**
 * File systems that may say that something is on the disk when it is not, by `f_type` as `statfs(2)` has it
 * on Linux. Elsewhere the numbers mean something else and are not looked at.
 */
const farAway = new Map([
  [0x6969, 'a network drive (NFS)'],
  [0x517b, 'a network drive (SMB)'],
  [0xfe534d42, 'a network drive (SMB)'],
  [0xff534d42, 'a network drive (SMB)'],
  [0x01021997, 'a folder shared with a virtual machine (9p)'],
  [0x786f4256, 'a folder shared with a virtual machine'],
  [0x65735546, 'a file system in a program of its own (FUSE)'],
]);
const inMemory = new Set([0x01021994, 0x858458f6]);

/** What is known of a disk: bytes that are free, and its kind. */
export interface Disk {
  free: number;
  type: number;
}

async function diskOf(folder: string): Promise<Disk> {
  const { bavail, bsize, type } = await statfs(folder);
  return { free: bavail * bsize, type };
}

/** Whether there is room, and whether the disk keeps what it is given. */
export async function checkDisk(
  { folder }: Patient,
  look: (folder: string) => Promise<Disk> = diskOf,
): Promise<Finding> {
  let disk: Disk;
  try {
    disk = await look(folder);
  } catch (error) {
    return amiss(
      'disk',
      'warning',
      `How much room there is for ${folder} could not be found out (${systemCode(error)}).`,
    );
  }
  const free = `${Math.floor(disk.free / megabyte).toLocaleString('en')} MB are free where ${folder} is.`;
  if (disk.free < noSpace) return amiss('disk', 'problem', `${free} That is too little to save what you write.`);
  if (disk.free < littleSpace) return amiss('disk', 'warning', `${free} That is little.`);
  const type = process.platform === 'linux' ? disk.type >>> 0 : 0;
  if (inMemory.has(type)) {
    return amiss(
      'disk',
      'warning',
      `${folder} is in memory only: everything in it is gone when the machine is turned off.`,
    );
  }
  const kind = farAway.get(type);
  if (kind === undefined) return fine('disk', free);
  const message =
    `${folder} is on ${kind}, which may say that something is on the disk before it is. What you wrote last may be ` +
    'missing after a power cut; a folder on a disk of this machine is safer.';
  return amiss('disk', 'warning', message);
}

/** Everything in a folder, with what only the owner may do there. Links are not followed. */
async function* entriesIn(folder: string): AsyncGenerator<{ path: string; mode: number; isFolder: boolean }> {
  const stats = await lstat(folder);
  yield { path: folder, mode: stats.mode & 0o777, isFolder: true };
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    try {
      if (entry.isDirectory()) yield* entriesIn(path);
      else if (entry.isFile()) yield { path, mode: (await lstat(path)).mode & 0o777, isFolder: false };
    } catch (error) {
      // Another Offprint may just have taken it away.
      if (systemCode(error) !== 'ENOENT') throw error;
    }
  }
}

/** Whether nobody but the owner may read what is in the data folder. */
export async function checkPermissions({ folder }: Patient): Promise<Finding> {
  if (process.platform === 'win32') return fine('permissions', 'Windows keeps the folders of a user to that user.');
  const open: { path: string; isFolder: boolean }[] = [];
  let count = 0;
  try {
    for await (const { path, mode, isFolder } of entriesIn(folder)) {
      count += 1;
      if ((mode & 0o077) !== 0) open.push({ path, isFolder });
    }
  } catch (error) {
    const code = systemCode(error) ?? 'unknown';
    return amiss('permissions', 'problem', `Not all of ${folder} could be looked into: ${reasonOfCode(code)}.`);
  }
  if (open.length === 0) {
    return fine(
      'permissions',
      `Only you can read what is in ${folder} (${counted(count, 'file or folder', 'files and folders')}).`,
    );
  }
  const names = open.map(({ path }) => relative(folder, path) || folder);
  return {
    ...{ name: 'permissions', state: 'problem' },
    message: `Others on this machine can look at ${counted(open.length, 'file or folder', 'files and folders')} in ${folder}: ${some(names)}.`,
    would: 'Keep them to you: files get the mode 600 and folders 700.',
    async repair() {
      for (const { path, isFolder } of open) await chmod(path, isFolder ? 0o700 : 0o600);
      return `${counted(open.length, 'file or folder is', 'files and folders are')} kept to you now.`;
    },
  };
}
