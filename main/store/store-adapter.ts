import type { Adapter } from 'lowdb';
import type { GenerationReason } from '../../shared/generations.ts';
import type { PaperId } from '../../shared/paper.ts';
import type { SavedView } from '../../shared/views.ts';
import type { KeptGeneration } from './generation-files.ts';
import type { HistoryEntry, HistoryMove } from './history-index.ts';
import type {
  ChangedSettings,
  CitationKeys,
  LibraryData,
  LibraryImage,
  PaperRecord,
  ReaderPairs,
  TagColours,
} from './library-data.ts';
import type { NoteVersionsReader } from './note-versions.ts';
import type { PastNote } from './note-versions-rule.ts';
import type { Step } from './step.ts';

/**
 * One change of the reader's data, as a whole: what each named paper's record becomes, all pairs,
 * all saved views and colours, settings, and what it is in the history.
 */
export interface StoreChange {
  /** The new record of each paper; null takes it away. */
  papers?: ReadonlyMap<PaperId, PaperRecord | null>;
  pairs?: ReaderPairs;
  /** Only those that change. */
  settings?: ChangedSettings;
  views?: readonly SavedView[];
  tagColours?: TagColours;
  /** Keys that papers are given; those of other papers stay. */
  citationKeys?: CitationKeys;
  history?: HistoryMove;
  /** Why the data before it are kept as a generation first; it is refused where they cannot be. */
  keepFirst?: GenerationReason;
  /** When it was made, in milliseconds since 1970; the store sets it. */
  at?: number;
}

/**
 * Where the store's data lives: lowdb's adapter, told of the single changes as well, so that it
 * can write just these.
 */
export interface StoreAdapter extends Adapter<LibraryData> {
  /**
   * The changes, oldest first, that the coming {@link Adapter.write} must make durable, all of them or
   * none. It sets the place of the history entries that they add.
   * @param before the data without these changes
   * @param replaced past versions of notes that these changes make
   */
  stage(changes: readonly StoreChange[], before: () => LibraryImage, replaced: readonly PastNote[]): void;
  /**
   * Called after each write, in the same turn: the moment to begin work that nobody waits for. Never throws.
   * @param image the data as they are on the disk; to be asked for before this returns or never
   */
  written(image: () => LibraryImage): void;
  /** Ends the work of {@link written} and lets go of the files. No write follows. Never rejects. */
  close(image: LibraryImage): Promise<void>;
  /**
   * Writes the library file anew where it lags behind what is on the disk. Changes may go on meanwhile; never rejects.
   * @param image as for {@link written}, and called at such a moment
   */
  fold(image: () => LibraryImage): Promise<void>;
  /**
   * Runs something that takes no time at a moment when all that has been acknowledged is in the files, and
   * nobody adds to them or takes one away until it returns: then they can be copied as they are.
   */
  atRest<T>(look: () => T): Promise<T>;
  /**
   * Keeps the data as a generation, which is on the disk when this resolves. Changes may go on meanwhile.
   * @param image the data as they are on the disk at the moment of the call
   * @returns null when they say nothing yet that would be worth keeping
   * @throws OffprintError `unreadable` when the system refuses
   */
  keep(image: LibraryImage, reason: GenerationReason): Promise<KeptGeneration | null>;
  /**
   * All of a step that has been written.
   * @throws OffprintError `refused` when it is not there (any more), `unreadable` when the system refuses
   */
  readStep(entry: HistoryEntry): Promise<Step>;
  /** The texts that notes had before the ones that they have. */
  readonly noteVersions: NoteVersionsReader;
  /** What was found at reading that the reader should know, in plain words. */
  readonly notices: readonly string[];
  /** Why nothing may be written, as a whole sentence; null when everything may. Known once all has been read. */
  readonly readOnly: string | null;
}
