import { basename, dirname, join } from 'node:path';
import { OffprintError } from '../../shared/outcome.ts';
import { datedPath, type FileOperations, refused, removeLeftovers, syncFolder, systemCode } from './durable-file.ts';
import type { HistoryEntry } from './history-index.ts';
import { type JournalFolder, journalFolderName } from './journal-folder.ts';
import { NewerJournal, type ScannedSegment } from './journal-scan.ts';
import { emptyLibrary, type LibraryData } from './library-data.ts';
import { type ReadResult, readLibrary } from './library-file.ts';
import type { JournalPosition } from './library-reading.ts';
import { beginningOf, type Replay, type ReplayFollower, replay } from './replay.ts';

/** The file of the reader's data inside a data folder. */
export const libraryFileName = 'library.json';
/** The library file as it was before it was last written. */
export const backupFileName = 'library.backup.json';

/** A journal file that is longer is not added to after opening again, in bytes. */
const longestResumed = 4 * 1024 * 1024;

/** A library file that a journal goes on from. */
export interface Snapshot {
  /** The last line that it holds. */
  upTo: number;
  /** Its length. */
  bytes: number;
  /** See `foldedAt` of `SegmentHead`. */
  placedAt: number;
}

/** What a data folder holds of the reader's. */
export interface OpenedStore {
  /** Null for a new reader. */
  data: LibraryData | null;
  /** Where the data stand in the journal; null when there is none that they stand in. */
  position: JournalPosition | null;
  /** The library file; null when there is none that a journal can go on from. */
  snapshot: Snapshot | null;
  /** Length of the lines that were laid over the library file. */
  journalBytes: number;
  /** Whether all should be written anew, so that what was found is not found again. */
  mustFold: boolean;
  /** Whether the data came from the backup, which must stay until they are safe elsewhere. */
  keepBackup: boolean;
  notices: string[];
}

type Examined = (Exclude<ReadResult, { kind: 'newer' }> & { bytes: number; placedAt: number }) | null;
type Good = Extract<Examined, { kind: 'good' }>;

/** Reads the library file, or its backup, and lays the journal over it. */
class Opening {
  readonly notices: string[] = [];
  readonly #files: FileOperations;
  readonly #folder: string;
  readonly #path: string;
  readonly #backup: string;
  readonly #journal: JournalFolder;
  readonly #follower: ReplayFollower | undefined;

  constructor(folder: string, files: FileOperations, journal: JournalFolder, follower?: ReplayFollower) {
    this.#follower = follower;
    this.#files = files;
    this.#folder = folder;
    this.#path = join(folder, libraryFileName);
    this.#backup = join(folder, backupFileName);
    this.#journal = journal;
  }

  async open(): Promise<OpenedStore> {
    const library = await this.#examine(this.#path);
    // The backup is looked at only when needed, but before anything is touched.
    const backup = library?.kind === 'good' ? null : await this.#examine(this.#backup);
    const segments = await this.#scan();
    try {
      await removeLeftovers(this.#files, this.#path);
      if (library?.kind === 'good') {
        await this.#keepUnclear(library, this.#path);
        return await this.#lay(segments, library, library.position, false);
      }
      return await this.#rescue(library, backup, segments);
    } catch (error) {
      throw refused(this.#path, 'could not be opened', error);
    }
  }

  /** Opens without a good library file: from the backup, else from the journal alone, else empty. */
  async #rescue(library: Examined, backup: Examined, segments: ScannedSegment[]): Promise<OpenedStore> {
    const beginning = beginningOf(segments);
    const aside = library === null ? null : await this.#setAside(this.#path);
    const name = basename(this.#path);
    const what = library === null ? `${name} was missing.` : `${name} ${reasonOf(library)}.`;
    const kept = aside === null ? '' : ` The damaged file is kept as ${basename(aside)}.`;
    if (backup?.kind === 'good') {
      const since = plainMoment((await this.#files.stat(this.#backup)).mtime);
      await this.#keepUnclear(backup, this.#backup);
      // A backup that knows no journal is the file that the journal was begun on, by way of a newer layout.
      const position = backup.position ?? (beginning?.upTo === 0 ? beginning : null);
      const opened = await this.#lay(segments, backup, position, true);
      const changes = opened.journalBytes > 0 ? ' and the journal of the changes after it' : '';
      this.notices.unshift(
        `${what} Your marks and notes were brought back from the backup of ${since}${changes}.${kept}`,
      );
      return opened;
    }
    const damaged = backup === null ? null : await this.#setAside(this.#backup);
    const both = [aside, damaged].filter((path) => path !== null).map((path) => basename(path));
    if (beginning) {
      const empty = emptyLibrary();
      if (beginning.upTo > 0) empty.history = { ...empty.history, heard: null };
      const nothing = { data: empty, bytes: 0, placedAt: 0 };
      const opened = await this.#lay(segments, nothing, beginning, true);
      const whole = beginning.upTo === 0 ? '' : ' What is older than the journal is not in it.';
      const names = both.length > 0 ? ` What was damaged is kept as ${both.join(' and ')}.` : '';
      this.notices.unshift(
        `${what} Your marks and notes were brought back from the journal of changes.${whole}${names}`,
      );
      return opened;
    }
    if (both.length > 0) {
      this.notices.push(
        `The file with your marks and notes ${reasonOf(library ?? backup)}, and there is no good backup beside it. ` +
          `Offprint has started with an empty one. What was there is kept as ${both.join(' and ')} in ${this.#folder}.`,
      );
    }
    const nothing = { data: null, position: null, snapshot: null, journalBytes: 0 };
    return { ...nothing, mustFold: false, keepBackup: false, notices: this.notices };
  }

  async #lay(
    segments: readonly ScannedSegment[],
    { data, bytes, placedAt }: Pick<Good, 'data' | 'bytes' | 'placedAt'>,
    position: JournalPosition | null,
    isBackup: boolean,
  ): Promise<OpenedStore> {
    const laid = replay(segments, data, position, isBackup ? null : placedAt, this.#follower);
    // A mirror of the marks may show what can no longer be read here.
    if (laid.damaged.length + laid.unclear.size > 0) data.stamp = crypto.randomUUID();
    const isGone = position !== null && laid.refused === null && isWithout(segments, position);
    if (isGone) this.#tellGone(data);
    const isKept = await this.#tell(laid, segments);
    const opened: OpenedStore = {
      ...{ data, position: position === null ? null : laid.position, notices: this.notices },
      snapshot: position === null || isBackup ? null : { upTo: position.upTo, bytes, placedAt },
      journalBytes: laid.bytes,
      mustFold: isKept && (isBackup || isGone || laid.refused !== null || laid.damaged.length + laid.unclear.size > 0),
      keepBackup: isBackup,
    };
    if (!opened.mustFold) await this.#resume(segments, laid);
    return opened;
  }

  /** Goes on in the journal's last file where that is as it should be, but for half a line at its end. */
  async #resume(segments: readonly ScannedSegment[], { position, refused, damaged }: Replay): Promise<void> {
    const last = segments.at(-1);
    if (!last?.head || last.head.id !== position.id || last.goodEnd > longestResumed) return;
    const reached = last.lines.at(-1)?.sequence ?? last.head.from - 1;
    if (refused !== null || damaged.length > 0 || last.endsDamaged || reached !== position.upTo) return;
    // Where it cannot be, a new file is begun with the next change.
    await this.#journal.resume(last).catch(() => {});
  }

  /** Says that there is no journal, and takes the steps out that stood there. */
  #tellGone(data: LibraryData): void {
    const { undo, redo } = data.history;
    const kept = (entries: readonly HistoryEntry[]) => entries.filter(({ papers }) => papers !== null);
    data.history = { ...data.history, undo: kept(undo), redo: kept(redo) };
    this.notices.push(
      `The journal of your changes (${this.#journal.path}) was missing. What you changed after ${libraryFileName} was last ` +
        'written may be missing too, and Undo no longer knows what your changes before that did.',
    );
  }

  /** Says what is wrong with the journal and keeps copies of it. False when a copy could not be made. */
  async #tell(laid: Replay, segments: readonly ScannedSegment[]): Promise<boolean> {
    if (laid.torn) {
      this.notices.push(
        'Offprint was cut off while it was saving: the last line of its journal was not whole and has been left out. ' +
          'Everything that had been saved before that is there.',
      );
    }
    try {
      if (laid.refused !== null) {
        const kept = await this.#copyAside(segments.filter(({ lines }) => lines.length > 0).map(({ name }) => name));
        const why = laid.refused === 'later' ? 'is older than' : 'does not belong to';
        this.notices.push(
          `${libraryFileName} ${why} the journal beside it, so it has been put there from elsewhere. ` +
            `It is what you see; what the journal says is kept as ${kept}.`,
        );
      }
      if (laid.damaged.length > 0) {
        const kept = await this.#copyAside(laid.damaged);
        this.notices.push(
          'The journal of your changes is damaged at one place or more. What stands before and after has been kept; ' +
            `a change in between may be lost. The damaged file is kept as ${kept}.`,
        );
      }
      if (laid.unclear.size > 0) {
        const kept = await this.#copyAside([...laid.unclear.keys()]);
        const what = [...new Set([...laid.unclear.values()].flat())].slice(0, 3).join(', ');
        this.notices.push(
          `What the journal says of ${what} could not be understood in full. The file as it was is kept as ${kept}.`,
        );
      }
      return true;
    } catch (error) {
      this.notices.push(`The journal of your changes is damaged, and no copy could be kept (${systemCode(error)}).`);
      return false;
    }
  }

  async #copyAside(names: readonly string[]): Promise<string> {
    const kept: string[] = [];
    for (const name of new Set(names)) {
      const copy = await datedPath(this.#files, join(this.#folder, `${journalFolderName}.log`), 'damaged', new Date());
      await this.#files.copyFile(join(this.#journal.path, name), copy);
      kept.push(basename(copy));
    }
    await syncFolder(this.#files, this.#folder);
    return kept.join(' and ');
  }

  /** What a file holds; null when there is none. */
  async #examine(path: string): Promise<Examined> {
    let bytes: Uint8Array;
    let placedAt: number;
    try {
      bytes = await this.#files.readFile(path);
      placedAt = (await this.#files.stat(path)).ctimeMs;
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return null;
      throw refused(path, 'could not be read', error);
    }
    const result = readLibrary(bytes);
    if (result.kind === 'newer') throw newer(path);
    return { ...result, bytes: bytes.length, placedAt };
  }

  async #scan(): Promise<ScannedSegment[]> {
    try {
      return await this.#journal.scan();
    } catch (error) {
      if (error instanceof NewerJournal) throw newer(this.#journal.path);
      throw refused(this.#journal.path, 'could not be read', error);
    }
  }

  async #setAside(path: string): Promise<string> {
    const aside = await datedPath(this.#files, path, 'damaged', new Date());
    await this.#files.rename(path, aside);
    await syncFolder(this.#files, dirname(path));
    return aside;
  }

  /** Keeps a copy of a file some records of which could not be understood, before it is ever rewritten. */
  async #keepUnclear({ unclear }: Good, path: string): Promise<void> {
    if (unclear.length === 0) return;
    const copy = await datedPath(this.#files, path, 'unclear', new Date());
    await this.#files.copyFile(path, copy);
    const records = unclear.length === 1 ? '1 paper' : `${unclear.length} papers`;
    this.notices.push(
      `What ${basename(path)} says about ${records} could not be understood in full (${unclear.slice(0, 3).join(', ')}). ` +
        `The file as it was is kept as ${basename(copy)}.`,
    );
  }
}

/** Whether no file of the journal is there that data stand in. Each time they are written, one is begun. */
function isWithout(segments: readonly ScannedSegment[], { id, upTo }: JournalPosition): boolean {
  const isOther = ({ head, lines }: ScannedSegment) => (head ? head.id !== id : lines.length === 0);
  return upTo > 0 && segments.every(isOther);
}

function reasonOf(examined: Examined): string {
  return examined?.kind === 'damaged' ? examined.reason : 'could not be read';
}

function newer(path: string): OffprintError {
  const message = `${path} was written by a newer Offprint. Nothing was changed; install the newer Offprint to open it.`;
  return new OffprintError('newer', message);
}

function plainMoment(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/**
 * Reads what a data folder holds of the reader's. A damaged file is set aside under a dated name,
 * never deleted; the backup takes its place, and the journal has what came after it.
 * @throws OffprintError `unreadable` when the system refuses, `newer` for files of a newer
 * Offprint; in both cases nothing has been touched
 * @param follower told of what the journal changes
 */
export function openStored(
  folder: string,
  files: FileOperations,
  journal: JournalFolder,
  follower?: ReplayFollower,
): Promise<OpenedStore> {
  return new Opening(folder, files, journal, follower).open();
}
