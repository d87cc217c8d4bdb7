import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';

/** What holds a data folder: the desktop window, the server of a browser's, or a command line. */
export const hostKinds = ['window', 'serve', 'command'] as const;

/** One of {@link hostKinds}. */
export type HostKind = (typeof hostKinds)[number];

/** Who holds a data folder, as `lock.json` in it says. */
const holderSchema = z.object({
  pid: z.int().positive(),
  host: z.enum(hostKinds).nullable().catch(null).default(null),
  /** When it took the folder, in milliseconds since 1970. */
  startedAt: z.int().nullable().catch(null).default(null),
  /** The address that opens the library in a browser, key included; of a server that listens. */
  url: z
    .url({ protocol: /^http$/, hostname: /^([\d.]+|\[[\da-f:]+\])$/ })
    .nullable()
    .catch(null)
    .default(null),
});

/** See {@link holderSchema}. */
export type Holder = z.infer<typeof holderSchema>;

/** The file in a data folder that names who holds it. Says nothing of whether it is held. */
export const holderFileName = 'lock.json';

/** Who holds a data folder, or did when it was last held; null when nothing says it, or that process is no more. */
export function readHolder(folder: string): Holder | null {
  try {
    const holder = holderSchema.parse(JSON.parse(readFileSync(join(folder, holderFileName), 'utf8')));
    return isRunning(holder.pid) ? holder : null;
  } catch {
    return null;
  }
}

/** Longest wait for a server that has just begun to say its address, in milliseconds. */
const longestWait = 15_000;

/**
 * The address at which the holder of a folder serves the library to a browser. A server that is about
 * to begin is waited for.
 * @returns null when it serves it to none, or has gone
 */
export async function addressOfHolder(folder: string): Promise<{ url: string; pid: number } | null> {
  for (let waited = 0; waited < longestWait; waited += 100) {
    const holder = readHolder(folder);
    if (holder?.host !== 'serve') return null;
    if (holder.url !== null) return { url: holder.url, pid: holder.pid };
    await setTimeout(100);
  }
  return null;
}

/** Names the holder, readable by its owner only. Does nothing where that cannot be written: nothing depends on it. */
export function writeHolder(folder: string, holder: Holder): void {
  const path = join(folder, holderFileName);
  const draft = `${path}.${process.pid}`;
  try {
    // What another process of this number left may be readable by others.
    rmSync(draft, { force: true });
    writeFileSync(draft, `${JSON.stringify(holder)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(draft, path);
  } catch {
    rmQuietly(draft);
  }
}

/** Takes the name away again. */
export function removeHolder(folder: string): void {
  rmQuietly(join(folder, holderFileName));
}

function rmQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A folder in its place, or a disk that has become read-only.
  }
}

function isRunning(pid: number): boolean {
  try {
    // Signal 0 asks whether the process is there; one of another user answers EPERM, and is there.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const names: Readonly<Record<HostKind, string>> = {
  window: 'its window',
  serve: 'in the browser',
  command: 'a command',
};

/** The holder in words that begin a sentence: "Another Offprint (process 4711, its window)". */
export function nameOfHolder(holder: Holder | null): string {
  if (holder === null) return 'Another Offprint';
  const host = holder.host === null ? '' : `, ${names[holder.host]}`;
  return `Another Offprint (process ${holder.pid}${host})`;
}
