import { basename, join } from 'node:path';
import { Aside } from './aside.ts';
import { BaseFinder, type Choice, isReadable, type Plan } from './base.ts';
import { type FileOperations, removeLeftovers, temporaryName } from './durable-file.ts';
import { findEntry, findLibrary } from './found-file.ts';
import { generationsFolderName } from './generation-files.ts';
import { type FoundJournal, type JournalFolder, journalFolderName } from './journal-folder.ts';
import type { ScannedSegment } from './journal-scan.ts';
import type { LibraryData } from './library-data.ts';
import type { JournalPosition } from './library-reading.ts';
import { notesFolderName } from './note-versions-log.ts';
import * as words from './opening-words.ts';
import { isWithout, type Replay, type ReplayFollower, replay } from './replay.ts';

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
  /** Null for a new reader, and where nothing could be read. */
  data: LibraryData | null;
  /** Where the data stand in the journal; null when there is none that they stand in. */
  position: JournalPosition | null;
  /** The library file; null when there is none that a journal can go on from. */
  snapshot: Snapshot | null;
  /** Length of the lines that were laid over the library file. */
  journalBytes: number;
  /** Whether all should be written anew, so that what was found is not found again. */
  mustFold: boolean;
  /** Whether there is no good library file: the backup must stay until the data are safe in one. */
  keepBackup: boolean;
  /** The file that the data came from, if that is of an older layout. */
  older: string | null;
  /** Why nothing may be written, as a whole sentence; null when everything may. */
  readOnly: string | null;
  notices: string[];
}

/** What is needed to open a store. */
export interface OpeningParts {
  folder: string;
  files: FileOperations;
  journal: JournalFolder;
  /** Told of what the journal changes. */
  follower?: ReplayFollower;
  /** Why nothing may be written, as a whole sentence; null when everything may. */
  readOnly: string | null;
}

/** Reads the library file, or what comes nearest to it, and lays the journal over it. */
class Opening {
  readonly notices: string[] = [];
  readonly #parts: OpeningParts;
  readonly #path: string;
  readonly #backup: string;
  #readOnly: string | null;

  constructor(parts: OpeningParts) {
    this.#parts = parts;
    this.#readOnly = parts.readOnly;
    this.#path = join(parts.folder, libraryFileName);
    this.#backup = join(parts.folder, backupFileName);
  }

  async open(): Promise<OpenedStore> {
    const { folder, files } = this.#parts;
    // All is looked at before anything is touched; the backup only when it is needed.
    const library = await findLibrary(files, this.#path);
    const journal = await this.#parts.journal.find();
    const backup = isReadable(library) ? null : await findLibrary(files, this.#backup);
    if (library.kind === 'unreadable') return this.#unread(this.#path, library.code);
    if (journal.kind === 'unreadable') return this.#unread(journal.path, journal.code);
    if (backup?.kind === 'unreadable') return this.#unread(this.#backup, backup.code);
    const segments = journal.kind === 'segments' ? journal.segments : [];
    const choice = { library, libraryPath: this.#path, backup, backupPath: this.#backup, segments };
    const finder = new BaseFinder(folder, files, choice);
    const plan = await finder.find();
    if (plan === null && finder.unreadable !== null) {
      return this.#unread(join(folder, generationsFolderName), finder.unreadable);
    }
    const newer = this.#newerOf(choice, plan);
    if (newer !== null) this.#readOnly ??= words.newerSentence(newer);
    const opened = await this.#build(choice, plan, journal);
    const trouble = words.generationsSentence(finder.unreadable, finder.damaged);
    if (trouble !== null) this.notices.push(trouble);
    return { ...opened, readOnly: this.#readOnly, notices: this.notices };
  }

  /** What a newer Offprint has written, be it used or not; null for nothing. */
  #newerOf({ library, backup, segments }: Choice, plan: Plan | null): string | null {
    if (library.kind === 'newer') return this.#path;
    if (backup?.kind === 'newer') return this.#backup;
    if (plan?.base.isNewer) return plan.base.path;
    return segments.some(({ isNewer }) => isNewer) ? this.#journalPath : null;
  }

  get #journalPath(): string {
    return this.#parts.journal.path;
  }

  async #build(
    choice: Choice,
    plan: Plan | null,
    journal: FoundJournal,
  ): Promise<Omit<OpenedStore, 'readOnly' | 'notices'>> {
    const { folder, files } = this.#parts;
    const aside = new Aside(files, folder, this.#readOnly === null, (code) => {
      this.#readOnly ??= words.notKeptSentence(folder, code);
    });
    if (this.#readOnly === null) await this.#tidy();
    const { library, backup, segments } = choice;
    const hadTraces = plan === null && (await this.#hasTraces(segments));
    for (const [found, path] of [[library, this.#path] as const, [backup, this.#backup] as const]) {
      if (found?.kind === 'damaged') await aside.move(path);
    }
    const kept = [...aside.names];
    const inTheWay = journal.kind === 'obstacle' ? journal.reason : null;
    const movedJournal = inTheWay === null ? null : await aside.move(this.#journalPath, `${journalFolderName}.log`);
    await this.#clearTheWay(aside, library.kind !== 'missing' && backup === null);
    if (plan === null) {
      const copies = await this.#copyBroken(aside, segments);
      const isTrouble = library.kind === 'damaged' || backup?.kind === 'damaged' || hadTraces;
      if (isTrouble) {
        this.notices.push(words.emptySentence(libraryFileName, folder, library, backup, [...kept, ...copies]));
      }
      const nothing = { data: null, position: null, snapshot: null, journalBytes: 0, older: null };
      return { ...nothing, mustFold: false, keepBackup: false };
    }
    if (!isReadable(library)) this.notices.push(words.rescueSentence(libraryFileName, library, plan, kept));
    else if (plan.base.from === 'generation') this.notices.push(words.laterSentence(plan.base));
    const laid = await this.#lay(aside, plan, segments, inTheWay, movedJournal);
    // A library file that is good is the backup of what takes its place.
    return { ...laid, keepBackup: !isReadable(library) };
  }

  async #lay(
    aside: Aside,
    plan: Plan,
    segments: readonly ScannedSegment[],
    inTheWay: string | null,
    movedJournal: string | null,
  ): Promise<Omit<OpenedStore, 'readOnly' | 'notices' | 'keepBackup'>> {
    const { base, found } = plan;
    const { data } = base;
    if (base.unclear.length > 0 && base.path !== null && !base.isNewer) {
      const copy = base.from === 'generation' ? null : await aside.copy(base.path, undefined, 'unclear');
      this.notices.push(words.unclearSentence(basename(base.path), base.unclear, copy));
    }
    const laid = replay(found, data, base.position, this.#parts.follower);
    for (const remains of plan.remains) layRemains(data, remains.data, this.#parts.follower);
    const isGone = base.position !== null && found.refused === null && isWithout(segments, base.position);
    if (isGone) this.#tellGone(data, inTheWay, movedJournal);
    await this.#tell(aside, laid, segments);
    const isBroken = isGone || found.refused !== null || found.lost > 0 || laid.unclear.size > 0 || found.isCopied;
    // A mirror of the marks may show what can no longer be read here.
    if (found.lost > 0 || laid.unclear.size > 0 || plan.isIncomplete) data.stamp = crypto.randomUUID();
    const isLibrary = base.from === 'library';
    const { position } = base;
    const mustFold = this.#readOnly === null && (!isLibrary || isBroken);
    if (!mustFold && this.#readOnly === null) await this.#resume(segments, laid);
    return {
      ...{ data, position: position === null ? null : laid.position, journalBytes: laid.bytes, mustFold },
      snapshot:
        position === null || !isLibrary
          ? null
          : { upTo: position.upTo, bytes: base.size, placedAt: base.placedAt ?? 0 },
      older: position === null ? base.path : null,
    };
  }

  /** Goes on in the journal's last file where that is as it should be, but for half a line at its end. */
  async #resume(segments: readonly ScannedSegment[], { position }: Replay): Promise<void> {
    const last = segments.at(-1);
    if (!last?.head || last.isDamaged || last.head.id !== position.id || last.goodEnd > longestResumed) return;
    const reached = last.lines.at(-1)?.sequence ?? last.head.from - 1;
    if (reached !== position.upTo) return;
    // Where it cannot be, a new file is begun with the next change.
    await this.#parts.journal.resume(last).catch(() => {});
  }

  /** Says that there is no journal, and takes the steps out that stood there. */
  #tellGone(data: LibraryData, inTheWay: string | null, moved: string | null): void {
    const { undo, redo } = data.history;
    const isKept = ({ papers }: { papers: number | null }) => papers !== null;
    data.history = { ...data.history, undo: undo.filter(isKept), redo: redo.filter(isKept) };
    this.notices.push(words.goneSentence(this.#journalPath, libraryFileName, inTheWay, moved));
  }

  /** Says what is wrong with the journal and keeps copies of it. */
  async #tell(aside: Aside, laid: Replay, segments: readonly ScannedSegment[]): Promise<void> {
    if (laid.torn) this.notices.push(words.tornSentence);
    if (laid.isCopied) this.notices.push(words.copiedSentence(libraryFileName));
    if (laid.refused !== null) {
      const names = segments.filter(({ lines }) => lines.length > 0).map(({ name }) => name);
      this.notices.push(words.putThereSentence(libraryFileName, laid.refused, await this.#copies(aside, names)));
    }
    if (laid.lost > 0) this.notices.push(words.damagedSentence(await this.#copyBroken(aside, segments)));
    if (laid.unclear.size > 0) {
      const kept = await this.#copies(aside, [...laid.unclear.keys()]);
      this.notices.push(words.unclearLinesSentence([...laid.unclear.values()].flat(), kept));
    }
  }

  /** Keeps the journal files in which something cannot be read. Answers with their new names. */
  async #copyBroken(aside: Aside, segments: readonly ScannedSegment[]): Promise<string[]> {
    const kept: string[] = [];
    for (const { name: file, isFile, isDamaged, size } of segments) {
      if (!isDamaged || (isFile && size === 0)) continue;
      const path = join(this.#journalPath, file);
      const like = `${journalFolderName}.log`;
      const name = await (isFile ? aside.copy(path, like) : aside.move(path, like));
      if (name !== null) kept.push(name);
    }
    return kept;
  }

  async #copies(aside: Aside, names: readonly string[]): Promise<string[]> {
    const kept: string[] = [];
    for (const name of names) {
      const copy = await aside.copy(join(this.#journalPath, name), `${journalFolderName}.log`);
      if (copy !== null) kept.push(copy);
    }
    return kept;
  }

  /** Whether something is there that only a reader leaves who is not new. */
  async #hasTraces(segments: readonly ScannedSegment[]): Promise<boolean> {
    if (segments.length > 0) return true;
    const { folder, files } = this.#parts;
    for (const name of [generationsFolderName, notesFolderName]) {
      const names = await files.readdir(join(folder, name)).catch(() => []);
      // Whoever was cut off before anything was whole is new all the same.
      if (names.some((each) => !temporaryName.test(each))) return true;
    }
    return false;
  }

  /** Takes out of the way what stands where folders of ours belong, and the backup if it has not been looked at. */
  async #clearTheWay(aside: Aside, withBackup: boolean): Promise<void> {
    const { folder, files } = this.#parts;
    const places = [generationsFolderName, notesFolderName].map((name) => ({ name, kind: 'folder' }));
    if (withBackup) places.push({ name: backupFileName, kind: 'file' });
    for (const { name, kind } of places) {
      const entry = await findEntry(files, join(folder, name));
      if (entry.kind === kind || entry.kind === 'missing' || entry.kind === 'unreadable') continue;
      const reason = entry.kind === 'obstacle' ? entry.reason : `is a ${entry.kind}`;
      this.notices.push(words.obstacleSentence(name, reason, await aside.move(join(folder, name))));
    }
  }

  /** Removes what a killed process has left. */
  async #tidy(): Promise<void> {
    await removeLeftovers(this.#parts.files, this.#path).catch(() => {});
    await this.#parts.journal.removeLeftovers();
  }

  #unread(path: string, code: string): OpenedStore {
    const nothing = { data: null, position: null, snapshot: null, journalBytes: 0, older: null };
    const readOnly = this.#readOnly ?? words.unreadableSentence(path, code);
    if (readOnly === this.#readOnly) this.notices.push(words.unreadableSentence(path, code));
    return { ...nothing, mustFold: false, keepBackup: false, readOnly, notices: this.notices };
  }
}

/** Puts records into data that are newer than those there, or of which there are none. */
function layRemains(data: LibraryData, remains: LibraryData, follower: ReplayFollower | undefined): void {
  for (const [id, record] of remains.papers) {
    const before = data.papers.get(id);
    if (before !== undefined && before.changedAt >= record.changedAt) continue;
    follower?.changing(id, record, data.papers, null);
    data.papers.set(id, record);
  }
}

/**
 * Reads what a data folder holds of the reader's. Whatever is found, something opens: a damaged file is
 * set aside under a dated name, never deleted, and the newest good state takes its place, with what the
 * journal says after it. Where the system refuses to read, nothing is touched and there are no data;
 * where a newer Offprint has been, there is what can be understood; nothing may be written then.
 */
export function openStored(parts: OpeningParts): Promise<OpenedStore> {
  return new Opening(parts).open();
}
