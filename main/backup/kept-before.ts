import { unlink } from 'node:fs/promises';
import { backupsIn } from './backups-in.ts';

/** The folder inside a data folder for what was there before something was restored. */
export const keptFolderName = 'backups';

/** How many of these stay in any case, and how long all of them do, in milliseconds. */
const [fewestKept, shortestKept] = [5, 90 * 24 * 60 * 60_000];

/**
 * Removes what was there before something was restored, of old: else each restore would leave all that there
 * was once more, for ever. What cannot be removed stays.
 * @param folder what they lie in
 * @param justKept the path of one that stays, whatever the clock says
 */
export async function removeOldest(folder: string, justKept: string, now: number): Promise<void> {
  const kept = await backupsIn(folder, ({ reason }) => reason === 'restore');
  for (const { path, madeAt } of kept.slice(fewestKept)) {
    if (path !== justKept && now - madeAt > shortestKept) await unlink(path).catch(() => {});
  }
}
