import type { Handlers, ImportReport } from '../shared/contract.ts';
import type { OnLibraryEvent } from './announcer.ts';
import type { ShowFolder } from './backup-calls.ts';
import type { Backups, Reopen } from './backups.ts';
import type { FileToImport } from './corpus/papers-writer.ts';
import type { Exports } from './exports.ts';
import type { ImportedInput, ImportFilesOptions } from './imports.ts';
import type { FolderLock } from './store/folder-lock.ts';
import type { HostKind } from './store/lock-holder.ts';

/** What `openLibrary` needs to know. */
export interface LibraryOptions {
  /** The reader's folder; made if it is not there. */
  dataFolder: string;
  /** The capture that a new library opens with, or null for none. */
  bundledCapture: string | null;
  appVersion: string;
  /** What it is opened for, to be told to whoever finds the folder held; a command where it is left out. */
  host?: HostKind;
  /** Shows a folder in the system's file manager; where it is left out, nothing can be shown. */
  showFolder?: ShowFolder | undefined;
}

/** What a library needs to know that is opened in the place of another one of the same session. */
export interface ReopenOptions {
  /** Where it is left out, no backup can be restored. */
  reopen?: Reopen | undefined;
  /** What the one before has left; null for the first. */
  before?: LeftBehind | null;
}

/** What a library leaves to the one that is opened in its place. */
export interface LeftBehind {
  /** The lock of the data folder, which is still held. */
  lock: FolderLock;
  /** The version of the last state, and the highest numbers of a result set and of an import. */
  version: number;
  lastResult: number;
  lastJob: number;
  /** Another library was to take its place, and could not: it is to be opened again. */
  isBack?: boolean;
}

/** A library that is open: the contract implemented, for whichever host. */
export interface Library {
  handlers: Handlers;
  on: OnLibraryEvent;
  /** See {@link Imports.importFiles}. For hosts that have paths. */
  importFiles(
    inputs: readonly ImportedInput[],
    options?: ImportFilesOptions,
  ): Promise<ImportReport & { marked: number }>;
  /** See {@link Incoming.adopt}. For hosts that have paths, and windows in which their imports are confirmed. */
  adoptFiles(files: readonly FileToImport[]): Promise<string[]>;
  /** Cancels the import that is under way, if any. */
  stopImport(): Promise<void>;
  /** Resolves at once, or when the papers have been read again that a damaged database has lost. Never rejects. */
  papersBack(): Promise<void>;
  /** Backups by their paths, for hosts that have paths. */
  backups: Pick<Backups, 'write' | 'check' | 'compare' | 'restore'>;
  /** Exports by their paths, and as text in pieces, for hosts that have paths. */
  exports: Pick<Exports, 'write' | 'pieces'>;
  /** The real path of the data folder. */
  dataFolder: string;
  /** Takes no more changes, cancels an import, waits for all else that was asked for, then lets the folder go. */
  close(): Promise<void>;
}

/** A library that another one may be opened in the place of. */
export interface ReplaceableLibrary extends Library {
  /** Closes it without letting the folder go. */
  leave(): Promise<LeftBehind>;
}
