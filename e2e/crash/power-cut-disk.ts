import { constants, mkdirSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { SeededNumbers } from '../../main/importers/mutations.ts';
import { type FileOperations, systemFiles } from '../../main/store/durable-file.ts';

/** Something that was done to a disk. Files have numbers, and names in folders lead to these. */
type Done =
  | { kind: 'name'; path: string; file: number }
  | { kind: 'rename'; from: string; path: string }
  | { kind: 'unname'; path: string }
  | { kind: 'folder'; path: string }
  | { kind: 'write'; file: number; at: number; bytes: Buffer }
  | { kind: 'cut'; file: number; length: number }
  /** All that had been done to a file, or to the names in a folder, before the moment `since` is there for good. */
  | { kind: 'file synced'; file: number; since: number }
  | { kind: 'folder synced'; path: string; since: number };

/**
 * A folder on the system's disk, of which is written down what is done to it, and in which order what
 * of this is for good: so that it can be said what a power cut at any moment could have left of it.
 * Names of one folder last in the order in which they were given; names in different folders, and the
 * bytes of files, last independently of one another, but for what has been synced.
 */
export class PowerCutDisk {
  readonly files: FileOperations;
  readonly #folder: string;
  readonly #done: Done[] = [];
  /** The file that each name leads to now. */
  readonly #names = new Map<string, number>();
  #lastFile = 0;

  constructor(folder: string) {
    this.#folder = folder;
    this.files = this.#watched();
  }

  /** How much has been done so far: a moment at which the power may be cut. */
  get moment(): number {
    return this.#done.length;
  }

  /** Makes a folder what a power cut at a moment may have left. @param random what of the rest is left, too */
  leave(folder: string, moment: number, random: SeededNumbers): void {
    const done = this.#done.slice(0, moment);
    const names = namesAfter(done, random);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const [path, file] of names) {
      mkdirSync(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
      writeFileSync(join(folder, path), bytesAfter(done, file, random), { mode: 0o600 });
    }
  }

  #path(path: unknown): string {
    return relative(this.#folder, String(path));
  }

  #make(path: string): number {
    this.#lastFile += 1;
    this.#names.set(path, this.#lastFile);
    this.#done.push({ kind: 'name', path, file: this.#lastFile });
    return this.#lastFile;
  }

  #watched(): FileOperations {
    const done = this.#done;
    const names = this.#names;
    const rename = async (from: string, to: string) => {
      const [before, path] = [this.#path(from), this.#path(to)];
      done.push({ kind: 'rename', from: before, path });
      await systemFiles.rename(from, to);
      const file = names.get(before);
      names.delete(before);
      if (file !== undefined) names.set(path, file);
    };
    const link = async (from: string, to: string) => {
      await systemFiles.link(from, to);
      const file = names.get(this.#path(from));
      if (file === undefined) return;
      names.set(this.#path(to), file);
      done.push({ kind: 'name', path: this.#path(to), file });
    };
    const unlink = async (path: string) => {
      await systemFiles.unlink(path);
      names.delete(this.#path(path));
      done.push({ kind: 'unname', path: this.#path(path) });
    };
    const mkdir = async (path: string, options: { recursive: true; mode: number }) => {
      const made = await systemFiles.mkdir(path, options);
      if (made !== undefined) done.push({ kind: 'folder', path: this.#path(path) });
      return made;
    };
    const copyFile = async (from: string, to: string) => {
      await systemFiles.copyFile(from, to);
      const bytes = await systemFiles.readFile(to);
      done.push({ kind: 'write', file: this.#make(this.#path(to)), at: 0, bytes });
    };
    const open = async (path: string, flags: string | number = 'r', mode?: number) => {
      const isMade = typeof flags === 'number' ? (flags & constants.O_CREAT) !== 0 : flags.startsWith('w');
      const handle = await systemFiles.open(path, flags, mode);
      const file = isMade ? this.#make(this.#path(path)) : (names.get(this.#path(path)) ?? null);
      const isDurable = typeof flags === 'number' && (flags & constants.O_DSYNC) !== 0;
      return this.#watchedHandle(handle, this.#path(path), file, isDurable);
    };
    return { ...systemFiles, rename, link, unlink, mkdir, copyFile, open } as unknown as FileOperations;
  }

  #watchedHandle(handle: FileHandle, path: string, file: number | null, isDurable: boolean): FileHandle {
    const done = this.#done;
    const sync = async (how: 'sync' | 'datasync') => {
      const since = done.length;
      await handle[how]();
      done.push(file === null ? { kind: 'folder synced', path, since } : { kind: 'file synced', file, since });
    };
    const write = async (bytes: Buffer, from: number, length: number, at: number) => {
      if (file === null) throw new Error('what is written to has been made here');
      done.push({ kind: 'write', file, at, bytes: Buffer.from(bytes.subarray(from, from + length)) });
      const since = done.length;
      const written = await handle.write(bytes, from, length, at);
      if (isDurable) done.push({ kind: 'file synced', file, since });
      return written;
    };
    const writeFile = async (content: string | Iterable<string> | AsyncIterable<Uint8Array>) => {
      let at = 0;
      for await (const piece of typeof content === 'string' ? [content] : content) {
        const bytes = Buffer.from(piece as string);
        for (let from = 0; from < bytes.length; )
          from += (await write(bytes, from, bytes.length - from, at + from)).bytesWritten;
        at += bytes.length;
      }
    };
    const truncate = async (length: number) => {
      if (file !== null) done.push({ kind: 'cut', file, length });
      await handle.truncate(length);
    };
    const watched: Record<string, unknown> = {
      ...{ write, writeFile, truncate },
      sync: () => sync('sync'),
      datasync: () => sync('datasync'),
    };
    return new Proxy(handle, {
      get(target, name) {
        const value: unknown = watched[String(name)] ?? Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }
}

/** How many of some things in a row are left besides those that surely are: none, all or some. */
function leftOf(all: number, surely: number, random: SeededNumbers): number {
  return random.pick([surely, all, surely + random.below(all - surely + 1)]);
}

/** The names that are left, and the files that they lead to. */
function namesAfter(done: readonly Done[], random: SeededNumbers): Map<string, number> {
  const byFolder = new Map<string, { done: Done; at: number }[]>();
  const surely = new Map<string, number>();
  for (const [at, each] of done.entries()) {
    if (each.kind === 'folder synced') surely.set(each.path, each.since);
    if (!('path' in each) || each.kind === 'folder synced') continue;
    const folder = dirname(each.path) === '.' ? '' : dirname(each.path);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), { done: each, at }]);
  }
  const names = new Map<string, number>();
  const folders = new Set(['']);
  for (const [folder, all] of [...byFolder].toSorted(([one], [other]) => one.length - other.length)) {
    const since = surely.get(folder) ?? 0;
    const left = leftOf(all.length, all.filter(({ at }) => at < since).length, random);
    if (!folders.has(folder)) continue;
    for (const { done: each } of all.slice(0, left)) {
      if (each.kind === 'folder') folders.add(each.path);
      else if (each.kind === 'name') names.set(each.path, each.file);
      else if (each.kind === 'unname') names.delete(each.path);
      else if (each.kind === 'rename') {
        const file = names.get(each.from);
        names.delete(each.from);
        if (file !== undefined) names.set(each.path, file);
      }
    }
  }
  return names;
}

/** The bytes that are left in a file. The last of those that are not for good may be left by half. */
function bytesAfter(done: readonly Done[], file: number, random: SeededNumbers): Buffer {
  const all = done.flatMap((each, at) =>
    (each.kind === 'write' || each.kind === 'cut') && each.file === file ? [{ each, at }] : [],
  );
  const since = Math.max(
    0,
    ...done.map((each) => (each.kind === 'file synced' && each.file === file ? each.since : 0)),
  );
  const surely = all.filter(({ at }) => at < since).length;
  const left = leftOf(all.length, surely, random);
  let bytes = Buffer.alloc(0);
  for (const [number, { each }] of all.slice(0, left).entries()) {
    if (each.kind === 'cut') bytes = Buffer.concat([bytes, Buffer.alloc(each.length)]).subarray(0, each.length);
    if (each.kind !== 'write') continue;
    const isHalf = number === left - 1 && number >= surely && random.below(2) === 0;
    const written = isHalf ? each.bytes.subarray(0, random.below(each.bytes.length)) : each.bytes;
    const length = Math.max(bytes.length, each.at + written.length);
    const grown = Buffer.alloc(length);
    bytes.copy(grown);
    written.copy(grown, each.at);
    bytes = grown;
  }
  return bytes;
}
