import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { datedPath, type FileOperations, replaceFile, syncFolder, systemCode, temporaryName } from './durable-file.ts';
import { jsonOf, printLine, readLine } from './journal-line.ts';
import type { JournalPosition } from './library-reading.ts';
import { markFields, noteFields, noteLineOf, printNoteHead } from './note-versions-line.ts';
import type { PastNote } from './note-versions-rule.ts';
import { makePauses, type ScannedNotes, type Span, scanNotes } from './note-versions-scan.ts';

/** The folder of past versions of notes inside a data folder. */
export const notesFolderName = 'notes';

const fileName = /^(\d{8})\.log$/;
/** A file that is longer is not added to, in bytes. */
const longestAddedTo = 1024 * 1024;
/** Lines written in one piece, in bytes; one line may be longer. */
const writtenAtOnce = 128 * 1024;
/** As much of the last file's end is looked at for the mark when it is opened, in bytes. */
const longestTail = 8 * 1024;

/** A line of a file of past versions. */
export interface NotePlace extends Span {
  file: string;
}

/** The file that lines are added to. */
interface Open {
  name: string;
  handle: FileHandle;
  end: number;
  last: { sequence: number; checksum: string };
}

/**
 * The files that past versions of notes are kept in: numbered ones that lines are added to, the last
 * of which is open. Knows where texts stand, not which of them are wanted. One call at a time.
 */
export class NoteLog {
  readonly path: string;
  readonly #files: FileOperations;
  readonly #longest: number;
  #open: Open | null = null;
  #lastNumber = 0;

  /** @param longest a file that is longer is not added to, in bytes */
  constructor(dataFolder: string, files: FileOperations, longest = longestAddedTo) {
    this.path = join(dataFolder, notesFolderName);
    this.#files = files;
    this.#longest = longest;
  }

  /** The length from which on a file is not added to, in bytes. */
  get longest(): number {
    return this.#longest;
  }

  /** The file that lines are added to; null before there is one. */
  get current(): string | null {
    return this.#open?.name ?? null;
  }

  /** Names of the files, the oldest first. @throws whatever the system throws */
  async names(): Promise<string[]> {
    try {
      const names = (await this.#files.readdir(this.path)).filter((name) => fileName.test(name)).toSorted();
      for (const name of names) this.#lastNumber = Math.max(this.#lastNumber, Number.parseInt(name, 10));
      return names;
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return [];
      throw error;
    }
  }

  /** Up to where the journal's texts are here, as the end of the last file says; null when it does not say it. */
  async mark(): Promise<JournalPosition | null> {
    const last = (await this.names()).at(-1);
    if (last === undefined) return null;
    const path = join(this.path, last);
    const { size } = await this.#files.stat(path);
    const tail = await this.#readAt(path, { at: Math.max(0, size - longestTail), length: Math.min(size, longestTail) });
    for (let end = tail.lastIndexOf(0x0a); end > 0; ) {
      const begin = tail.lastIndexOf(0x0a, end - 1);
      const line = readLine(tail.subarray(begin + 1, end));
      const said = line && noteLineOf(line);
      if (said?.kind === 'mark') return said.position;
      end = begin;
    }
    return null;
  }

  /** Takes one file apart. @throws whatever the system throws */
  async scan(name: string): Promise<ScannedNotes> {
    return scanNotes(await this.#files.readFile(join(this.path, name)));
  }

  /**
   * Adds texts, and that all of the journal up to a line are here; all of it is on the disk when this
   * resolves. When it rejects, some of the texts may be there.
   * @returns where each text stands
   * @throws whatever the system throws
   */
  async append(notes: readonly PastNote[], position: JournalPosition): Promise<NotePlace[]> {
    const pause = makePauses();
    const places: NotePlace[] = [];
    let open = this.#open ?? (await this.#resume());
    let piece: Buffer[] = [];
    let length = 0;
    const write = async () => {
      await writeAll(open.handle, Buffer.concat(piece), open.end);
      open.end += length;
      piece = [];
      length = 0;
    };
    const add = (fields: Readonly<Record<string, unknown>>): NotePlace => {
      const { sequence, checksum } = open.last;
      const printed = printLine(sequence + 1, checksum, fields);
      const place = { file: open.name, at: open.end + length, length: printed.bytes.length - 1 };
      open.last = { sequence: sequence + 1, checksum: printed.checksum };
      piece.push(printed.bytes);
      length += printed.bytes.length;
      return place;
    };
    try {
      for (const note of notes) {
        if (open.end + length > this.#longest) {
          await write();
          await open.handle.datasync();
          open = await this.#begin();
        }
        places.push(add(noteFields(note)));
        if (length > writtenAtOnce) await write();
        await pause();
      }
      add(markFields(position));
      await write();
      await open.handle.datasync();
      return places;
    } catch (error) {
      // What it ends with now is found out when it is added to again.
      await this.close();
      throw error;
    }
  }

  /** What stands at a place; null when it is no text (any more). @throws whatever the system throws */
  async read({ file, ...span }: NotePlace): Promise<PastNote | null> {
    try {
      const line = readLine(await this.#readAt(join(this.path, file), span));
      const said = line && noteLineOf(line);
      return said?.kind === 'note' ? said.note : null;
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return null;
      throw error;
    }
  }

  /**
   * Puts lines of files into the first of these, and removes the others; a crash in between leaves some
   * of the lines in two files, and none in no file.
   * @param parts files in their order, and the lines of each that stay
   * @returns where each of these lines stands now, in the same order
   * @throws whatever the system throws; the lines stand where they stood then
   */
  async rewrite(parts: readonly { file: string; spans: readonly Span[] }[]): Promise<NotePlace[]> {
    const [target, ...others] = parts;
    if (!target || parts.some(({ file }) => file === this.current)) return [];
    const places: NotePlace[] = [];
    const pieces = this.#copied(target.file, parts, places);
    await replaceFile(this.#files, join(this.path, target.file), pieces, null);
    // One that stays says nothing that the first does not say.
    for (const { file } of others) await this.#files.unlink(join(this.path, file)).catch(() => {});
    return places;
  }

  /** Keeps a copy of a file beside the data, under a dated name, and answers with that name. */
  async keepAside(name: string): Promise<string> {
    const folder = dirname(this.path);
    const copy = await datedPath(this.#files, join(folder, `${notesFolderName}.log`), 'damaged', new Date());
    await this.#files.copyFile(join(this.path, name), copy);
    await syncFolder(this.#files, folder);
    return basename(copy);
  }

  /** Removes what a killed process left of {@link rewrite}. */
  async #tidy(): Promise<void> {
    const names = await this.#files.readdir(this.path).catch(() => []);
    for (const name of names) {
      if (temporaryName.test(name)) await this.#files.unlink(join(this.path, name)).catch(() => {});
    }
  }

  /** Lets go of the file that lines are added to. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.handle.close().catch(() => {});
  }

  async *#copied(
    target: string,
    parts: readonly { file: string; spans: readonly Span[] }[],
    places: NotePlace[],
  ): AsyncGenerator<Uint8Array> {
    const pause = makePauses();
    const head = printNoteHead();
    yield head.bytes;
    let { checksum } = head;
    let [sequence, at] = [0, head.bytes.length];
    for (const { file, spans } of parts) {
      const bytes = await this.#files.readFile(join(this.path, file));
      for (const span of spans) {
        const line = readLine(bytes.subarray(span.at, span.at + span.length));
        // A line that could be read a moment ago; whoever breaks it meanwhile must not break the rest.
        if (!line) throw new Error(`a line of ${file} cannot be read any more`);
        const { sequence: _, follows: __, ...fields } = jsonOf(line) as Record<string, unknown>;
        sequence += 1;
        const printed = printLine(sequence, checksum, fields);
        checksum = printed.checksum;
        places.push({ file: target, at, length: printed.bytes.length - 1 });
        at += printed.bytes.length;
        yield printed.bytes;
        await pause();
      }
    }
  }

  async #resume(): Promise<Open> {
    await this.#tidy();
    const name = (await this.names()).at(-1);
    if (name === undefined) return this.#begin();
    const path = join(this.path, name);
    const { size } = await this.#files.stat(path);
    if (size > this.#longest) return this.#begin();
    const { last, goodEnd, damaged, newer } = await this.scan(name);
    if (damaged || newer || last === null) return this.#begin();
    const handle = await this.#files.open(path, 'r+');
    try {
      if (size > goodEnd) await handle.truncate(goodEnd);
    } catch (error) {
      await handle.close();
      throw error;
    }
    this.#open = { name, handle, end: goodEnd, last };
    return this.#open;
  }

  async #begin(): Promise<Open> {
    await this.close();
    const made = await this.#files.mkdir(this.path, { recursive: true, mode: 0o700 });
    if (made !== undefined) await syncFolder(this.#files, dirname(this.path));
    await this.names();
    this.#lastNumber += 1;
    const name = `${String(this.#lastNumber).padStart(8, '0')}.log`;
    const { bytes, checksum } = printNoteHead();
    const handle = await this.#files.open(join(this.path, name), 'wx', 0o600);
    try {
      await writeAll(handle, bytes, 0);
      await syncFolder(this.#files, this.path);
    } catch (error) {
      await handle.close();
      await this.#files.unlink(join(this.path, name)).catch(() => {});
      throw error;
    }
    this.#open = { name, handle, end: bytes.length, last: { sequence: 0, checksum } };
    return this.#open;
  }

  async #readAt(path: string, { at, length }: Span): Promise<Buffer> {
    const handle = await this.#files.open(path, 'r');
    try {
      const bytes = Buffer.alloc(length);
      let read = 0;
      while (read < length) {
        const { bytesRead } = await handle.read(bytes, read, length - read, at + read);
        if (bytesRead === 0) break;
        read += bytesRead;
      }
      return bytes.subarray(0, read);
    } finally {
      await handle.close();
    }
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}
