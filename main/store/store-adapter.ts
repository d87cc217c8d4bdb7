import type { Adapter } from 'lowdb';
import type { PaperId } from '../../shared/paper.ts';
import type { SavedView } from '../../shared/views.ts';
import type { HistoryEntry, HistoryMove } from './history-index.ts';
import type {
  ChangedSettings,
  LibraryData,
  LibraryImage,
  PaperRecord,
  ReaderPairs,
  TagColours,
} from './library-data.ts';
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
  history?: HistoryMove;
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
   */
  stage(changes: readonly StoreChange[], before: () => LibraryImage): void;
  /**
   * Called after each write, in the same turn: the moment to begin work that nobody waits for. Never throws.
   * @param image the data as they are on the disk; to be asked for before this returns or never
   */
  written(image: () => LibraryImage): void;
  /** Ends the work of {@link written} and lets go of the files. No write follows. Never rejects. */
  close(image: LibraryImage): Promise<void>;
  /**
   * Runs something that takes no time at a moment when all that has been acknowledged is in the files, and
   * nobody adds to them or takes one away until it returns: then they can be copied as they are.
   */
  atRest<T>(look: () => T): Promise<T>;
  /**
   * All of a step that has been written.
   * @throws OffprintError `refused` when it is not there (any more), `unreadable` when the system refuses
   */
  readStep(entry: HistoryEntry): Promise<Step>;
  /** What was found at reading that the reader should know, in plain words. */
  readonly notices: readonly string[];
  /** Why nothing may be written, as a whole sentence; null when everything may. Known once all has been read. */
  readonly readOnly: string | null;
}
