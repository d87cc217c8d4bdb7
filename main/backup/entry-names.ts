/** Files that stand in the data folder itself. */
const single = ['library.json', 'corpus.db'] as const;

/** Folders of the data folder that go into a backup, with the names that files of ours have in each. */
const folders = {
  /** Changes since `library.json` was written, and what Undo needs. */
  journal: /^(?:steps-)?\d{8}\.log$/,
  /** Past texts of notes. */
  notes: /^\d{8}\.log$/,
  /** Pictures of notes. */
  images: /^[0-9a-f]{32}\.(?:png|jpg|gif|webp)$/,
  /** What imports put into the reader's records, so that Undo can take it back. */
  'taken-marks': /^\d{1,15}\.json$/,
  /** Earlier states. */
  generations: /^[\w.-]{1,200}\.json\.gz$/,
  /** Imported files as they were given, and what says of which source each is. */
  captures: /^(?:sources\.json|sources\.kept-[0-9a-f]{8}\.jsonl|[0-9a-f]{16}-[\p{L}\p{N}._-]{1,120})$/u,
} as const;

/** A folder of the data folder that goes into a backup. */
export type BackedUpFolder = keyof typeof folders;

/** The folders of the data folder that go into a backup. */
export const backedUpFolders = Object.keys(folders) as BackedUpFolder[];

/**
 * Everything in a data folder that makes up the library, at its top: what a restored one takes the
 * place of. Other things there (the lock, files on their way in, damaged files that were set aside,
 * backups) are no part of it.
 */
export const libraryNames: readonly string[] = [
  ...single,
  ...backedUpFolders,
  'library.backup.json',
  ...['corpus.db-wal', 'corpus.db-shm', 'corpus.db-journal', 'corpus.open'],
  ...['marks.db', 'marks.db-wal', 'marks.db-shm', 'marks.db-journal'],
];

/** Whether a file of this name, in this folder of the data folder, is one of ours to be backed up. */
export function isBackedUp(folder: BackedUpFolder, name: string): boolean {
  return folders[folder].test(name);
}

/** Whether an entry of a backup may have this name: a known one, in a known place, and nothing else. */
export function isEntryName(name: string): boolean {
  if ((single as readonly string[]).includes(name)) return true;
  const [folder = '', file = '', ...deeper] = name.split('/');
  return deeper.length === 0 && Object.hasOwn(folders, folder) && isBackedUp(folder as BackedUpFolder, file);
}
