import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  eachWriteDurable,
  type FileOperations,
  renameWithRetries,
  syncFolder,
  systemCode,
  temporaryName,
} from './durable-file.ts';
import { findEntry, longestFile } from './found-file.ts';
import type { Place } from './history-index.ts';
import { printLine } from './journal-line.ts';
import { noSegment, printHead, type ScannedSegment, type SegmentHead, scanSegment } from './journal-scan.ts';

/** The folder of the journal inside a data folder. */
export const journalFolderName = 'journal';

const segmentName = /^(\d{8})\.log$/;
const stepsName = /^steps-(\d{8})\.log$/;
/** A file of kept steps that is larger is not added to, in bytes. */
const largestStepsFile = 4 * 1024 * 1024;
/** Bytes copied in one piece. */
const copiedAtOnce = 256 * 1024;

const { O_CREAT, O_EXCL, O_RDWR, O_WRONLY } = constants;
/** How a file is opened that lines are added to, and one that is begun. */
const addedTo = O_RDWR | eachWriteDurable;
const begun = O_WRONLY | O_CREAT | O_EXCL | eachWriteDurable;

/** The file that lines are added to. */
interface Open {
  name: string;
  handle: FileHandle;
  /** Tells it from another one of the same name. */
  ino: number;
  end: number;
}

/** What stands in the place of the journal. */
export type FoundJournal =
  | { kind: 'segments'; segments: ScannedSegment[] }
  /** No folder. `reason` completes "the journal …". */
  | { kind: 'obstacle'; reason: string }
  | { kind: 'unreadable'; path: string; code: string };

/** Where added lines stand. */
export interface Added {
  file: string;
  at: number;
  /** Whether the file that lines were added to before has been taken away by somebody, and what it said with it. */
  isWithout: boolean;
}

/** A file of the journal, as far as it matters which lines it has. */
interface Known {
  name: string;
  /** The number that its first line has; 0 when that is not known. */
  from: number;
}

/**
 * The files of the journal: numbered ones that lines are added to, of which the last one is open,
 * and `steps-` ones with copies of the lines that Undo may still need when those are gone. Knows
 * where lines stand, not what they say. One call at a time.
 */
export class JournalFolder {
  readonly path: string;
  readonly #files: FileOperations;
  #open: Open | null = null;
  #segments: Known[] = [];
  #stepFiles: string[] = [];
  #lastNumber = 0;

  constructor(dataFolder: string, files: FileOperations) {
    this.path = join(dataFolder, journalFolderName);
    this.#files = files;
  }

  /** Reads every numbered file, the oldest first. Never throws. */
  async find(): Promise<FoundJournal> {
    const entry = await findEntry(this.#files, this.path);
    if (entry.kind === 'missing') return { kind: 'segments', segments: [] };
    if (entry.kind === 'file') return { kind: 'obstacle', reason: 'is a file' };
    if (entry.kind === 'obstacle') return entry;
    let path = this.path;
    try {
      if (entry.kind === 'unreadable') return { ...entry, path };
      const segments: ScannedSegment[] = [];
      for (const name of (await this.#files.readdir(path)).toSorted()) {
        const number = Number(segmentName.exec(name)?.[1] ?? stepsName.exec(name)?.[1] ?? 0);
        this.#lastNumber = Math.max(this.#lastNumber, number);
        if (stepsName.test(name)) this.#stepFiles.push(name);
        if (!segmentName.test(name)) continue;
        path = join(this.path, name);
        const segment = await this.#scan(name);
        if (typeof segment === 'string') return { kind: 'unreadable', path, code: segment };
        if (segment) segments.push(segment);
      }
      this.#segments = segments.map(({ name, head, lines }) => ({ name, from: head?.from ?? lines[0]?.sequence ?? 0 }));
      return { kind: 'segments', segments };
    } catch (error) {
      return { kind: 'unreadable', path, code: systemCode(error) ?? 'unknown' };
    }
  }

  /** Null for a file that is gone after all; the system's code for one that it does not let us read. */
  async #scan(name: string): Promise<ScannedSegment | string | null> {
    const path = join(this.path, name);
    const entry = await findEntry(this.#files, path);
    if (entry.kind === 'missing') return null;
    if (entry.kind === 'unreadable') return entry.code;
    if (entry.kind !== 'file' || entry.size > longestFile) return noSegment(name);
    return { ...scanSegment(name, await this.#files.readFile(path)), ino: entry.ino };
  }

  /** Removes what a killed process has left of {@link begin}. What cannot be removed stays. */
  async removeLeftovers(): Promise<void> {
    const names = await this.#files.readdir(this.path).catch(() => []);
    for (const name of names.filter((each) => temporaryName.test(each))) {
      await this.#files.unlink(join(this.path, name)).catch(() => {});
    }
  }

  /** Adds to a file that has been scanned from now on, after cutting off what stands there after its last line. */
  async resume({ name, size, goodEnd }: ScannedSegment): Promise<void> {
    const handle = await this.#files.open(join(this.path, name), addedTo);
    try {
      if (size > goodEnd) {
        await handle.truncate(goodEnd);
        await handle.datasync();
      }
      this.#open = { name, handle, ino: (await handle.stat()).ino, end: goodEnd };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /**
   * Adds lines; they are on the disk when this resolves. When it rejects, none of them is there.
   * @param begin where lines are to go on from, should a new file have to be begun
   * @returns where the first of them stands
   */
  async append(lines: Buffer, begin: () => SegmentHead & { follows: string }): Promise<Added> {
    const open = this.#open;
    if (!open) return this.begin(begin(), lines);
    try {
      await writeAll(open.handle, lines, open.end);
      if (eachWriteDurable === 0) await open.handle.datasync();
      // What somebody has taken away takes whatever is written to it, and keeps it from everybody.
      if (!this.#isThere(open)) return { ...(await this.begin(begin(), lines)), isWithout: true };
    } catch (error) {
      await this.#cut(open, begin());
      throw error;
    }
    const at = open.end;
    open.end += lines.length;
    return { file: open.name, at, isWithout: false };
  }

  /**
   * Begins a new file, with lines or without: it has all of them or is not there. The one before stays as
   * it is.
   */
  async begin(
    { follows, ...head }: SegmentHead & { follows: string },
    lines: Buffer = Buffer.alloc(0),
  ): Promise<Added> {
    await this.#makeFolder();
    this.#lastNumber += 1;
    const name = `${String(this.#lastNumber).padStart(8, '0')}.log`;
    const path = join(this.path, name);
    const temporary = `${path}.${crypto.randomUUID()}.tmp`;
    const handle = await this.#files.open(temporary, begun, 0o600);
    let place = temporary;
    let beginning: Buffer;
    try {
      const { ino } = await handle.stat();
      beginning = printLine(0, follows, printHead({ ...head, ino })).bytes;
      await writeAll(handle, Buffer.concat([beginning, lines]), 0);
      await handle.datasync();
      await renameWithRetries(this.#files, temporary, path);
      place = path;
      await syncFolder(this.#files, this.path);
      await this.#open?.handle.close().catch(() => {});
      this.#open = { name, handle, ino, end: beginning.length + lines.length };
    } catch (error) {
      await handle.close().catch(() => {});
      await this.#files.unlink(place).catch(() => {});
      // Should it stay or come back, no line with its first number, or a greater one, counts in the file before.
      if (place === path) await this.close();
      throw error;
    }
    this.#segments.push({ name, from: head.from });
    return { file: name, at: beginning.length, isWithout: false };
  }

  /** The bytes at a place. @throws whatever the system throws; RangeError when the file ends before */
  async read({ file, at, length }: Place): Promise<Buffer> {
    const handle = await this.#files.open(join(this.path, file), 'r');
    try {
      const bytes = Buffer.alloc(length);
      for (let read = 0; read < length; ) {
        const { bytesRead } = await handle.read(bytes, read, length - read, at + read);
        if (bytesRead === 0) throw new RangeError(`${file} has no ${length} bytes at ${at}`);
        read += bytesRead;
      }
      return bytes;
    } finally {
      await handle.close();
    }
  }

  /**
   * Copies lines of numbered files to where they can stay. They are on the disk when this resolves.
   * @returns where each stands now; one that cannot be read is left where it is
   */
  async keep(places: readonly Place[]): Promise<Place[]> {
    if (places.length === 0) return [];
    const { name, handle, isNew, end: start } = await this.#stepsFile();
    let end = start;
    const kept: Place[] = [];
    try {
      for (const place of places) {
        const copied = await this.#copy(place, handle, end);
        kept.push(copied ? { file: name, at: end, length: place.length } : place);
        if (copied) end += place.length + 1;
      }
      await handle.datasync();
    } finally {
      await handle.close();
    }
    if (isNew) {
      await syncFolder(this.#files, this.path);
      this.#stepFiles.push(name);
    }
    return kept;
  }

  /**
   * Removes files that nobody needs. What cannot be removed stays, and is tried again another time.
   * @param upTo lines up to this number are not needed
   * @param places where steps of the history stand
   */
  async prune(upTo: number, places: readonly Place[]): Promise<void> {
    const needed = new Set(places.map(({ file }) => file));
    // No line of a file counts that has the number of a later file's first line, or a greater one.
    const old = this.#segments.filter((_, at) => {
      return this.#segments.slice(at + 1).some(({ from }) => from > 0 && from <= upTo + 1);
    });
    const removed = new Set<string>();
    for (const name of [...old.map(({ name }) => name), ...this.#stepFiles]) {
      if (needed.has(name) || name === this.#open?.name) continue;
      await this.#files.unlink(join(this.path, name)).then(
        () => removed.add(name),
        () => {},
      );
    }
    this.#segments = this.#segments.filter(({ name }) => !removed.has(name));
    this.#stepFiles = this.#stepFiles.filter((name) => !removed.has(name));
  }

  /** Lets go of the file that lines are added to. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.handle.close().catch(() => {});
  }

  /** Whether a file is still in its folder, as far as the system says it. */
  #isThere({ name, ino }: Open): boolean {
    try {
      return this.#files.inodeAt(join(this.path, name)) === ino;
    } catch (error) {
      return systemCode(error) !== 'ENOTDIR';
    }
  }

  /** Takes lines out again that could not be written in full. Where that fails too, a new file says that they do not count. */
  async #cut(open: Open, head: SegmentHead & { follows: string }): Promise<void> {
    try {
      await open.handle.truncate(open.end);
      await open.handle.datasync();
    } catch {
      await this.close();
      await this.begin(head).catch(() => {});
    }
  }

  /** False when the line cannot be read. */
  async #copy({ file, at, length }: Place, to: FileHandle, end: number): Promise<boolean> {
    for (let done = 0; done < length; ) {
      const piece = { file, at: at + done, length: Math.min(copiedAtOnce, length - done) };
      const bytes = await this.read(piece).catch(() => null);
      if (!bytes) return false;
      await writeAll(to, bytes, end + done);
      done += piece.length;
    }
    await writeAll(to, Buffer.from('\n'), end + length);
    return true;
  }

  /** Every time, for somebody may have taken it away: what comes next must have a place all the same. */
  async #makeFolder(): Promise<void> {
    const made = await this.#files.mkdir(this.path, { recursive: true, mode: 0o700 });
    if (made !== undefined) await syncFolder(this.#files, dirname(this.path));
  }

  async #stepsFile(): Promise<{ name: string; handle: FileHandle; isNew: boolean; end: number }> {
    const last = this.#stepFiles.at(-1);
    if (last !== undefined) {
      const path = join(this.path, last);
      const entry = await findEntry(this.#files, path);
      const isGood = entry.kind === 'file' && entry.size < largestStepsFile;
      const handle = isGood ? await this.#files.open(path, 'r+').catch(() => null) : null;
      if (isGood && handle) return { name: last, handle, isNew: false, end: entry.size };
    }
    await this.#makeFolder();
    this.#lastNumber += 1;
    const name = `steps-${String(this.#lastNumber).padStart(8, '0')}.log`;
    const handle = await this.#files.open(join(this.path, name), 'wx', 0o600);
    return { name, handle, isNew: true, end: 0 };
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}
