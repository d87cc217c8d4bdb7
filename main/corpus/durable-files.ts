import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, extname } from 'node:path';

// The store has its own of these, which tests make fail at each step; here they are for the threads of the corpus.

/** Makes the names in a folder durable, where the system can do so for a folder. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A file too many does no harm; the error that makes it one too many is the one to tell. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}

/** The end of a provisional name. A file's own name, cut to the length that it may have, cannot end so. */
export const provisionalEnding = /\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** A name for a file while it is not what it shall be; {@link provisionalEnding} tells it. */
export function provisional(path: string): string {
  return `${path}.${crypto.randomUUID()}.tmp`;
}

/**
 * Replaces the content of a file so that at every moment, power cuts included, `path` holds either
 * all of the old content or all of the new, readable by its owner only.
 */
export function replaceDurably(path: string, pieces: Iterable<string>): void {
  const temporary = provisional(path);
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      for (const piece of pieces) {
        const bytes = Buffer.from(piece);
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
  syncFolder(dirname(path));
}

/** A path beside `path` that says what it is and when, and that nothing has yet: `corpus.damaged-2026-07-10T12-30-05.db`. */
export function datedPath(path: string, word: string, now: Date): string {
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  const moment = now.toISOString().slice(0, 19).replaceAll(':', '-');
  for (let copy = 1; ; copy += 1) {
    const candidate = `${stem}.${word}-${moment}${copy === 1 ? '' : `-${copy}`}${extension}`;
    if (statSync(candidate, { throwIfNoEntry: false }) === undefined) return candidate;
  }
}
