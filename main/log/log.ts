import { closeSync, constants, fchmodSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type EntryFields, type EventName, entrySchemas, type Level, levels } from './entries.ts';

/** The folder of the log within the data folder. */
export const logFolderName = 'logs';

/** The file that is being written; `offprint.1.log` and `offprint.2.log` are older, in this order. */
export const logFileName = 'offprint.log';

/** Bytes that a file of the log may have; with the older ones it is three times this. */
export const largestLog = 1024 * 1024;

const older = ['offprint.1.log', 'offprint.2.log'] as const;

/** Entries that are written in a while, in milliseconds, before others of it are only counted. */
const most = 200;
const aWhile = 10_000;
/** Entries that are held before it is known where the log is. */
const mostHeld = 50;

const seriousness = (level: Level) => levels.indexOf(level);

/**
 * The log of a program, or several at once, on one data folder: a line of JSON for each entry, in files that their
 * owner alone can read and that never have more than a few megabytes. Nothing that goes wrong with it ever comes
 * to the caller, and it makes no folder but its own.
 *
 * Our own and not one of the well-known packages: those take any text and object, which is what must not be
 * here. Each entry is written at once, some fifty microseconds, so that the last ones before a crash are there; there
 * are a few dozen in a session.
 */
export class Log {
  readonly #level: Level;
  readonly #now: () => number;
  readonly #held: string[] = [];
  #folder: string | null = null;
  #window = { since: Number.NEGATIVE_INFINITY, entries: 0, dropped: 0 };
  #isTorn = false;

  /**
   * @param level entries that matter less than this are left out
   * @param now the time, in milliseconds since 1970
   */
  constructor(level: Level = 'info', now: () => number = Date.now) {
    this.#level = level;
    this.#now = now;
  }

  /** Where the log is; null while nobody has said so. */
  get folder(): string | null {
    return this.#folder;
  }

  /** Says in which data folder the log is, and writes what has been held until now. */
  openIn(dataFolder: string): void {
    this.#folder = join(dataFolder, logFolderName);
    for (const line of this.#held.splice(0)) this.#append(line);
  }

  error<N extends EventName>(event: N, fields: EntryFields<N>): void {
    this.#write('error', event, fields);
  }

  warn<N extends EventName>(event: N, fields: EntryFields<N>): void {
    this.#write('warn', event, fields);
  }

  info<N extends EventName>(event: N, fields: EntryFields<N>): void {
    this.#write('info', event, fields);
  }

  debug<N extends EventName>(event: N, fields: EntryFields<N>): void {
    this.#write('debug', event, fields);
  }

  #write<N extends EventName>(level: Level, event: N, fields: EntryFields<N>): void {
    if (seriousness(level) > seriousness(this.#level)) return;
    const now = this.#now();
    if (!this.#hasRoom(now)) return;
    this.#put(lineOf(now, level, event, fields));
  }

  /** A mistake that happens again and again must not fill the disk, nor take the time of the program. */
  #hasRoom(now: number): boolean {
    const { since, dropped } = this.#window;
    if (now - since >= aWhile || now < since) {
      this.#window = { since: now, entries: 0, dropped: 0 };
      if (dropped > 0) this.#put(lineOf(now, 'warn', 'dropped', { entries: dropped }));
    }
    this.#window.entries += 1;
    if (this.#window.entries <= most) return true;
    this.#window.dropped += 1;
    return false;
  }

  #put(line: string): void {
    if (this.#folder !== null) this.#append(line);
    else if (this.#held.length < mostHeld) this.#held.push(line);
  }

  #append(line: string): void {
    const folder = this.#folder;
    if (folder === null) return;
    let file: number | null = null;
    try {
      file = openLogFile(folder);
      if (fstatSync(file).size + line.length > largestLog) {
        closeSync(file);
        file = null;
        turn(folder);
        file = openLogFile(folder);
      }
      // After a line that the disk had no room for, which has no end.
      const bytes = Buffer.from(this.#isTorn ? `\n${line}` : line);
      this.#isTorn = true;
      this.#isTorn = writeSync(file, bytes) < bytes.length;
    } catch {
      // A log that cannot be written is not worth a word: whoever wanted to say something has said it elsewhere.
    } finally {
      if (file !== null) closeQuietly(file);
    }
  }
}

function lineOf<N extends EventName>(now: number, level: Level, event: N, fields: EntryFields<N>): string {
  const at = new Date(Number.isFinite(now) ? now : 0).toISOString();
  const schema = Object.hasOwn(entrySchemas, event) ? entrySchemas[event] : null;
  const checked = schema?.safeParse(fields);
  if (!checked?.success) return `${JSON.stringify({ at, level, event: 'malformed' })}\n`;
  return `${JSON.stringify({ at, level, event, pid: process.pid, ...checked.data })}\n`;
}

/** Opens the file of the log to write at its end, for its owner alone. Follows no link, and writes into no device. */
function openLogFile(folder: string): number {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND;
  const careful = flags | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const open = () => openSync(join(folder, logFileName), careful, 0o600);
  let file: number;
  try {
    file = open();
  } catch {
    // Only this one folder: the data folder itself is not the log's to make.
    mkdirSync(folder, { mode: 0o700 });
    file = open();
  }
  const stats = fstatSync(file);
  if (!stats.isFile()) {
    closeSync(file);
    throw new Error('not a file');
  }
  if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) fchmodSync(file, 0o600);
  return file;
}

/** Makes place for a new file. Another program on the same folder may do so at the same moment. */
function turn(folder: string): void {
  const [second, third] = older.map((name) => join(folder, name)) as [string, string];
  for (const [from, to] of [
    [second, third],
    [join(folder, logFileName), second],
  ] as const) {
    try {
      renameSync(from, to);
    } catch {
      // There is no older one yet.
    }
  }
}

function closeQuietly(file: number): void {
  try {
    closeSync(file);
  } catch {
    // It was written or not; nothing more can be done.
  }
}

const asked = levels.find((level) => level === process.env['OFFPRINT_LOG']);

/** The log of this process. `OFFPRINT_LOG` is the level: `error`, `warn`, `info` (unless told otherwise) or `debug`. */
export const log = new Log(asked);
