import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { OffprintError } from '../../shared/outcome.ts';

const unchanged = 'Nothing was imported.';

/** Read at once, in bytes: large enough to be quick, small enough to be told to stop soon. */
const chunkSize = 256 * 1024;

/** Most bytes that a gzip file may unpack to. */
const longestUnpacked = 64 * 1024 ** 3;
/** Text shrinks to a fifth or a tenth. What shrinks so far, and is so long, was made to hurt. */
const steepestRatio = 1000;
const shortestBomb = 1024 ** 3;

/** What tells a file from a changed one. */
export interface FileStamp {
  size: number;
  modified: number;
  inode: number;
}

/** A file that is read from its beginning to its end. */
export interface InputFile {
  path: string;
  /** What it is called in messages. */
  name: string;
  signal?: AbortSignal | undefined;
}

/** A regular file, open for reading. */
export interface OpenFile {
  handle: FileHandle;
  stamp: FileStamp;
}

async function stampOf(handle: FileHandle): Promise<FileStamp> {
  const { size, mtimeMs, ino } = await handle.stat();
  return { size, modified: mtimeMs, inode: ino };
}

function isSame(left: FileStamp, right: FileStamp): boolean {
  return left.size === right.size && left.modified === right.modified && left.inode === right.inode;
}

/**
 * Opens a regular file. Anything else is refused without waiting for it: a pipe that nobody writes
 * to must not hang, and a device must not notice.
 * @param expected what the file was when it was read before; refused when it has changed since
 * @throws OffprintError `not-found`, `unreadable` or `bad-input`, naming the file
 */
export async function openRegular({ path, name }: InputFile, expected: FileStamp | null): Promise<OpenFile> {
  try {
    const before = await stat(path);
    if (before.isDirectory()) throw new OffprintError('bad-input', `${name} is a folder, not a file. ${unchanged}`);
    if (!before.isFile()) throw notRegular(name);
    // It may have become something else since. Windows has no such flag.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      if (!(await handle.stat()).isFile()) throw notRegular(name);
      const stamp = await stampOf(handle);
      if (expected && !isSame(expected, stamp)) throw changed(name);
      return { handle, stamp };
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    throw explainReading(error, name);
  }
}

function notRegular(name: string): OffprintError {
  return new OffprintError('bad-input', `${name} is not a regular file. ${unchanged}`);
}

function changed(name: string): OffprintError {
  return new OffprintError('unreadable', `${name} changed while it was being read. ${unchanged}`);
}

/**
 * The bytes of an open file, piece by piece; the file is closed at the end, however that comes.
 * @param length of a piece, at most
 * @throws OffprintError `unreadable` when it cannot be read on or has changed meanwhile; the signal's reason
 */
export async function* chunksOf(
  { handle, stamp }: OpenFile,
  { name, signal }: InputFile,
  length = chunkSize,
): AsyncGenerator<Buffer> {
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(length), 0, length, null);
      if (bytesRead === 0) break;
      yield bytesRead === length ? buffer : buffer.subarray(0, bytesRead);
    }
    if (!isSame(stamp, await stampOf(handle))) throw changed(name);
  } catch (error) {
    throw explainReading(error, name);
  } finally {
    await handle.close();
  }
}

/** True for the beginning of a gzip file (RFC 1952, section 2.3.1). */
export function isGzip(beginning: Uint8Array): boolean {
  return beginning[0] === 0x1f && beginning[1] === 0x8b && beginning[2] === 8;
}

/** The pieces of an iterator whose first piece has been looked at already. */
async function* withFirst(first: Buffer | null, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (first) yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/**
 * Bytes as they are or, when they are gzip, unpacked (all members of them). Memory does not grow
 * with them, however steeply they unpack.
 * @throws OffprintError `bad-input` when they are damaged gzip, or unpack beyond all measure
 */
export async function* unpacked(
  chunks: AsyncGenerator<Buffer>,
  { name, signal }: Pick<InputFile, 'name' | 'signal'>,
): AsyncGenerator<Buffer> {
  const first = await chunks.next();
  const all = withFirst(first.done ? null : first.value, chunks);
  if (first.done || !isGzip(first.value)) {
    yield* all;
    return;
  }
  let packedBytes = 0;
  let unpackedBytes = 0;
  const counted = async function* () {
    for await (const chunk of all) {
      packedBytes += chunk.length;
      yield chunk;
    }
  };
  const gunzip = createGunzip({ chunkSize });
  // The pieces are taken below, where what goes wrong is told as well.
  const piped = pipeline(Readable.from(counted(), { objectMode: false }), gunzip).catch(() => undefined);
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      unpackedBytes += piece.length;
      const isBomb = unpackedBytes > shortestBomb && unpackedBytes > steepestRatio * packedBytes;
      if (unpackedBytes > longestUnpacked || isBomb) {
        throw new OffprintError('bad-input', `${name} unpacks to far more than any library holds. ${unchanged}`);
      }
      yield piece;
    }
  } catch (error) {
    throw explainUnpacking(error, name);
  } finally {
    gunzip.destroy();
    await piped;
    await chunks.return(undefined);
  }
}

function explainUnpacking(error: unknown, name: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'Z_BUF_ERROR') {
    return new OffprintError('bad-input', `${name} is a gzip file whose end is missing. ${unchanged}`, {
      cause: error,
    });
  }
  if (typeof code === 'string' && /^Z_/.test(code)) {
    return new OffprintError('bad-input', `${name} is a damaged gzip file. ${unchanged}`, { cause: error });
  }
  return error;
}

/** Says in plain words why a path cannot be read; what is no error of the system's is left as it is. */
export function explainReading(error: unknown, name: string): unknown {
  if (error instanceof OffprintError || !(error instanceof Error) || !('code' in error)) return error;
  if (error.name === 'AbortError') return error;
  const because = { cause: error };
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new OffprintError('not-found', `${name} does not exist. ${unchanged}`, because);
    case 'EISDIR':
      return new OffprintError('bad-input', `${name} is a folder, not a file. ${unchanged}`, because);
    case 'ENXIO':
    case 'EOPNOTSUPP':
      return new OffprintError('bad-input', `${name} is not a regular file. ${unchanged}`, because);
    case 'EACCES':
    case 'EPERM':
      return new OffprintError('unreadable', `${name} could not be read: permission was denied. ${unchanged}`, because);
    case 'ELOOP':
      return new OffprintError('not-found', `${name} is a link that leads nowhere. ${unchanged}`, because);
    case 'ENAMETOOLONG':
    case 'ERR_INVALID_ARG_VALUE':
      return new OffprintError('bad-input', `${name} is not a path that a file can have. ${unchanged}`, because);
    default:
      return new OffprintError(
        'unreadable',
        `${name} could not be read (${String(error.code)}). ${unchanged}`,
        because,
      );
  }
}
