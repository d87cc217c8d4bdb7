import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { explainSystemError } from './database.ts';

/** Bytes kept in `captures/`. */
export interface Capture {
  /** SHA-256 of the bytes, in hexadecimal. */
  digest: string;
  /** File name in `captures/`. */
  file: string;
  /** Takes the file away again, if this call made it. */
  discard(): void;
}

function safeName(name: string): string {
  const safe = name
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replaceAll(/^[.-]+|[.-]+$/g, '');
  // File systems count bytes: 255 of them with the hash, and a letter may take four.
  return [...(safe || 'text')].slice(-40).join('');
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A file too many does no harm; the error that makes it one too many is the one to tell. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}

/**
 * Keeps imported bytes in the folder `captures/` of the data folder, so that the corpus can be
 * rebuilt from them. On the disk when this returns. The same bytes are kept once.
 * @param name what the bytes are called; becomes part of the file name
 * @throws OffprintError `unreadable` when the system refuses; nothing is left then
 */
export function keepCapture(dataFolder: string, name: string, bytes: Uint8Array): Capture {
  const digest = createHash('sha256').update(bytes).digest('hex');
  const folder = join(dataFolder, 'captures');
  const file = `${digest.slice(0, 16)}-${safeName(name)}`;
  const path = join(folder, file);
  if (existsSync(path)) return { digest, file, discard: () => {} };
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const handle = openSync(temporary, 'wx', 0o600);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, path);
    syncFolder(folder);
  } catch (error) {
    removeQuietly(temporary);
    throw explainSystemError(error, path, 'could not be written', `${name} was not imported.`);
  }
  return { digest, file, discard: () => removeQuietly(path) };
}
