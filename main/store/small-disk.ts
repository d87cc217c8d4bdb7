import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { open, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from './durable-file.ts';

/** A file system of its own that is soon full, for tests. */
export interface SmallDisk {
  path: string;
  /** Fills it to the last byte. */
  fill(): Promise<void>;
  /** Makes room again, of so many bytes or all that was taken. */
  free(bytes?: number): Promise<void>;
  /** Lets it be written to, or not. */
  writable(yes: boolean): void;
}

/** The part of Vitest's test context that is used. */
interface Skippable {
  skip(note?: string): never;
}

/**
 * Runs a test on a memory disk of its own, inside a folder that is removed afterwards; skips it, saying
 * so, where this process may not mount one.
 * @param size of the disk in bytes
 */
export async function withSmallDisk(
  folder: string,
  context: Skippable,
  work: (disk: SmallDisk) => Promise<void>,
  size = 512 * 1024,
): Promise<void> {
  const path = join(folder, 'small-disk');
  mkdirSync(path);
  if (!mounted(path, size)) context.skip('This process may not mount a disk.');
  const filler = join(path, 'filler');
  try {
    await work({
      path,
      fill: () => fill(filler),
      free: (bytes) => shorten(filler, bytes),
      writable: (yes) => void execFileSync('mount', ['-o', `remount,${yes ? 'rw' : 'ro'}`, path]),
    });
  } finally {
    execFileSync('umount', ['-l', path]);
  }
}

function mounted(path: string, size: number): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function fill(path: string): Promise<void> {
  const handle = await open(path, 'a');
  try {
    for (let piece = 4096; piece > 0; ) {
      try {
        await handle.write(Buffer.alloc(piece));
      } catch (error) {
        if (systemCode(error) !== 'ENOSPC') throw error;
        piece >>= 1;
      }
    }
  } finally {
    await handle.close();
  }
}

async function shorten(path: string, bytes?: number): Promise<void> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  await handle.close();
  await truncate(path, Math.max(0, size - (bytes ?? size)));
}
