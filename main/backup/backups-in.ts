import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isBackupName } from './backup-name.ts';
import type { Manifest } from './manifest.ts';

/** A backup that lies in a folder. */
export interface FoundBackup {
  path: string;
  madeAt: number;
}

/**
 * The backups in a folder that are called as ours are and say of themselves what is asked for, the newest first.
 * What cannot be read is none.
 */
export async function backupsIn(folder: string, isMeant: (manifest: Manifest) => boolean): Promise<FoundBackup[]> {
  const names = await readdir(folder).catch(() => []);
  const found: FoundBackup[] = [];
  const { openBackup } = await import('./open-backup.ts');
  for (const name of names.filter(isBackupName)) {
    const path = join(folder, name);
    const backup = await openBackup(path).catch(() => null);
    if (!backup) continue;
    const { manifest } = backup;
    backup.close();
    if (isMeant(manifest)) found.push({ path, madeAt: manifest.madeAt });
  }
  return found.toSorted((one, other) => other.madeAt - one.madeAt);
}
