import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { OffprintError } from '../../shared/outcome.ts';
import { beginFile } from '../backup/new-file.ts';
import { explained } from '../backup/trouble.ts';
import type { FileOperations } from '../store/durable-file.ts';
import { nothingExported } from './trouble.ts';

async function writeAll(handle: FileHandle, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
}

/**
 * Writes text into one new file of a folder. It is on the disk, whole, when this resolves; when it rejects, nothing is
 * there. Nothing that is there is written over.
 * @param names what the file may be called, the best first
 * @param beforePlacing what has to be done once all is written, and before anybody finds the file
 * @returns its path
 * @throws OffprintError `unreadable` when the system refuses, `bad-input` when all names are taken; and what `text` throws
 */
export async function writeExportFile(
  files: FileOperations,
  folder: string,
  names: readonly string[],
  text: AsyncIterable<string>,
  beforePlacing: () => Promise<void>,
): Promise<string> {
  try {
    const file = await beginFile(files, folder, names[0] ?? 'export');
    try {
      for await (const piece of text) await writeAll(file.handle, piece);
      await beforePlacing();
      const path = await file.place(names);
      if (path !== null) return path;
    } finally {
      await file.discard();
    }
  } catch (error) {
    throw explained(error, folder, 'could not be written to', nothingExported);
  }
  const path = join(folder, names[0] ?? '');
  throw new OffprintError('bad-input', `${path} is there already, and nothing is written over. ${nothingExported}`);
}
