import { OffprintError } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import { type FileOperations, refused, systemCode } from './durable-file.ts';
import type { RecordChanging } from './journal-change.ts';
import type { JournalPosition } from './library-reading.ts';
import { NoteIndex } from './note-versions-index.ts';
import { byNewest, entryOf, type NoteEntry, versionName } from './note-versions-line.ts';
import { NoteLog } from './note-versions-log.ts';
import { type PastNote, ReplacedNotes } from './note-versions-rule.ts';
import { makePauses } from './note-versions-scan.ts';
import type { ReplayFollower } from './replay.ts';
import { reasonOfCode } from './system-reasons.ts';

/** Past versions of notes as they are asked for. Methods reject with an OffprintError `unreadable`. */
export interface NoteVersionsReader {
  /** Those of notes that stood under any of these ids, the last replaced first. */
  of(ids: readonly PaperId[]): Promise<NoteEntry[]>;
  /** The text of one of them; null when it is not kept (any more). */
  text(ids: readonly PaperId[], version: string): Promise<string | null>;
  /** The one replaced last under each id that a note with past versions stood under. */
  newest(): Promise<Map<PaperId, NoteEntry>>;
}

/** Texts that take more than this together are written down without waiting for a fold, in UTF-16 units. */
const mostPending = 2 * 1024 * 1024;
/** Where they cannot be, so many are held in memory; beyond that, they stay in the journal alone. */
const mostHeld = 8 * mostPending;
/** Between one thinning and the next there is as much time as this, in milliseconds. */
const thinningPause = 6 * 60 * 60_000;

/**
 * Keeps the texts that notes had. Saving a note writes nothing here: the text that it replaces still
 * stands in the library file or in the journal, and is remembered in memory. It is written down
 * before these let go of it.
 */
export class NoteVersions implements NoteVersionsReader, ReplayFollower {
  readonly #replaced = new ReplacedNotes();
  readonly #log: NoteLog;
  readonly #tell: (notice: string) => void;
  readonly #mayWrite: () => boolean;
  readonly #now: () => number;
  /** Texts that are not in the log yet, the first replaced first. */
  #pending: PastNote[] = [];
  #pendingLength = 0;
  /** Texts that have left this list. */
  #left = 0;
  /** The length from which on they are written down. */
  #keepFrom = mostPending;
  /** Whether there were too many to hold: then the journal must keep them until it is laid over the library again. */
  #isOver = false;
  /** The last line of the journal of which all texts are known to be in the log. */
  #mark: JournalPosition | null = null;
  #index: NoteIndex | null = null;
  #thinnedAt = Number.NEGATIVE_INFINITY;
  readonly #told = new Set<string>();
  #isClosed = false;
  #thinning: Promise<void> | null = null;
  /** Resolves when nobody is at the files. */
  #free: Promise<unknown> = Promise.resolve();

  /**
   * @param tell told what the reader should know, in plain words
   * @param mayWrite false while nothing may be written into the data folder
   * @param longest as in {@link NoteLog}
   */
  constructor(
    dataFolder: string,
    files: FileOperations,
    tell: (notice: string) => void,
    mayWrite: () => boolean = () => true,
    now: () => number = Date.now,
    longest?: number,
  ) {
    this.#log = new NoteLog(dataFolder, files, longest);
    this.#tell = tell;
    this.#mayWrite = mayWrite;
    this.#now = now;
  }

  /** Whether so many texts are in memory that they should be written down. */
  get isDue(): boolean {
    return this.#pendingLength > this.#keepFrom;
  }

  /** Finds out how far the log is; to be called before a journal is laid over the library. */
  async begin(): Promise<void> {
    // Without knowing it, texts are kept once more that are kept already, which is harmless.
    this.#mark = await this.#log.mark().catch(() => null);
  }

  /** Finds the past versions that a journal makes which is laid over the library. */
  readonly changing: RecordChanging = (id, after, records, at) => {
    this.add(this.#replaced.by(id, records.get(id), after, (other) => records.get(other), at));
  };

  /** Says that the journal has been laid over the library up to this line. */
  reached({ id, upTo, line }: JournalPosition): void {
    const mark = this.#mark;
    if (mark?.upTo === upTo && mark.id === id && mark.line === line) this.#forget(this.#pending.length);
  }

  /** Takes texts that have been replaced on the disk. They are in memory until {@link keep}. */
  add(notes: readonly PastNote[]): void {
    for (const note of notes) {
      this.#pending.push(note);
      this.#pendingLength += note.text.length;
    }
    // As long as it has not been tried to write them down, they will be.
    if (this.#pendingLength <= mostHeld || this.#keepFrom === mostPending) return;
    this.#isOver = true;
    this.#forget(this.#pending.length);
  }

  /**
   * Writes down all texts so far, which must be done before the library file or the journal lets go of them.
   * @param position where the journal stands now
   * @throws OffprintError `unreadable` when it cannot be done
   */
  keep(position: JournalPosition): Promise<void> {
    if (!this.#mayWrite()) return Promise.resolve();
    const upTo = this.#left + this.#pending.length;
    return this.#alone(async () => {
      try {
        if (this.#isOver)
          throw new OffprintError('unreadable', 'Some past versions of notes stand in the journal alone.');
        await this.#append(upTo - this.#left, position);
        this.#keepFrom = mostPending;
      } catch (error) {
        this.#keepFrom = this.#pendingLength + mostPending;
        const code = systemCode(error);
        if (code !== null) {
          this.#tellOnce(
            `Past versions of notes could not be written down in ${this.#log.path}: ${reasonOfCode(code)}. ` +
              'They are safe in the journal, and it will be tried again.',
          );
        }
        throw refused(this.#log.path, 'could not be written', error);
      }
    });
  }

  async of(ids: readonly PaperId[]): Promise<NoteEntry[]> {
    return this.#alone(async () => {
      const index = await this.#indexed();
      const wanted = [...new Set(ids)];
      const pending = this.#pending.filter(({ id }) => wanted.includes(id)).map(entryOf);
      const kept = wanted.flatMap((id) => index.of(id)).map(({ entry }) => entry);
      const byName = new Map([...kept, ...pending].map((entry) => [entry.version, entry]));
      return [...byName.values()].toSorted(byNewest);
    });
  }

  async text(ids: readonly PaperId[], version: string): Promise<string | null> {
    return this.#alone(async () => {
      const index = await this.#indexed();
      const pending = this.#pending.find((note) => ids.includes(note.id) && versionName(note) === version);
      if (pending) return pending.text;
      const found = ids.flatMap((id) => index.of(id)).filter(({ entry }) => entry.version === version);
      for (const { place } of found) {
        const note = await this.#log.read(place).catch((error: unknown) => {
          throw refused(this.#log.path, 'could not be read', error);
        });
        if (note && versionName(note) === version) return note.text;
      }
      return null;
    });
  }

  async newest(): Promise<Map<PaperId, NoteEntry>> {
    return this.#alone(async () => {
      const newest = new Map((await this.#indexed()).newest);
      for (const entry of this.#pending.map(entryOf)) {
        const other = newest.get(entry.id);
        if (!other || byNewest(entry, other) < 0) newest.set(entry.id, entry);
      }
      return newest;
    });
  }

  /**
   * Takes out of the files what has become too much with age; see `thinned`. A crash at any moment
   * loses nothing that should stay. What cannot be written anew stays as it is.
   */
  thin(): Promise<void> {
    // Two at once would each move what the other has in hand.
    this.#thinning ??= this.#thin().finally(() => {
      this.#thinning = null;
    });
    return this.#thinning;
  }

  async #thin(): Promise<void> {
    if (!this.#mayWrite()) return;
    this.#thinnedAt = this.#now();
    // Files that are begun from here on have texts of which nobody has looked whether they stay.
    const { index, files } = await this.#alone(async () => {
      const index = await this.#indexed();
      return { index, files: await index.finished() };
    });
    const stay = await index.thinned(this.#thinnedAt);
    const groups = await this.#alone(async () => index.worthRewriting(files, stay));
    for (const names of groups) {
      if (this.#isClosed || this.#index !== index) return;
      await this.#alone(() =>
        index.rewrite(names, stay).catch(() => {
          this.#index = null;
        }),
      );
    }
  }

  /** Does something while nobody is at the files. */
  atRest<T>(work: () => Promise<T>): Promise<T> {
    return this.#alone(work);
  }

  /** Ends what is under way and lets go of the files. Never rejects. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#alone(() => this.#log.close());
  }

  async #append(count: number, position: JournalPosition): Promise<void> {
    if (count <= 0) return;
    const notes = this.#pending.slice(0, count);
    const { current } = this.#log;
    const places = await this.#log.append(notes, position);
    const pause = makePauses();
    for (const [at, note] of this.#index ? notes.entries() : []) {
      const place = places[at];
      if (place) this.#index?.add(entryOf(note), place);
      await pause();
    }
    this.#forget(count);
    const isAnother = current !== null && current !== this.#log.current;
    if (isAnother && this.#now() - this.#thinnedAt > thinningPause) void this.thin().catch(() => {});
  }

  #forget(count: number): void {
    const forgotten = this.#pending.splice(0, count);
    this.#left += forgotten.length;
    this.#pendingLength -= forgotten.reduce((length, { text }) => length + text.length, 0);
  }

  async #indexed(): Promise<NoteIndex> {
    try {
      this.#index ??= await NoteIndex.read(this.#log, (notice) => this.#tellOnce(notice), this.#mayWrite());
      return this.#index;
    } catch (error) {
      throw refused(this.#log.path, 'could not be read', error);
    }
  }

  #tellOnce(notice: string): void {
    if (this.#told.has(notice)) return;
    this.#told.add(notice);
    this.#tell(notice);
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#free.then(work);
    this.#free = done.catch(() => {});
    return done;
  }
}
