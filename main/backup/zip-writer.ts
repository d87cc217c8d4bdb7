import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { type BackupEntry, manifestName } from './manifest.ts';

/** Bytes of a file read in one piece. */
const pieceSize = 256 * 1024;

/** Files of this size or more are written in the 64-bit form, which some old programs do not know. */
const from64Bit = 0xff00_0000;

/** What compresses well enough to be worth the time. */
const compressionLevel = 4;

/** Reads bytes of a file from a place on; answers with how many there were. */
export type ReadAt = (bytes: Buffer, position: number) => Promise<number>;

/** A file to be put into an archive. */
export interface FileToPack {
  name: string;
  /** In bytes; it must be so long. */
  size: number;
  modifiedAt: Date;
  read: ReadAt;
}

/** Thrown when a file is shorter than it was. */
export class FileShrank extends Error {}

/**
 * Writes a ZIP archive, one file after the other, with what they are in a manifest at its end. Holds
 * no more than some pieces in memory.
 */
export class ZipWriter {
  readonly entries: BackupEntry[] = [];
  readonly #zip = new ZipFile();
  readonly #output: Readable;
  readonly #onBytes: (bytes: number) => void;
  #failed: PromiseWithResolvers<never>['reject'];
  readonly #failure: Promise<never>;

  /** @param onBytes told how many bytes of a file have been read since the last time */
  constructor(onBytes: (bytes: number) => void) {
    this.#onBytes = onBytes;
    this.#output = this.#zip.outputStream as Readable;
    const failure = Promise.withResolvers<never>();
    this.#failed = failure.reject;
    this.#failure = failure.promise;
    this.#failure.catch(() => {});
    this.#zip.on('error', (error: Error) => this.stop(error));
  }

  /** The bytes of the archive, to be read while files are added. Throws what made {@link stop} necessary. */
  get output(): AsyncIterable<Uint8Array> {
    return this.#output;
  }

  /** Adds a file; resolves when all of it has been read. @throws what reading it threw, or what stopped this */
  async add({ name, size, modifiedAt, read }: FileToPack): Promise<void> {
    const hash = createHash('sha256');
    const done = Promise.withResolvers<void>();
    const onBytes = this.#onBytes;
    async function* pieces() {
      for (let position = 0; position < size; ) {
        const bytes = Buffer.allocUnsafe(Math.min(pieceSize, size - position));
        const length = await read(bytes, position);
        if (length === 0) throw new FileShrank(name);
        const piece = bytes.subarray(0, length);
        hash.update(piece);
        position += length;
        onBytes(length);
        yield piece;
      }
      done.resolve();
    }
    const stream = Readable.from(pieces(), { objectMode: false, highWaterMark: pieceSize });
    stream.on('error', (error) => this.stop(error));
    this.#zip.addReadStream(stream, name, {
      ...{ size, mtime: modifiedAt, mode: 0o100600 },
      ...(name.endsWith('.gz') ? { compress: false } : { compressionLevel }),
      forceZip64Format: size >= from64Bit,
    });
    try {
      await Promise.race([done.promise, this.#failure]);
    } catch (error) {
      stream.destroy();
      throw error;
    }
    this.entries.push({ name, size, sha256: hash.digest('hex') });
  }

  /** Adds the manifest and ends the archive. */
  end(manifest: unknown, madeAt: Date): void {
    this.#zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`), manifestName, {
      ...{ mtime: madeAt, mode: 0o100600, compressionLevel },
    });
    this.#zip.end();
  }

  /** Gives it up: whoever reads {@link output} or waits for {@link add} is told why. */
  stop(error: Error): void {
    this.#failed(error);
    this.#output.destroy(error);
  }
}
