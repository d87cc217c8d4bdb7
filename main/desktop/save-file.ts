import { dirname } from 'node:path';
import { type FileOperations, refused, renameWithRetries, syncFolder, systemFiles } from '../store/durable-file.ts';

/**
 * Writes a file of the reader's, all of it or nothing: what was there before stands until the new file is on the
 * disk. Unlike our own files, it is as readable for others as the system makes new files.
 * @param files a test may put failing ones in the place of the system's
 * @throws OffprintError `unreadable` with the path and the reason
 */
export async function saveFile(path: string, bytes: Uint8Array, files: FileOperations = systemFiles): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    const handle = await files.open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameWithRetries(files, temporary, path);
    await syncFolder(files, dirname(path));
  } catch (error) {
    await files.unlink(temporary).catch(() => {});
    throw refused(path, 'cannot be written', error);
  }
}
