import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LibrarySwap } from '../backup/swap.ts';
import { systemFiles } from '../store/durable-file.ts';
import { lockFileName } from '../store/folder-lock.ts';
import { holderFileName, nameOfHolder, readHolder } from '../store/lock-holder.ts';
import { amiss, type Finding, fine, type Patient } from './finding.ts';

// https://sqlite.org/rescode.html; extended codes keep the primary one in the low byte.
const busy = 5;

/** Whether another Offprint holds a data folder. Takes nothing and changes nothing. */
export function isHeld(folder: string): boolean {
  const path = join(folder, lockFileName);
  if (!existsSync(path)) return false;
  try {
    // Whoever holds it keeps everybody from reading it, too.
    const database = new DatabaseSync(path, { readOnly: true, timeout: 0 });
    try {
      database.prepare('SELECT count(*) FROM sqlite_schema').get();
    } finally {
      database.close();
    }
  } catch (error) {
    return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === busy;
  }
  return false;
}

/** Who holds the folder, or what one who did has left. */
export function checkLock({ folder, isHeld }: Patient, isOurs: boolean): Finding {
  if (isOurs) return fine('lock', 'No other Offprint uses the folder.');
  if (isHeld) {
    const message = `${nameOfHolder(readHolder(folder))} is using ${folder}. What changes meanwhile may look as if it were not whole.`;
    return amiss('lock', 'warning', message);
  }
  const path = join(folder, holderFileName);
  if (!existsSync(path)) return fine('lock', 'No Offprint uses the folder.');
  return {
    ...{ name: 'lock', state: 'warning' },
    message: `${path} was left by an Offprint that ended without closing the library. It holds nothing back.`,
    would: 'Remove it.',
    async repair() {
      rmSync(path, { force: true });
      return `${path} is removed.`;
    },
  };
}

/** Whether a program was ended while a backup was being restored. */
export function checkRestoring({ folder, isHeld }: Patient): Finding {
  const path = join(folder, 'restoring');
  if (!existsSync(path)) return fine('restoring', 'No backup is being restored.');
  if (isHeld) return amiss('restoring', 'warning', 'A backup is being restored.');
  return {
    ...{ name: 'restoring', state: 'problem' },
    message: `Offprint was cut off while a backup was being restored (${path}).`,
    would: existsSync(join(path, 'plan.json'))
      ? 'Bring it to its end, so that either all of the backup is there or all of what was there before.'
      : 'Remove what was made ready; nothing of the library has been changed yet.',
    repair: async () => (await new LibrarySwap(folder, systemFiles).finish()) ?? `${path} is removed.`,
  };
}
