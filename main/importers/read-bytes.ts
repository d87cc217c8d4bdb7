import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { OffprintError } from '../../shared/outcome.ts';
import { guessBinaryKind } from './guess-kind.ts';
import type { Importer } from './importer.ts';
import { notOfFormat } from './not-of-format.ts';
import { importers } from './registry.ts';

/** How much of a file is looked at before the rest is read, in bytes. */
const beginningBytes = 256 * 1024;

/** Largest file taken in, in bytes. */
export const largestFile = 256 * 1024 * 1024;

const unchanged = 'Nothing was imported.';

/** Bytes that turned out to be of a format we know. */
export interface RecognisedBytes {
  name: string;
  bytes: Uint8Array;
  text: string;
  importer: Importer;
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

function markedEncoding(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/**
 * Decodes text: by its byte-order mark, else as UTF-8, else as Windows-1252, in which any byte is
 * a character. The mark is not part of the result.
 */
function decode(bytes: Uint8Array, whole: boolean): string {
  const marked = markedEncoding(bytes);
  if (marked !== null) return new TextDecoder(marked).decode(bytes, { stream: !whole });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function refuseBinary(name: string, bytes: Uint8Array): void {
  if (markedEncoding(bytes) !== null) {
    if (!decode(bytes, false).includes('\0')) return;
  } else if (!bytes.includes(0) && share(bytes.subarray(0, 4096), isOddByte) < 0.05) return;
  throw new OffprintError(
    'bad-input',
    `${name} is not text: it seems to be ${guessBinaryKind(bytes) ?? 'binary data'}. ${unchanged}`,
  );
}

function isOddByte(byte: number): boolean {
  return byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27;
}

function share(bytes: Uint8Array, test: (byte: number) => boolean): number {
  return bytes.length === 0 ? 0 : bytes.filter(test).length / bytes.length;
}

function recognise(name: string, beginning: Uint8Array, whole: boolean): Importer {
  if (beginning.length === 0) throw new OffprintError('bad-input', `${name} is empty. ${unchanged}`);
  refuseBinary(name, beginning);
  const text = decode(beginning, whole);
  if (text.trim() === '') throw new OffprintError('bad-input', `${name} holds nothing but white space. ${unchanged}`);
  let best: Importer | null = null;
  let bestScore = 0;
  for (const importer of importers) {
    const score = importer.recognise(text, whole);
    if (score > bestScore) [best, bestScore] = [importer, score];
  }
  if (best === null) throw notOfFormat(name, importers.map(({ label }) => label).join(', '), text);
  return best;
}

/**
 * Decodes bytes and finds out their format.
 * @param name what the bytes are called in messages
 * @throws OffprintError `bad-input` when they are empty, no text, or of no format we know
 */
export function recogniseBytes(name: string, bytes: Uint8Array): RecognisedBytes {
  if (bytes.length > largestFile) throw tooLarge(name, bytes.length);
  const importer = recognise(name, bytes.subarray(0, beginningBytes), bytes.length <= beginningBytes);
  if (bytes.includes(0) && markedEncoding(bytes) === null) {
    throw new OffprintError('bad-input', `${name} is damaged: it holds NUL bytes. ${unchanged}`);
  }
  return { name, bytes, text: decode(bytes, true), importer };
}

function tooLarge(name: string, size: number): OffprintError {
  const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
  return new OffprintError(
    'bad-input',
    `${name} is too large: ${megabytes(size)} MB, and at most ${megabytes(largestFile)} MB can be imported. ${unchanged}`,
  );
}

/**
 * Reads a file and finds out its format. What cannot be imported is refused after a look at its
 * beginning, however large it is.
 * @throws OffprintError `not-found`, `unreadable` or `bad-input`, naming the path
 */
export function recogniseFile(path: string): RecognisedBytes {
  let file: number | null = null;
  try {
    // Without waiting: opening a named pipe that nobody writes to would hang. Windows has no such flag.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(file);
    if (stats.isDirectory()) {
      throw new OffprintError('bad-input', `${path} is a folder, not a file. ${unchanged}`);
    }
    if (!stats.isFile()) throw new OffprintError('bad-input', `${path} is not a regular file. ${unchanged}`);
    const beginning = readUpTo(file, Math.min(stats.size, beginningBytes));
    recognise(path, beginning, beginning.length === stats.size);
    if (stats.size > largestFile) throw tooLarge(path, stats.size);
    return recogniseBytes(path, Buffer.concat([beginning, readUpTo(file, stats.size - beginning.length)]));
  } catch (error) {
    throw explain(error, path);
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** The last part of a path, which a source is called by. */
export function sourceName(path: string): string {
  return basename(path.replaceAll('\\', '/')) || path;
}

function readUpTo(file: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let at = 0;
  while (at < length) {
    const read = readSync(file, buffer, at, length - at, null);
    if (read === 0) break;
    at += read;
  }
  return buffer.subarray(0, at);
}

function explain(error: unknown, path: string): unknown {
  if (error instanceof OffprintError || !(error instanceof Error) || !('code' in error)) return error;
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new OffprintError('not-found', `${path} does not exist. ${unchanged}`, { cause: error });
    case 'EISDIR':
      return new OffprintError('bad-input', `${path} is a folder, not a file. ${unchanged}`, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new OffprintError('unreadable', `${path} could not be read: permission was denied. ${unchanged}`, {
        cause: error,
      });
    case 'ENAMETOOLONG':
    case 'ERR_INVALID_ARG_VALUE':
      return new OffprintError('bad-input', `${path} is not a path that a file can have. ${unchanged}`, {
        cause: error,
      });
    default:
      return new OffprintError('unreadable', `${path} could not be read (${String(error.code)}). ${unchanged}`, {
        cause: error,
      });
  }
}
