import { read } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemCode } from '../store/durable-file.ts';
import type { HeldCorpus } from './held-corpus.ts';
import type { HeldFile, HeldFiles } from './held-files.ts';
import type { BackupCounts } from './manifest.ts';
import { explained } from './trouble.ts';
import { FileShrank, type ZipWriter } from './zip-writer.ts';

/** A library as it was at one moment. */
export interface HeldLibrary {
  files: HeldFiles;
  /** Null where there are no papers. */
  corpus: HeldCorpus | null;
  /** See `lastingFiles`. */
  lasting: readonly string[];
  counts: BackupCounts;
}

const readFrom = promisify(read);

/**
 * Puts everything that makes up a library into an archive: the reader's own first.
 * @param corpus the path of a copy of `corpus.db`, or null
 * @throws FileShrank when something that never changes has gone meanwhile; OffprintError `unreadable` when the
 * system refuses
 */
export async function packLibrary(
  zip: ZipWriter,
  dataFolder: string,
  { files, lasting }: Pick<HeldLibrary, 'files' | 'lasting'>,
  corpus: string | null,
): Promise<void> {
  for (const file of files.open) {
    await packHeld(zip, file);
    files.done(file);
  }
  if (corpus !== null) await packFile(zip, corpus, 'corpus.db');
  for (const name of lasting) {
    const wasThere = await packFile(zip, join(dataFolder, name), name);
    // One earlier state less is none too few; but a source that has gone has taken its papers with it.
    if (!wasThere && name.startsWith('captures/')) throw new FileShrank(name);
  }
}

function packHeld(zip: ZipWriter, { name, path, fd, size, modifiedAt }: HeldFile): Promise<void> {
  const read = async (bytes: Buffer, position: number) => {
    return (await readFrom(fd, bytes, 0, bytes.length, position).catch(unreadable(path))).bytesRead;
  };
  return zip.add({ name, size, modifiedAt, read });
}

/** False when there is none any more. */
async function packFile(zip: ZipWriter, path: string, name: string): Promise<boolean> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    return unreadable(path)(error);
  }
  try {
    const { size, mtime } = await handle.stat();
    const read = async (bytes: Buffer, position: number) => {
      return (await handle.read(bytes, 0, bytes.length, position).catch(unreadable(path))).bytesRead;
    };
    await zip.add({ name, size, modifiedAt: mtime, read });
    return true;
  } finally {
    await handle.close();
  }
}

function unreadable(path: string): (error: unknown) => never {
  return (error) => {
    throw explained(error, path, 'could not be read', 'No backup was made.');
  };
}
