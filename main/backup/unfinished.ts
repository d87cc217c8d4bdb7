import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryName } from '../store/durable-file.ts';
import { isBackupName } from './backup-name.ts';

/** What SQLite puts beside a database while it writes it. */
const besideDatabase = /-(?:journal|wal|shm)$/;

/** Whether a file is what a program left that ended while it wrote a backup: part of one, or of a copy of the papers. */
export function isUnfinished(name: string): boolean {
  const whole = name.replace(besideDatabase, '');
  if (!temporaryName.test(whole)) return false;
  const meant = whole.replace(temporaryName, '');
  return meant === 'corpus.db' || isBackupName(meant);
}

/** Removes what such a program has left in a folder, as far as that can be done. Nobody may be writing a backup there. */
export async function removeUnfinished(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(isUnfinished)) await unlink(join(folder, name)).catch(() => {});
}
