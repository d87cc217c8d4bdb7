import { appendFile, mkdir, open, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { OffprintError } from '../shared/outcome.ts';
import type { FileToImport } from './corpus/papers-writer.ts';
import { systemCode } from './store/durable-file.ts';

/** Where files stand that are on their way in, inside the data folder. Emptied at every opening. */
const incomingFolder = 'incoming';

/** Most files, and most bytes that they may have together, that are on their way in at once. */
export const mostIncoming = { files: 10_000, bytes: 100 * 1024 ** 3 };

/** Milliseconds after which a file that nobody adds to may be thrown away when room is needed. */
const abandonedAfter = 10 * 60_000;

interface Upload {
  name: string;
  path: string;
  /** It stands where the reader has it, and is only ever read: neither added to nor removed. */
  isReaders: boolean;
  /** Bytes that it will have, or Infinity for a stream whose end is not known; bytes that it has. */
  size: number;
  received: number;
  touchedAt: number;
  /** Waiting to be imported, or being imported: not to be added to nor thrown away. */
  taken: boolean;
  /** The last append; the next one waits for it. */
  last: Promise<void>;
}

/**
 * The files that a window or a pipe sends in pieces, each kept under a random name and readable by
 * its owner only, until they are imported or thrown away.
 */
export class Incoming {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #uploads = new Map<string, Upload>();
  #bytes = 0;
  #made: Promise<unknown> | null = null;

  /** @param dataFolder whose lock the caller holds */
  constructor(dataFolder: string, now: () => number = Date.now) {
    this.#folder = join(dataFolder, incomingFolder);
    this.#now = now;
  }

  /**
   * Makes room for a file.
   * @param name what it is called in messages and as a source
   * @param size what it will have, in bytes
   * @returns what to name it by from now on
   * @throws OffprintError `refused` when there is no room for it, `unreadable` when the system refuses
   */
  async open(name: string, size: number): Promise<string> {
    this.#makeRoom(size);
    const upload = crypto.randomUUID();
    const path = join(this.#folder, upload);
    this.#uploads.set(upload, this.#newEntry({ name, path, size, isReaders: false }));
    this.#bytes += size;
    try {
      await this.#makeFolder();
      await (await open(path, 'wx', 0o600)).close();
    } catch (error) {
      this.#forget(upload);
      throw notKept(name, error);
    }
    return upload;
  }

  /**
   * Takes files in where they stand, without a copy of them. They are read when they are imported, and never
   * written to or removed, whatever becomes of them here.
   * @returns what to name each by from now on, in their order
   * @throws OffprintError `refused` when there is no room for them; none is taken in then
   */
  adopt(files: readonly FileToImport[]): string[] {
    this.#makeRoom(0, files.length);
    return files.map(({ name, path }) => {
      const upload = crypto.randomUUID();
      this.#uploads.set(upload, this.#newEntry({ name, path, size: 0, isReaders: true }));
      return upload;
    });
  }

  /**
   * Adds the next bytes to a file; resolves when they are written.
   * @throws OffprintError `not-found` when there is no such upload, `bad-input` when it becomes longer than was said,
   * `unreadable` when the system refuses; the file stays as it was before then
   */
  async append(upload: string, bytes: Uint8Array): Promise<void> {
    const entry = this.#entry(upload);
    const appending = entry.last.then(() => this.#append(entry, bytes));
    entry.last = appending.catch(() => {});
    await appending;
  }

  /**
   * Takes a whole stream in as a file, of any size.
   * @param signal stops it, even while the stream keeps silent; the file is thrown away then
   * @returns the file, which is complete; null when it was stopped
   */
  async receive(name: string, stream: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<string | null> {
    const upload = await this.open(name, 0);
    const pieces = stream[Symbol.asyncIterator]();
    const stopped = new Promise<null>((resolve) => signal?.addEventListener('abort', () => resolve(null)));
    try {
      while (!signal?.aborted) {
        const next = await Promise.race([pieces.next(), stopped]);
        if (next?.done) return upload;
        if (!next) break;
        const entry = this.#entry(upload);
        entry.size += next.value.length;
        this.#bytes += next.value.length;
        await this.append(upload, next.value);
      }
    } catch (error) {
      await this.discard(upload);
      throw error;
    }
    // Not waited for: a stream that keeps silent does not hear it.
    void pieces.return?.();
    await this.discard(upload);
    return null;
  }

  /**
   * Takes files to be imported. They stay until {@link release} is called.
   * @throws OffprintError `not-found` or `bad-input` when one does not exist, is taken already or has not arrived
   * whole; none is taken then
   */
  async take(uploads: readonly string[]): Promise<FileToImport[]> {
    const entries = uploads.map((upload) => this.#entry(upload));
    await Promise.all(entries.map(({ last }) => last));
    for (const { name, size, received, taken } of entries) {
      if (taken) throw new OffprintError('bad-input', `${name} is being imported already.`);
      if (received < size) {
        throw new OffprintError('bad-input', `${name} has not arrived whole. Nothing was imported.`);
      }
    }
    for (const entry of entries) entry.taken = true;
    return entries.map(({ name, path }) => ({ name, path }));
  }

  /** Gives files back that were taken and are not imported after all. */
  giveBack(uploads: readonly string[]): void {
    for (const upload of uploads) {
      const entry = this.#uploads.get(upload);
      if (entry) entry.taken = false;
    }
  }

  /** Throws files away that have been imported, or that will not be. */
  async release(uploads: readonly string[]): Promise<void> {
    this.giveBack(uploads);
    await Promise.all(uploads.map((upload) => this.discard(upload)));
  }

  /** Throws a file away, unless it is being imported. Does nothing when there is none. */
  async discard(upload: string): Promise<void> {
    const entry = this.#uploads.get(upload);
    if (!entry || entry.taken) return;
    this.#forget(upload);
    if (entry.isReaders) return;
    await entry.last;
    // One that stays is removed at the next opening.
    await rm(entry.path, { force: true }).catch(() => {});
  }

  /** Throws everything away: what a killed process left, and whatever is there at the end. */
  async clear(): Promise<void> {
    this.#uploads.clear();
    this.#bytes = 0;
    this.#made = null;
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }

  async #append(entry: Upload, bytes: Uint8Array): Promise<void> {
    const { name, path, received } = entry;
    if (entry.isReaders) throw new OffprintError('bad-input', `${name} is whole already. Nothing was imported.`);
    if (entry.taken) throw new OffprintError('bad-input', `${name} is being imported already.`);
    if (received + bytes.length > entry.size) {
      throw new OffprintError('bad-input', `${name} is longer than was said. Nothing was imported.`);
    }
    entry.touchedAt = this.#now();
    try {
      await appendFile(path, bytes, { flag: 'a', mode: 0o600 });
      entry.received += bytes.length;
    } catch (error) {
      // Part of the piece may be there, and the same piece may be sent once more.
      await truncate(path, received).catch(() => {});
      throw notKept(name, error);
    }
  }

  #entry(upload: string): Upload {
    const entry = this.#uploads.get(upload);
    if (!entry)
      throw new OffprintError('not-found', 'The file that was being sent is not there any more. Send it again.');
    return entry;
  }

  #newEntry(file: Pick<Upload, 'name' | 'path' | 'size' | 'isReaders'>): Upload {
    return { ...file, received: 0, touchedAt: this.#now(), taken: false, last: Promise.resolve() };
  }

  #makeRoom(size: number, files = 1): void {
    const isFull = () => this.#uploads.size + files > mostIncoming.files || this.#bytes + size > mostIncoming.bytes;
    if (!isFull()) return;
    const longAgo = this.#now() - abandonedAfter;
    for (const [upload, { touchedAt, taken }] of this.#uploads) {
      if (!taken && touchedAt < longAgo) void this.discard(upload);
    }
    if (isFull()) {
      throw new OffprintError('refused', 'This is more than Offprint takes in at once. Import it in several parts.');
    }
  }

  #forget(upload: string): void {
    this.#bytes -= this.#uploads.get(upload)?.size ?? 0;
    this.#uploads.delete(upload);
  }

  async #makeFolder(): Promise<void> {
    this.#made ??= mkdir(this.#folder, { mode: 0o700, recursive: true });
    await this.#made.catch((error: unknown) => {
      this.#made = null;
      throw error;
    });
  }
}

function notKept(name: string, error: unknown): OffprintError {
  if (error instanceof OffprintError) return error;
  const code = systemCode(error);
  const why = code === 'ENOSPC' || code === 'EDQUOT' ? ': the disk is full' : code === null ? '' : ` (${code})`;
  return new OffprintError(
    'unreadable',
    `${name} could not be taken into the data folder${why}. Nothing was imported.`,
    { cause: error },
  );
}
