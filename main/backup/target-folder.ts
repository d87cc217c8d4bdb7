import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { OffprintError } from '../../shared/outcome.ts';
import { systemFiles } from '../store/durable-file.ts';

/** Whether a path is a folder's or lies in it; both real. */
function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

/**
 * Checks that backups may go into a folder: one that is there, by its whole path, outside of the data
 * folder, which they would otherwise be lost with; and so may exports.
 * @param so what follows where the system refuses, as a sentence
 * @throws OffprintError `bad-input` or `not-found`, naming it; `unreadable` when the system refuses
 */
export async function checkTargetFolder(folder: string, dataFolder: string, so?: string): Promise<void> {
  if (!isAbsolute(folder)) {
    throw new OffprintError('bad-input', `${folder} is not a whole path. A folder is named from the top.`);
  }
  const { checkFolder } = await import('./write-backup.ts');
  await checkFolder(systemFiles, folder, so);
  await checkOutside(folder, dataFolder);
}

/**
 * Checks that a folder, which need not be there, neither is the data folder nor lies in it.
 * @throws OffprintError `bad-input`, naming it
 */
export async function checkOutside(folder: string, dataFolder: string): Promise<void> {
  const real = await realpath(folder).catch(() => folder);
  if (!isWithin(dataFolder, real)) return;
  const message = `${folder} lies in the data folder. Choose another one, at best on another disk.`;
  throw new OffprintError('bad-input', message);
}
