import type { FileOperations } from './durable-file.ts';
import { systemCode } from './durable-file.ts';
import { type ReadableLibrary, readLibrary } from './library-file.ts';

/** What stands at a path that should be a file or a folder of ours, before its content is looked at. */
export type FoundEntry =
  | { kind: 'missing' }
  /** `size` in bytes; `placedAt` and `writtenAt` are its times of change and of writing, in milliseconds since 1970. */
  | { kind: 'file' | 'folder'; size: number; ino: number; placedAt: number; writtenAt: number }
  /** Neither. `reason` completes "the file …". */
  | { kind: 'obstacle'; reason: string }
  /** The system refuses to say; `code` is its reason. */
  | { kind: 'unreadable'; code: string };

/** Looks at what stands at a path, through links. Never throws. */
export async function findEntry(files: FileOperations, path: string): Promise<FoundEntry> {
  try {
    const stats = await files.stat(path);
    const found = { size: stats.size, ino: stats.ino, placedAt: stats.ctimeMs, writtenAt: stats.mtimeMs };
    if (stats.isFile()) return { kind: 'file', ...found };
    // Nothing else is opened: a pipe would be waited for without end.
    return stats.isDirectory() ? { kind: 'folder', ...found } : { kind: 'obstacle', reason: 'is not a file' };
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ELOOP') return { kind: 'obstacle', reason: 'is a link that leads to itself' };
    if (code !== 'ENOENT') return { kind: 'unreadable', code: code ?? 'unknown' };
  }
  try {
    await files.lstat(path);
    return { kind: 'obstacle', reason: 'is a link to something that is not there' };
  } catch (error) {
    const code = systemCode(error);
    return code === 'ENOENT' ? { kind: 'missing' } : { kind: 'unreadable', code: code ?? 'unknown' };
  }
}

/** What a file that should be a library file turned out to be. */
export type FoundLibrary =
  | (ReadableLibrary & { size: number; placedAt: number; writtenAt: number })
  /** `reason` completes "the file …"; `bytes` are its content, where that has been read. */
  | { kind: 'damaged'; reason: string; bytes: Uint8Array | null }
  | { kind: 'missing' }
  | { kind: 'unreadable'; code: string };

/** Longest file that is read in one piece, in bytes: as much as Node's `readFile` takes. No file of ours is nearly as long. */
export const longestFile = 2 ** 31 - 1;

/** Reads a file that should be a library file. Never throws. */
export async function findLibrary(files: FileOperations, path: string): Promise<FoundLibrary> {
  const entry = await findEntry(files, path);
  switch (entry.kind) {
    case 'missing':
    case 'unreadable':
      return entry;
    case 'folder':
      return { kind: 'damaged', reason: 'is a folder', bytes: null };
    case 'obstacle':
      return { kind: 'damaged', reason: entry.reason, bytes: null };
  }
  if (entry.size > longestFile) return { kind: 'damaged', reason: 'is far too long', bytes: null };
  try {
    const bytes = await files.readFile(path);
    const result = readLibrary(bytes);
    const { size, placedAt, writtenAt } = entry;
    return result.kind === 'damaged' ? { ...result, bytes } : { ...result, size, placedAt, writtenAt };
  } catch (error) {
    const code = systemCode(error);
    return code === 'ENOENT' ? { kind: 'missing' } : { kind: 'unreadable', code: code ?? 'unknown' };
  }
}
