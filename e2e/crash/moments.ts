/** What a store may be doing with its files when it is killed. */
export const moments = [
  'opening',
  'adding a line',
  'cutting off half a line',
  'beginning a journal file',
  'keeping steps for Undo',
  'removing old journal files',
  'writing library.json',
  'putting library.json in its place',
  'keeping the backup',
  'taking a generation',
  'thinning generations',
  'adding note versions',
  'thinning note versions',
  'making a folder durable',
] as const;

/** One of {@link moments}. */
export type Moment = (typeof moments)[number];

/** An operation on a file, as far as it tells what is being done. */
export interface Operation {
  name: string;
  /** Relative to the data folder, with `/` between folders. */
  path: string;
  /** Where the operation puts it, for a rename or a link. */
  to?: string;
  /** Whether the file was made by whoever does this to it. */
  isNew?: boolean;
}

const temporary = /\.tmp$/;

/** What an operation is a part of; null for reading, and for files that are none of the store's. */
export function momentOf({ name, path, to, isNew = false }: Operation): Moment | null {
  if (name === 'open' || name === 'readFile' || name === 'stat' || name === 'readdir') {
    if (!isNew) return null;
  }
  if (name === 'sync' && !/\.\w+$/.test(path)) return 'making a folder durable';
  // A file of the journal is begun under another name, and goes on being written to by whoever has begun it.
  if (/^journal\/\d+\.log/.test(path)) {
    if (name === 'rename' || isNew) return 'beginning a journal file';
    if (name === 'unlink') return 'removing old journal files';
    return name === 'truncate' ? 'cutting off half a line' : 'adding a line';
  }
  if (/^journal\/steps-\d+\.log$/.test(path)) {
    return name === 'unlink' ? 'removing old journal files' : 'keeping steps for Undo';
  }
  if (path.startsWith('generations/')) {
    return name === 'unlink' && !temporary.test(path) ? 'thinning generations' : 'taking a generation';
  }
  if (path.startsWith('notes/')) {
    return temporary.test(path) || name === 'unlink' ? 'thinning note versions' : 'adding note versions';
  }
  if (to === 'library.backup.json' || path === 'library.backup.json') return 'keeping the backup';
  if (path.startsWith('library.json')) {
    return name === 'rename' ? 'putting library.json in its place' : 'writing library.json';
  }
  return null;
}
