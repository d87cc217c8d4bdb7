import type { Dirent } from 'node:fs';
import { lstat, open, readdir, unlink } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { PaperId } from '../../shared/paper.ts';
import { paperIdOfFile } from '../exporters/markdown-merge.ts';

/** Bytes of a file that are read to find out whose it is: far more than front matter has. */
const headLength = 64 * 1024;
/** Folders within folders that are looked into. */
const deepest = 20;
/** Larger files are nobody's that we wrote. */
const largestFile = 20 * 1024 * 1024;
/** What a file of ours is called while it is written: hidden, so that no program takes it for a note. */
const unfinished = /^\.offprint-[0-9a-f-]{36}\.tmp$/;
const hour = 60 * 60_000;

/** A name for a file that is being written. */
export function unfinishedName(): string {
  return `.offprint-${crypto.randomUUID()}.tmp`;
}

/** The Markdown files of papers in a folder and those within it, by the id that each says itself. */
export class PaperFiles {
  /** The one that is written first; the others say that they are the same paper's. */
  readonly #paths = new Map<PaperId, string[]>();
  /** How often all of the folder was looked through, for tests. */
  looks = 0;

  pathOf(ids: Iterable<PaperId>): string | null {
    for (const id of ids) {
      const [path] = this.#paths.get(id) ?? [];
      if (path !== undefined) return path;
    }
    return null;
  }

  /** What a link of Obsidian's names the file by. */
  nameOf(id: PaperId): string | null {
    const path = this.pathOf([id]);
    return path === null ? null : basename(path, '.md');
  }

  /** Notes that a file is a paper's. */
  set(id: PaperId, path: string): void {
    const others = (this.#paths.get(id) ?? []).filter((other) => other !== path);
    this.#paths.set(id, [path, ...others]);
  }

  /** Notes that a file is no paper's that we could write. */
  forget(ids: Iterable<PaperId>, path: string): void {
    for (const id of ids) {
      const others = (this.#paths.get(id) ?? []).filter((other) => other !== path);
      this.#paths.set(id, others);
    }
  }

  /**
   * Looks through a folder. Hidden files and folders are left out, and no link is followed. Where several files say
   * that they are one paper's, it is the first one by its path, `x.md` before `x 1.md`, and both before those in folders
   * within. Takes away what was left half written long ago.
   * @param isStopped asked now and then
   * @throws whatever the system throws where the folder itself cannot be read
   */
  async look(folder: string, isStopped: () => boolean): Promise<void> {
    this.#paths.clear();
    this.looks += 1;
    await this.#lookInto(await readdir(folder, { withFileTypes: true }), folder, 0, isStopped);
  }

  async #lookInto(entries: Dirent[], folder: string, depth: number, isStopped: () => boolean): Promise<void> {
    const rank = (entry: Dirent) => `${entry.isDirectory() ? 1 : 0}${stemOf(entry)}`;
    for (const entry of entries.toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1))) {
      if (isStopped()) return;
      const path = join(folder, entry.name);
      if (entry.isFile() && unfinished.test(entry.name)) await removeOld(path);
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory() && depth < deepest) {
        const within = await readdir(path, { withFileTypes: true }).catch(() => []);
        await this.#lookInto(within, path, depth + 1, isStopped);
      } else if (entry.isFile() && /\.md$/i.test(entry.name)) {
        const id = await idOfFile(path);
        if (id !== null) this.#paths.set(id, [...(this.#paths.get(id) ?? []), path]);
      }
    }
  }
}

/** A name without its ending, or copies of a file would come before it. */
function stemOf({ name }: Dirent): string {
  return name.replace(/\.md$/i, '');
}

/** The id that a file says; null where it is no paper's, or cannot be read. */
async function idOfFile(path: string): Promise<PaperId | null> {
  const file = await open(path).catch(() => null);
  if (file === null) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headLength), 0, headLength, 0);
    return paperIdOfFile(buffer.toString('utf8', 0, bytesRead));
  } catch {
    return null;
  } finally {
    await file.close().catch(() => {});
  }
}

/** `../` for each folder that a file is within another: what leads up to that one. */
export function folderUp(folder: string, path: string): string {
  const way = relative(dirname(path), folder);
  return way === '' ? '' : `${way.split(sep).join('/')}/`;
}

/** Whether there is anything under a path. */
export async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** A file's text, and when it was last changed; null where it is no file any more, too large, or no text. */
export async function readPaperFile(path: string): Promise<{ text: string; stamp: string; mode: number } | null> {
  const about = await lstat(path).catch(() => null);
  if (!about?.isFile() || about.size > largestFile) return null;
  const file = await open(path);
  try {
    const bytes = await file.readFile();
    const text = bytes.toString('utf8');
    // What is no UTF-8 would not be the same when it is written again.
    if (!Buffer.from(text).equals(bytes)) return null;
    return { text, stamp: stampOf(about), mode: about.mode & 0o777 };
  } finally {
    await file.close();
  }
}

/**
 * Whether a file is as it was when it was read. What it says is compared, too: some file systems know times to two
 * seconds only, and a box that is ticked makes no file longer.
 */
export async function isAsRead(path: string, read: { text: string; stamp: string }): Promise<boolean> {
  const now = await readPaperFile(path).catch(() => null);
  return now !== null && now.stamp === read.stamp && now.text === read.text;
}

/** Says when a file was last changed: another one after most changes. */
export function stampOf({ mtimeMs, size, ino }: { mtimeMs: number; size: number; ino: number }): string {
  return `${mtimeMs} ${size} ${ino}`;
}

async function removeOld(path: string): Promise<void> {
  const about = await lstat(path).catch(() => null);
  if (about && Date.now() - about.mtimeMs > hour) await unlink(path).catch(() => {});
}
