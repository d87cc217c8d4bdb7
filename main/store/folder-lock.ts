import { accessSync, closeSync, constants, copyFileSync, lstatSync, openSync, renameSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { OffprintError } from '../../shared/outcome.ts';
import { systemCode } from './durable-file.ts';
import { type Holder, type HostKind, nameOfHolder, readHolder, removeHolder, writeHolder } from './lock-holder.ts';
import { reasonOfCode } from './system-reasons.ts';

/** The file in a data folder that the lock is on. It is an empty database, and stays one. */
export const lockFileName = 'lock.db';

/** A data folder held by this process. */
export interface FolderLock {
  /** Lets the folder go. May be called again. */
  release(): void;
}

/** Another Offprint holds the folder. */
export class FolderHeld extends OffprintError {
  readonly folder: string;
  /** Null when it could not be made out. */
  readonly holder: Holder | null;

  constructor(folder: string, holder: Holder | null) {
    super('locked', `${nameOfHolder(holder)} is using the data folder ${folder}. Close it first.`);
    this.folder = folder;
    this.holder = holder;
  }
}

/** The system does not let us lock a folder: it is read-only, say. Then it must not be written to either. */
export class FolderNotLockable extends OffprintError {
  /** Why, in words that complete a sentence: `permission was denied`. */
  readonly reason: string;

  constructor(folder: string, reason: string, cause: unknown) {
    super('unreadable', `The data folder ${folder} could not be locked: ${reason}.`, { cause });
    this.reason = reason;
  }
}

// Primary result codes of SQLite, https://sqlite.org/rescode.html
const busy = 5;
const cannotOpen = 14;
const notADatabase = 26;
const reasons = new Map([
  [3, 'permission was denied'],
  [8, 'it can only be read'],
  [10, 'the disk reported an error'],
  [13, 'the disk is full'],
  [23, 'permission was denied'],
]);
/** Extended codes keep the primary one in the low byte. */
function primaryCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : null;
}

function reasonOf(error: unknown): string {
  const sqlite = reasons.get(primaryCode(error) ?? 0);
  const code = systemCode(error);
  return sqlite ?? (code === null ? String(error) : reasonOfCode(code));
}

/** What the system says of a file that SQLite only says of that it cannot be opened. */
function whyNot(path: string, error: unknown): unknown {
  if (primaryCode(error) !== cannotOpen) return error;
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return error;
  } catch (refusal) {
    return refusal;
  }
}

/** What this process says of itself in the folders that it holds, by folder. */
const held = new Map<string, Holder>();
const addresses = new Map<string, string>();

/**
 * Takes a data folder for this process alone. The lock is the operating system's, on `lock.db`,
 * held by an open SQLite transaction: it is gone when the process is, however that ends, and no
 * recycled process id can be mistaken for its holder. `lock.json` only names the holder.
 * @throws FolderHeld when another Offprint (or another library in this process) holds the folder;
 * FolderNotLockable when the system refuses
 */
export async function lockFolder(folder: string, host: HostKind = 'command'): Promise<FolderLock> {
  const path = join(folder, lockFileName);
  let database: DatabaseSync;
  try {
    database = take(path);
  } catch (error) {
    if (primaryCode(error) === busy) throw await heldError(folder);
    throw new FolderNotLockable(folder, reasonOf(whyNot(path, error)), error);
  }
  const holder: Holder = { pid: process.pid, host, startedAt: Date.now(), url: addresses.get(folder) ?? null };
  held.set(folder, holder);
  writeHolder(folder, holder);
  return {
    release() {
      if (!database.isOpen) return;
      held.delete(folder);
      removeHolder(folder);
      database.close();
    },
  };
}

/**
 * Says at which address the library in a folder can be opened in a browser, to whoever finds the
 * folder held by this process, now and whenever it takes it again; null when it no longer can.
 */
export function sayAddress(folder: string, url: string | null): void {
  if (url === null) addresses.delete(folder);
  else addresses.set(folder, url);
  const holder = held.get(folder);
  if (!holder) return;
  holder.url = url;
  writeHolder(folder, holder);
}

/** Takes the lock, once more after whatever stands in its place has been put aside. */
function take(path: string): DatabaseSync {
  try {
    return begin(path);
  } catch (error) {
    const code = primaryCode(error);
    if (code === notADatabase) empty(path);
    else if (code === cannotOpen && isNoFile(path)) renameSync(path, asideOf(path));
    else throw error;
  }
  return begin(path);
}

function begin(path: string): DatabaseSync {
  makeForOwnerOnly(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    // Without a journal file there is nothing to recover, so a crash leaves nothing behind.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    // What can only be read is locked for reading, without a word.
    accessSync(path, constants.W_OK);
    accessSync(dirname(path), constants.W_OK);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Empties a file that is no database. In its place, not by another file: two programs that both find
 * it so would then lock two files. Nobody holds it, or it could not have been looked into.
 */
function empty(path: string): void {
  copyFileSync(path, asideOf(path));
  truncateSync(path);
}

function asideOf(path: string): string {
  return `${path}.damaged-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}-${process.pid}`;
}

/** Whether a folder or a link to nowhere stands there. */
function isNoFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === false;
}

/** Makes the file if it is not there. One that is there is not opened: closing it would let go of a lock on it. */
function makeForOwnerOnly(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

async function heldError(folder: string): Promise<FolderHeld> {
  // The holder may be just about to write its name.
  let holder = readHolder(folder);
  for (let attempt = 0; holder === null && attempt < 10; attempt += 1) {
    await setTimeout(20);
    holder = readHolder(folder);
  }
  return new FolderHeld(folder, holder);
}
