import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FileOperations, syncFolder, systemCode } from './durable-file.ts';
import type { Place } from './history-index.ts';
import { printLine } from './journal-line.ts';
import { printHead, type ScannedSegment, type SegmentHead, scanSegment } from './journal-scan.ts';

/** The folder of the journal inside a data folder. */
export const journalFolderName = 'journal';

const segmentName = /^(\d{8})\.log$/;
const stepsName = /^steps-(\d{8})\.log$/;
/** A file of kept steps that is larger is not added to, in bytes. */
const largestStepsFile = 4 * 1024 * 1024;
/** Bytes copied in one piece. */
const copiedAtOnce = 256 * 1024;

/** The file that lines are added to. */
interface Open {
  name: string;
  handle: FileHandle;
  end: number;
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

  /**
   * Reads every numbered file, the oldest first.
   * @throws whatever the system throws; NewerJournal
   */
  async scan(): Promise<ScannedSegment[]> {
    let names: string[];
    try {
      names = (await this.#files.readdir(this.path)).toSorted();
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return [];
      throw error;
    }
    this.#stepFiles = names.filter((name) => stepsName.test(name));
    const segments: ScannedSegment[] = [];
    for (const name of names) {
      const number = Number(segmentName.exec(name)?.[1] ?? stepsName.exec(name)?.[1] ?? 0);
      this.#lastNumber = Math.max(this.#lastNumber, number);
      if (!segmentName.test(name)) continue;
      segments.push(scanSegment(name, await this.#files.readFile(join(this.path, name))));
    }
    this.#segments = segments.map(({ name, head, lines }) => ({ name, from: head?.from ?? lines[0]?.sequence ?? 0 }));
    return segments;
  }

  /** Adds to a file that has been scanned from now on, after cutting off what stands there after its last line. */
  async resume({ name, size, goodEnd }: ScannedSegment): Promise<void> {
    const handle = await this.#files.open(join(this.path, name), 'r+');
    try {
      if (size > goodEnd) {
        await handle.truncate(goodEnd);
        await handle.datasync();
      }
    } catch (error) {
      await handle.close();
      throw error;
    }
    this.#open = { name, handle, end: goodEnd };
  }

  /**
   * Adds lines; they are on the disk when this resolves. When it rejects, none of them is there.
   * @param begin where lines are to go on from, should a new file have to be begun
   * @returns where the first of them stands
   */
  async append(lines: Buffer, begin: () => SegmentHead & { follows: string }): Promise<{ file: string; at: number }> {
    const open = this.#open;
    if (!open) return this.begin(begin(), lines);
    try {
      await writeAll(open.handle, lines, open.end);
      await open.handle.datasync();
    } catch (error) {
      await this.#cut(open, begin());
      throw error;
    }
    const at = open.end;
    open.end += lines.length;
    return { file: open.name, at };
  }

  /** Begins a new file, with lines or without. The one before stays as it is. */
  async begin(
    { follows, ...head }: SegmentHead & { follows: string },
    lines: Buffer = Buffer.alloc(0),
  ): Promise<{ file: string; at: number }> {
    await this.#makeFolder();
    this.#lastNumber += 1;
    const name = `${String(this.#lastNumber).padStart(8, '0')}.log`;
    const path = join(this.path, name);
    const beginning = printLine(0, follows, printHead(head)).bytes;
    const handle = await this.#files.open(path, 'wx', 0o600);
    try {
      await writeAll(handle, Buffer.concat([beginning, lines]), 0);
      await handle.datasync();
      await syncFolder(this.#files, this.path);
    } catch (error) {
      await handle.close().catch(() => {});
      await this.#files.unlink(path).catch(() => {});
      throw error;
    }
    await this.#open?.handle.close().catch(() => {});
    this.#open = { name, handle, end: beginning.length + lines.length };
    this.#segments.push({ name, from: head.from });
    return { file: name, at: beginning.length };
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
      const size = await this.#files.stat(path).then(
        (file) => file.size,
        () => largestStepsFile,
      );
      if (size < largestStepsFile) {
        return { name: last, handle: await this.#files.open(path, 'r+'), isNew: false, end: size };
      }
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
