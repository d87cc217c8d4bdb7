/**
 * A folder to suggest for backups, one that is sure to be there: the home folder that the data folder lies in;
 * empty where it lies in none.
 * @param dataFolder an absolute path of any platform
 */
export function suggestedFolder(dataFolder: string): string {
  return /^(?:\/home\/[^/]+|\/Users\/[^/]+|\/root|[A-Za-z]:\\Users\\[^\\]+)(?=[/\\])/.exec(dataFolder)?.[0] ?? '';
}

/** What a path looks like on the platform that a data folder is on. */
export function exampleFolder(dataFolder: string): string {
  return /^[A-Za-z]:|^\\\\/.test(dataFolder) ? 'D:\\Backups' : '/media/disk/backups';
}

/** What is wrong with the path of a folder, as far as that can be said without looking; null when nothing is. */
export function folderProblem(folder: string): string | null {
  if (folder === '') return 'Type the path of a folder.';
  if (/^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(folder)) return null;
  return 'Type the whole path of the folder, from the root of the disk.';
}
