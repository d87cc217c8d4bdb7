import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { constants, createGzip, gunzip, gunzipSync } from 'node:zlib';
import type { GenerationReason } from '../../shared/generations.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { type FileOperations, refused, replaceFile, syncFolder, systemCode, temporaryName } from './durable-file.ts';
import {
  beginningBytes,
  countsOf,
  frameDigest,
  type GenerationBeginning,
  headOf,
  readBeginning,
} from './generation-head.ts';
import type { LibraryImage } from './library-data.ts';
import { printLibrary, type ReadResult, readingLibrary } from './library-file.ts';
import type { JournalPosition } from './library-reading.ts';
import { inSlices } from './slices.ts';
import { reasonOfCode } from './system-reasons.ts';
import { newestFirst, staysFor, thinnedOut } from './thinned-generations.ts';

/** The folder of the generations inside a data folder. */
export const generationsFolderName = 'generations';

/** A generation as the list knows it, from its name and the beginning of its file. */
export interface KeptGeneration extends GenerationBeginning {
  /** The name of its file, without the ending. */
  id: string;
  /** Length of its file. */
  bytes: number;
}

/** A file among the generations that is none that can be read. */
export interface DamagedGeneration {
  id: string;
  /** Completes "the file …". */
  reason: string;
}

const ending = '.json.gz';
const idForm = /^[\w.-]{1,200}$/;

/**
 * Earlier states of the reader's data, each in a file of its own in the folder `generations`: a
 * library file as it would be read, gzipped, with `generation` as its first field. Nothing in it
 * depends on any other file. Files are written at once or not at all, and are readable by their owner only.
 */
export class Generations {
  /** The folder they are in, which may not be there yet. */
  readonly folder: string;
  readonly #files: FileOperations;
  /** Resolves when nobody writes or removes any. */
  #free: Promise<unknown> = Promise.resolve();
  /** Resolves when nothing is being kept, so that nothing is kept twice. */
  #kept: Promise<unknown> = Promise.resolve();

  constructor(dataFolder: string, files: FileOperations) {
    this.folder = join(dataFolder, generationsFolderName);
    this.#files = files;
  }

  /**
   * All that there are, the newest first, judged by their beginnings: what comes after that is looked at
   * by {@link read} only.
   * @throws OffprintError `unreadable` when the folder cannot be read
   */
  async list(): Promise<{ generations: KeptGeneration[]; damaged: DamagedGeneration[] }> {
    const generations: KeptGeneration[] = [];
    const damaged: DamagedGeneration[] = [];
    for (const name of await this.#names()) {
      const id = name.slice(0, -ending.length);
      if (!name.endsWith(ending) || !idForm.test(id)) continue;
      try {
        const found = await this.#begin(id);
        if (found) generations.push(found);
        else damaged.push({ id, reason: 'does not begin as an earlier state does' });
      } catch (error) {
        const code = systemCode(error);
        if (code !== 'ENOENT')
          damaged.push({ id, reason: `could not be read: ${code === null ? 'it is damaged' : reasonOfCode(code)}` });
      }
    }
    return { generations: newestFirst(generations), damaged };
  }

  /** The newest one, judged by its beginning. Null when there is none that can be read. Never throws. */
  async newest(): Promise<KeptGeneration | null> {
    const names = await this.#names().catch(() => []);
    const ids = names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
    // They begin with the second in which they were taken.
    const seconds = new Set(
      ids
        .map((id) => id.slice(0, '20261123T081500Z'.length))
        .toSorted()
        .toReversed(),
    );
    for (const second of seconds) {
      const found = ids
        .filter((id) => id.startsWith(second) && idForm.test(id))
        .map((id) => this.#begin(id).catch(() => null));
      const [newest] = newestFirst((await Promise.all(found)).filter((each) => each !== null));
      if (newest) return newest;
    }
    return null;
  }

  /**
   * Reads one whole. The thread is held up for a few milliseconds at a time.
   * @throws OffprintError `not-found` when there is none of this id, `unreadable` when the system refuses
   */
  async read(id: string): Promise<ReadResult> {
    const path = this.#path(id);
    let bytes: Uint8Array;
    try {
      bytes = await this.#files.readFile(path);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') throw unknownGeneration(id);
      throw refused(path, 'could not be read', error);
    }
    const text = await promisify(gunzip)(bytes).catch(() => null);
    if (text === null) return { kind: 'damaged', reason: 'is cut short or garbled' };
    return inSlices(readingLibrary(text));
  }

  /**
   * Writes one; it is on the disk when this resolves. The image may become outdated meanwhile. What Undo
   * knows is left out of it.
   * @param position where the image stands in the journal
   * @param now in milliseconds since 1970
   * @throws OffprintError `unreadable` when the system refuses; nothing is there then
   */
  async write(
    image: LibraryImage,
    position: JournalPosition,
    reason: GenerationReason,
    now: number,
  ): Promise<KeptGeneration> {
    const head = headOf(image, reason, now);
    const history = { undo: [], redo: [], heard: image.history.heard };
    const pieces = printLibrary({ ...image, history }, position, { ...head });
    return this.#write({ ...head, stamp: image.stamp, position }, pieces);
  }

  /**
   * Keeps a library file of an older layout just as it is, but for the field `generation` in front.
   * @param bytes a file that has been read and found good
   * @param counts papers that it says anything of, and those of them with a note
   * @throws OffprintError as {@link write} does
   */
  async writeFile(
    bytes: Uint8Array,
    counts: { papers: number; notes: number },
    reason: GenerationReason,
    now: number,
  ): Promise<KeptGeneration> {
    const head = { takenAt: now, reason, ...counts, frame: null };
    const rest = bytes.subarray(bytes.indexOf(0x7b) + 1);
    const pieces = [`{"generation":${JSON.stringify(head)},`, rest];
    return this.#write({ ...head, stamp: null, position: null }, pieces);
  }

  /**
   * Keeps an image, unless the newest one that is kept says the same; that one counts as taken for this
   * reason too then. What nobody will want any more is removed afterwards.
   * @param position as for {@link write}
   * @returns null when the image says nothing, and nobody asked for it
   * @throws OffprintError as {@link write} does
   */
  keep(
    image: LibraryImage,
    position: JournalPosition,
    reason: GenerationReason,
    now: number,
  ): Promise<KeptGeneration | null> {
    const kept = this.#kept.then(() => this.#keep(image, position, reason, now));
    this.#kept = kept.catch(() => {});
    return kept;
  }

  async #keep(
    image: LibraryImage,
    position: JournalPosition,
    reason: GenerationReason,
    now: number,
  ): Promise<KeptGeneration | null> {
    if (reason !== 'asked' && saysNothing(image)) return null;
    const [newest] = (await this.list()).generations;
    if (newest && saysTheSame(newest, image)) {
      return staysFor(newest.reason) >= staysFor(reason) ? newest : this.promote(newest, reason);
    }
    const written = await this.write(image, position, reason, now);
    void this.prune(now, written.id).catch(() => {});
    return written;
  }

  /**
   * How far the generation reaches that goes furthest in a journal: the number of its last line there.
   * @param journal see `JournalPosition.id`
   * @returns null when there is none that stands in it
   * @throws OffprintError as {@link list} does
   */
  async reached(journal: string): Promise<number | null> {
    const { generations } = await this.list();
    const lines = generations.flatMap(({ position }) => (position?.id === journal ? position.upTo : []));
    return lines.length === 0 ? null : Math.max(...lines);
  }

  /** Resolves when all that has been begun is done. */
  async settled(): Promise<void> {
    await this.#kept;
    await this.#free;
  }

  /**
   * Makes a generation count as one taken before something, by its name.
   * @returns what it is called from now on
   * @throws OffprintError `unreadable` when the system refuses; it is as it was then
   */
  promote(generation: KeptGeneration, reason: GenerationReason): Promise<KeptGeneration> {
    return this.#alone(async () => {
      try {
        const id = await this.#freeId(generation.takenAt, reason);
        await this.#files.rename(this.#path(generation.id), this.#path(id));
        await syncFolder(this.#files, this.folder);
        return { ...generation, id, reason };
      } catch (error) {
        throw refused(this.#path(generation.id), 'could not be renamed', error);
      }
    });
  }

  /**
   * Removes those that nobody will want any more, see `thinnedOut`, and what a killed process has left.
   * What cannot be removed stays, and is tried again another time.
   * @param except the id of one that stays in any case
   */
  prune(now: number, except: string | null = null): Promise<void> {
    return this.#alone(async () => {
      const { generations } = await this.list();
      const names = [...thinnedOut(generations, now)].filter((id) => id !== except).map((id) => `${id}${ending}`);
      const leftovers = (await this.#names()).filter((name) => temporaryName.test(name));
      for (const name of [...names, ...leftovers]) await this.#files.unlink(join(this.folder, name)).catch(() => {});
    });
  }

  #path(id: string): string {
    if (!idForm.test(id)) throw unknownGeneration(id);
    return join(this.folder, `${id}${ending}`);
  }

  async #names(): Promise<string[]> {
    try {
      return await this.#files.readdir(this.folder);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return [];
      throw refused(this.folder, 'could not be read', error);
    }
  }

  /** Null when the file does not begin as one does. */
  async #begin(id: string): Promise<KeptGeneration | null> {
    // A pipe in its place would be waited for without end.
    if (!(await this.#files.stat(this.#path(id))).isFile()) return null;
    const handle = await this.#files.open(this.#path(id), 'r');
    try {
      const { size } = await handle.stat();
      const bytes = Buffer.alloc(Math.min(size, beginningBytes));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
      const text = gunzipSync(bytes.subarray(0, bytesRead), { finishFlush: constants.Z_SYNC_FLUSH });
      const beginning = readBeginning(text.toString('utf8'));
      return beginning && { ...beginning, reason: reasonIn(id) ?? beginning.reason, id, bytes: size };
    } finally {
      await handle.close();
    }
  }

  #write(beginning: GenerationBeginning, pieces: Iterable<string | Uint8Array>): Promise<KeptGeneration> {
    return this.#alone(async () => {
      try {
        const made = await this.#files.mkdir(this.folder, { recursive: true, mode: 0o700 });
        if (made !== undefined) await syncFolder(this.#files, dirname(this.folder));
        const id = await this.#freeId(beginning.takenAt, beginning.reason);
        await replaceFile(this.#files, this.#path(id), gzipped(pieces), null);
        return { ...beginning, id, bytes: (await this.#files.stat(this.#path(id))).size };
      } catch (error) {
        throw refused(this.folder, 'could not be written to', error);
      }
    });
  }

  /** A name that none has yet: `20261123T081500Z-import`. */
  async #freeId(takenAt: number, reason: GenerationReason): Promise<string> {
    const moment = new Date(takenAt).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
    const names = new Set(await this.#names());
    for (let copy = 1; ; copy += 1) {
      const id = `${moment}Z-${reason}${copy === 1 ? '' : `.${copy}`}`;
      if (!names.has(`${id}${ending}`)) return id;
    }
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#free.then(work);
    this.#free = done.catch(() => {});
    return done;
  }
}

/** Whether a generation says what the data of an image say, settings and Undo apart. */
export function saysTheSame(
  { stamp, frame, papers, notes }: KeptGeneration,
  image: Pick<LibraryImage, 'stamp' | 'pairs' | 'views' | 'tagColours' | 'records'>,
): boolean {
  // Counted as well, for data that could not be read in full may have kept their stamp.
  const count = countsOf(image);
  return stamp === image.stamp && papers === count.papers && notes === count.notes && frame === frameDigest(image);
}

function saysNothing({ records, pairs, views, tagColours }: LibraryImage): boolean {
  if (pairs.same.length + pairs.different.length + views.length + tagColours.size > 0) return false;
  return records.every((record) => record === undefined);
}

const idParts = /^\d{8}T\d{6}Z-(start|hour|migration|import|restore|large-change|asked)(?:\.\d+)?$/;

/** The reason in a name, which says more than the file: see `promote`. */
function reasonIn(id: string): GenerationReason | null {
  return (idParts.exec(id)?.[1] as GenerationReason | undefined) ?? null;
}

/** Compresses on other threads; each piece is asked for when the one before has been. */
async function* gzipped(pieces: Iterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  const zip = createGzip({ chunkSize: 64 * 1024 });
  const done = pipeline(Readable.from(pieces, { objectMode: true }), zip);
  done.catch(() => {});
  yield* zip;
  await done;
}

function unknownGeneration(id: string): OffprintError {
  return new OffprintError('not-found', `There is no earlier state “${id}” (any more). Nothing was changed.`);
}
