import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { type FileOperations, systemFiles } from '../../main/store/durable-file.ts';
import { type Moment, momentOf, type Operation } from './moments.ts';

/** When a process is to kill itself. */
export interface Death {
  moment: Moment;
  /** At which operation of that moment, counted from 0. */
  nth: number;
  /** Before the operation, while it is under way, right after it, or when half of what it writes is written. */
  side: 'before' | 'during' | 'after' | 'half';
  /** How long it is under way before that, in microseconds. */
  spin: number;
}

/** Told of each operation that begins and ends; writes at once, for the next moment may be the last. */
export type Tell = (what: 'begin' | 'end', moment: Moment) => void;

const onHandles = new Set(['write', 'writev', 'writeFile', 'sync', 'datasync', 'truncate']);
const onFiles = ['open', 'rename', 'link', 'unlink', 'copyFile', 'mkdir', 'readdir', 'readFile', 'stat'] as const;

/** Ends this process as a power cut would, as far as a process can: nothing of it runs after this. */
function die(): never {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}

function makesFile(flags: unknown): boolean {
  return typeof flags === 'number' ? (flags & constants.O_CREAT) !== 0 : /^[wa]/.test(String(flags));
}

function spin(microseconds: number): void {
  const until = process.hrtime.bigint() + BigInt(microseconds) * 1000n;
  while (process.hrtime.bigint() < until);
}

/**
 * The system's file operations, which tell what they are a part of, and in the midst of which the
 * process dies where it is told to.
 * @param folder the data folder
 */
export function watchedFiles(folder: string, tell: Tell, death: Death | null): FileOperations {
  let seen = 0;
  const named = (path: unknown) => relative(folder, String(path)).split(sep).join('/');
  const watch = async <T>(
    operation: Operation,
    work: () => Promise<T>,
    half: () => Promise<unknown> = work,
  ): Promise<T> => {
    const moment = momentOf(operation);
    if (moment === null) return work();
    const isLast = death?.moment === moment && seen++ === death.nth;
    tell('begin', moment);
    if (isLast && death.side === 'before') die();
    if (isLast && death.side === 'half') {
      await half();
      die();
    }
    const working = work();
    if (isLast && death.side === 'during') {
      spin(death.spin);
      die();
    }
    try {
      return await working;
    } finally {
      if (isLast) die();
      tell('end', moment);
    }
  };
  const wrapped = (handle: FileHandle, path: string, made: boolean): FileHandle => {
    // The first bytes of a new file are its beginning; those after it are lines like any other.
    let isNew = made;
    return new Proxy(handle, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        if (!onHandles.has(String(name))) return value.bind(target);
        return (...given: unknown[]) => {
          const operation = { name: String(name), path, isNew };
          if (name === 'sync' || name === 'datasync') isNew = false;
          const half = async () => {
            const [bytes, from, length, position] = given;
            if (name !== 'write' || !Buffer.isBuffer(bytes)) return;
            await target.write(bytes, Number(from), Number(length) >> 1, Number(position));
          };
          return watch(operation, () => value.apply(target, given), half);
        };
      },
    });
  };
  const files: Record<string, unknown> = { ...systemFiles };
  for (const name of onFiles) {
    files[name] = async (...given: unknown[]) => {
      const path = named(given[0]);
      const isNew = name === 'open' && makesFile(given[1]);
      const to = name === 'rename' || name === 'link' || name === 'copyFile' ? { to: named(given[1]) } : {};
      const work = systemFiles[name] as (...given: unknown[]) => Promise<unknown>;
      const result = await watch({ name, path, isNew, ...to }, () => work(...given));
      return name === 'open' ? wrapped(result as FileHandle, path, isNew) : result;
    };
  }
  return files as unknown as FileOperations;
}
