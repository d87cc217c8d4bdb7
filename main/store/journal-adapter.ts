import { join } from 'node:path';
import type { GenerationReason } from '../../shared/generations.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { type FileOperations, refused, replaceFile, systemCode, systemFiles } from './durable-file.ts';
import { Generations, type KeptGeneration } from './generation-files.ts';
import { countsOf } from './generation-head.ts';
import type { HistoryEntry, HistoryIndex, Place } from './history-index.ts';
import { printChange, readStepOf } from './journal-change.ts';
import { JournalFolder } from './journal-folder.ts';
import { checksumOf, jsonOf, printLine, readLine } from './journal-line.ts';
import { imageOf, type LibraryData, type LibraryImage } from './library-data.ts';
import { printLibrary } from './library-file.ts';
import type { JournalPosition } from './library-reading.ts';
import { NoteVersions } from './note-versions.ts';
import type { PastNote } from './note-versions-rule.ts';
import { backupFileName, libraryFileName, openStored, type Snapshot } from './opening.ts';
import type { Step } from './step.ts';
import type { StoreAdapter, StoreChange } from './store-adapter.ts';

/** A journal up to this length is not worth folding, in bytes. */
const shortestFolded = 1024 * 1024;
/** A library file up to this length is written anew at every close, in bytes. */
const quicklyWritten = 1024 * 1024;

/** What the coming write is to make durable; see `StoreAdapter.stage`. */
interface Staged {
  changes: readonly StoreChange[];
  before: () => LibraryImage;
  replaced: readonly PastNote[];
}

/**
 * Keeps the reader's data in one readable file, and beside it a journal of what has changed since:
 * each change is one line, fsynced, which costs the same however much there is. Now and then, with
 * nobody waiting for it, the file is written anew with all that the journal says. The journal also
 * holds what Undo needs.
 */
export class JournalAdapter implements StoreAdapter {
  readonly notices: string[] = [];
  readonly noteVersions: NoteVersions;
  /** The earlier states of these data. */
  readonly generations: Generations;
  #readOnly: string | null = null;
  readonly #files: FileOperations;
  readonly #dataFolder: string;
  readonly #path: string;
  readonly #journal: JournalFolder;
  /** The last line that is on the disk; of a new journal's own making before there is one. */
  #position: JournalPosition = {
    id: crypto.randomUUID(),
    upTo: 0,
    line: checksumOf(crypto.getRandomValues(new Uint8Array(16))),
  };
  /** The library file as it is on the disk; null when it does not say which journal goes on from it. */
  #snapshot: Snapshot | null = null;
  /** Whether the backup is all that there is yet, and must stay. */
  #keepBackup = false;
  /** The file of an older layout that the data came from, until it has been kept as it was. */
  #older: string | null = null;
  /** Whether the library file is to be written anew however short the journal is. */
  #mustFold = false;
  /** Length of the lines that the library file does not hold. */
  #journalBytes = 0;
  /** The journal's length from which on the file is to be written anew. */
  #foldFrom = 0;
  #staged: Staged | null = null;
  #folding: Promise<void> | null = null;
  /** Resolves when nobody is at the journal's files. */
  #free: Promise<unknown> = Promise.resolve();

  readonly #shortest: number;

  /**
   * @param dataFolder the data folder, whose lock the caller holds
   * @param shortest the length that a journal must have to be folded before closing, in bytes
   * @param readOnly why nothing may be written here, as a whole sentence; null when everything may
   */
  constructor(
    dataFolder: string,
    files: FileOperations = systemFiles,
    shortest = shortestFolded,
    readOnly: string | null = null,
  ) {
    this.#readOnly = readOnly;
    this.#shortest = shortest;
    this.#files = files;
    this.#dataFolder = dataFolder;
    this.#path = join(dataFolder, libraryFileName);
    this.#journal = new JournalFolder(dataFolder, files);
    this.noteVersions = new NoteVersions(
      dataFolder,
      files,
      (notice) => this.notices.push(notice),
      () => this.#readOnly === null,
    );
    this.generations = new Generations(dataFolder, files);
  }

  /**
   * Reads the library; see `openStored`. Returns null for a new reader, and where nothing could be read:
   * then `readOnly` says why.
   */
  async read(): Promise<LibraryData | null> {
    await this.noteVersions.begin();
    const opened = await openStored({
      ...{ folder: this.#dataFolder, files: this.#files, journal: this.#journal },
      ...{ follower: this.noteVersions, readOnly: this.#readOnly },
    });
    this.#readOnly = opened.readOnly;
    this.notices.push(...opened.notices);
    if (opened.position) this.#position = opened.position;
    this.#snapshot = opened.snapshot;
    this.#journalBytes = opened.journalBytes;
    this.#foldFrom = this.#bound();
    this.#keepBackup = opened.keepBackup;
    this.#older = opened.older;
    // It will be tried again with the first change, and until then all is as safe as it was found.
    if (opened.data && opened.mustFold) await this.#fold(imageOf(opened.data)).catch(() => {});
    return opened.data;
  }

  get readOnly(): string | null {
    return this.#readOnly;
  }

  stage(changes: readonly StoreChange[], before: () => LibraryImage, replaced: readonly PastNote[]): void {
    this.#staged = { changes, before, replaced };
  }

  /**
   * Writes the staged changes down.
   * @throws OffprintError `unreadable` with the path and the system's code; none of them is there then
   */
  async write(data: LibraryData): Promise<void> {
    const { changes, before, replaced } = this.#staged ?? { changes: [], before: null, replaced: [] };
    this.#staged = null;
    // Whoever knows no journal must not write over this one; and nothing can be laid over a file that is not there.
    const base = this.#snapshot === null && before ? before() : null;
    const { bytes, lines, position } = this.#print(changes, data.stamp);
    try {
      if (base) {
        await this.#keepOlder(base);
        // What has been replaced since the backup was written stays in the journal, should this not work.
        await this.noteVersions.keep(this.#position).catch(() => {});
        await this.#writeLibrary(base, this.#position);
      }
      const { file, at, isWithout } = await this.#alone(() => this.#journal.append(bytes, () => this.#head()));
      // The lines of before are nowhere else than in memory now.
      if (isWithout) this.#mustFold = true;
      for (const { entry, offset, length } of lines) {
        if (!entry) continue;
        entry.place = { file, at: at + offset, length };
        entry.step = null;
      }
      this.#position = position;
      this.#journalBytes += bytes.length;
      this.noteVersions.add(replaced);
    } catch (error) {
      throw refused(base ? this.#path : this.#journal.path, 'could not be saved', error);
    }
  }

  written(image: () => LibraryImage): void {
    if (this.noteVersions.isDue) void this.noteVersions.keep(this.#position).catch(() => {});
    if (this.#folding !== null || (this.#journalBytes <= this.#foldFrom && !this.#mustFold)) return;
    this.#folding = this.#fold(image())
      .catch(() => {})
      .finally(() => {
        this.#foldFrom = this.#journalBytes + this.#bound();
        this.#folding = null;
      });
  }

  async close(image: LibraryImage): Promise<void> {
    await this.#folding;
    const bytes = this.#snapshot?.bytes ?? 0;
    const isCheap = bytes <= quicklyWritten || this.#journalBytes > bytes / 8 || this.#mustFold;
    const isWorthIt = this.#readOnly === null && this.#snapshot !== null && this.#journalBytes > 0;
    if (isWorthIt && isCheap) await this.#fold(image).catch(() => {});
    await this.generations.settled();
    await this.noteVersions.keep(this.#position).catch(() => {});
    await this.noteVersions.close();
    await this.#alone(() => this.#journal.close());
  }

  async keep(image: LibraryImage, reason: GenerationReason): Promise<KeptGeneration | null> {
    return this.generations.keep(image, this.#position, reason, Date.now());
  }

  async fold(image: () => LibraryImage): Promise<void> {
    if (this.#readOnly === null && this.#snapshot !== null && this.#journalBytes > 0) {
      this.#foldFrom = 0;
      this.written(image);
    }
    await this.#folding;
  }

  atRest<T>(look: () => T): Promise<T> {
    return this.noteVersions.atRest(() => this.#alone(async () => look()));
  }

  async readStep(entry: HistoryEntry): Promise<Step> {
    if (entry.step) return entry.step;
    const bytes = await this.#readPlace(entry);
    const line = bytes && readLine(bytes);
    const step = line?.sequence === entry.sequence ? readStepOf(jsonOf(line)) : null;
    if (step) return step;
    const message = `What “${entry.label}” did exactly is not known any more, so it stays as it is.`;
    throw new OffprintError('refused', message);
  }

  /** Null when there is nothing to read. */
  async #readPlace(entry: HistoryEntry): Promise<Buffer | null> {
    for (let place = entry.place; place; ) {
      try {
        return await this.#journal.read(place);
      } catch (error) {
        // It may just have been copied elsewhere.
        if (entry.place !== place) place = entry.place;
        else if (systemCode(error) === 'ENOENT' || error instanceof RangeError) return null;
        else throw refused(join(this.#journal.path, place.file), 'could not be read', error);
      }
    }
    return null;
  }

  #print(changes: readonly StoreChange[], stamp: string) {
    let { upTo, line } = this.#position;
    let offset = 0;
    const lines = changes.map((change) => {
      upTo += 1;
      const entry = change.history?.kind === 'add' ? change.history.entry : null;
      const printed = printLine(upTo, line, printChange(change, stamp));
      if (entry) entry.sequence = upTo;
      line = printed.checksum;
      const placed = { entry, bytes: printed.bytes, offset, length: printed.bytes.length - 1 };
      offset += printed.bytes.length;
      return placed;
    });
    const position = { ...this.#position, upTo, line };
    return { lines, position, bytes: Buffer.concat(lines.map(({ bytes }) => bytes)) };
  }

  #head() {
    const { id, upTo, line } = this.#position;
    const { upTo: folded, placedAt: foldedAt } = this.#snapshot ?? { upTo: 0, placedAt: 0 };
    return { id, from: upTo + 1, folded, foldedAt, follows: line };
  }

  #bound(): number {
    return Math.max(this.#shortest, (this.#snapshot?.bytes ?? 0) / 2);
  }

  /** Writes all that there is into the library file, and lets the journal begin a new file. */
  async #fold(image: LibraryImage): Promise<void> {
    const backedUp = this.#keepBackup ? null : (this.#snapshot?.upTo ?? 0);
    const position = this.#position;
    const folded = this.#journalBytes;
    const mustFold = this.#mustFold;
    await this.noteVersions.keep(position);
    const places = await this.#keepSteps(image.history);
    const history = withPlaces(image.history, places);
    this.#mustFold = false;
    try {
      await this.#writeLibrary({ ...image, history }, position);
    } catch (error) {
      this.#mustFold = mustFold;
      throw error;
    }
    this.#journalBytes -= folded;
    for (const [entry, place] of places) entry.place = place;
    await this.#alone(async () => {
      await this.#journal.begin(this.#head());
      const steps = [...history.undo, ...history.redo].flatMap(({ place }) => place ?? []);
      if (backedUp === null) return;
      // With the newest generation the journal says everything, whatever becomes of the library file and its backup.
      const kept = await this.generations.reached(position.id);
      await this.#journal.prune(Math.min(backedUp, kept ?? backedUp), steps);
    });
  }

  /** Copies what Undo needs out of files that will go. */
  async #keepSteps({ undo, redo }: HistoryIndex): Promise<Map<HistoryEntry, Place>> {
    const entries = [...undo, ...redo].filter(({ place }) => place !== null && !place.file.startsWith('steps-'));
    const kept = await this.#journal.keep(entries.flatMap(({ place }) => place ?? []));
    return new Map(entries.flatMap((entry, at) => (kept[at] ? [[entry, kept[at]]] : [])));
  }

  /** Keeps a file of an older layout as it is, before one of this layout takes its place. */
  async #keepOlder(image: LibraryImage): Promise<void> {
    if (this.#older === null) return;
    const bytes = await this.#files.readFile(this.#older);
    await this.generations.writeFile(bytes, countsOf(image), 'migration', Date.now());
    this.#older = null;
  }

  async #writeLibrary(image: LibraryImage, position: JournalPosition): Promise<void> {
    let bytes = 0;
    const pieces = function* () {
      for (const piece of printLibrary(image, position)) {
        bytes += Buffer.byteLength(piece);
        yield piece;
      }
    };
    const backup = this.#keepBackup ? null : join(this.#dataFolder, backupFileName);
    await replaceFile(this.#files, this.#path, pieces(), backup);
    this.#keepBackup = false;
    const placedAt = await this.#files.stat(this.#path).then(
      ({ ctimeMs }) => ctimeMs,
      // No file can be known to be later than this one.
      () => Number.MAX_SAFE_INTEGER,
    );
    this.#snapshot = { upTo: position.upTo, bytes, placedAt };
  }

  /** Waits until nobody is at the journal's files, then does something with them. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#free.then(work);
    this.#free = done.catch(() => {});
    return done;
  }
}

function withPlaces({ undo, redo, heard }: HistoryIndex, places: ReadonlyMap<HistoryEntry, Place>): HistoryIndex {
  const place = (entry: HistoryEntry) => ({ ...entry, place: places.get(entry) ?? entry.place });
  return { undo: undo.map(place), redo: redo.map(place), heard };
}
