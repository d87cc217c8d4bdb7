import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { OffprintError } from '../../shared/outcome.ts';
import { systemCode } from './durable-file.ts';

const holderSchema = z.object({ pid: z.int().positive() });

/** A data folder held by this process. */
export interface FolderLock {
  /** Lets the folder go. May be called again. */
  release(): void;
}

function holderOf(path: string): number | null {
  try {
    const { pid } = holderSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    // Signal 0 asks whether the process is there; one of another user answers EPERM, and is there.
    try {
      process.kill(pid, 0);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return null;
    }
    return pid;
  } catch {
    return null;
  }
}

function isBusy(error: unknown): boolean {
  // SQLITE_BUSY is 5; extended codes keep it in the low byte.
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}

/**
 * Takes a data folder for this process alone. The lock is the operating system's, on `lock.db`,
 * held by an open SQLite transaction: it is gone when the process is, however that ends, and no
 * recycled process id can be mistaken for its holder. `lock.json` only names the holder.
 * @throws OffprintError `locked` with the holder's process id when another Offprint (or another
 * library in this process) holds the folder; `unreadable` when the system refuses
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const holderPath = join(folder, 'lock.json');
  const lockPath = join(folder, 'lock.db');
  let database: DatabaseSync | null = null;
  try {
    makeForOwnerOnly(lockPath);
    database = new DatabaseSync(lockPath, { timeout: 0 });
    // Without a journal file there is nothing to recover, so a crash leaves nothing behind.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    const draft = `${holderPath}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify({ pid: process.pid })}\n`, { mode: 0o600 });
    renameSync(draft, holderPath);
  } catch (error) {
    database?.close();
    if (isBusy(error)) throw await lockedError(folder, holderPath);
    const why = error instanceof Error ? error.message : String(error);
    throw new OffprintError('unreadable', `The data folder ${folder} could not be locked: ${why}.`, { cause: error });
  }
  const held = database;
  return {
    release() {
      if (!held.isOpen) return;
      rmSync(holderPath, { force: true });
      held.close();
    },
  };
}

/** Makes the file if it is not there. One that is there is not opened: closing it would let go of a lock on it. */
function makeForOwnerOnly(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

async function lockedError(folder: string, holderPath: string): Promise<OffprintError> {
  // The holder may be just about to write its name.
  let pid = holderOf(holderPath);
  for (let attempt = 0; pid === null && attempt < 10; attempt += 1) {
    await setTimeout(20);
    pid = holderOf(holderPath);
  }
  const who = pid === null ? 'Another Offprint' : `Another Offprint (process ${pid})`;
  return new OffprintError('locked', `${who} is using the data folder ${folder}. Close it first.`);
}
