import type { ImportPreview, ImportProgress, ImportReport } from '../../shared/contract.ts';
import type { PaperId } from '../../shared/paper.ts';
import type { ImportedMarks } from '../importers/importer.ts';
import type { PublishedPapers, ReaderPairs } from './corpus.ts';
import type { Rebuilding } from './rebuilding.ts';

export type { PaperPair, ReaderPairs } from './corpus.ts';

/** A file to import. */
export interface FileToImport {
  /** Where it is read from. */
  path: string;
  /** What it is called in messages and, by its last part, as a source. */
  name: string;
}

/** What a change of the papers did. */
export interface PapersChange {
  /** Its number in the table of changes, for undoing it; null when nothing changed. */
  change: number | null;
  label: string;
  papers: PublishedPapers;
}

/** What reading one more piece of the papers again did. */
export interface RebuildPiece {
  published: PublishedPapers;
  /** How much of all is done, from 0 to 1. */
  done: number;
  /** Papers that are there by now. */
  papers: number;
  /** Null until all is done; then what was the matter, where the sources were known from, and what is lost. */
  end: Pick<Rebuilding, 'why' | 'from' | 'changesKnown' | 'lost'> | null;
}

/** A place for messages of progress, without the job's number. */
export type OnProgress = (progress: Omit<ImportProgress, 'job'>) => void;

/**
 * The one writer of `corpus.db`, on a thread of its own. One thing is done at a time. Methods
 * reject with an `OffprintError`; then nothing has been changed.
 *
 * An import is one transaction, opened by `preview` and left open until `confirm` or `cancel`: so
 * what is previewed is exactly what will be. Readers see nothing of it before.
 */
export interface PapersWriter {
  /**
   * Reads files into an open transaction. A file that cannot be imported is among the `failures`
   * and takes nothing else with it.
   * @param request `format` null: recognised by content
   * @param onProgress told now and then
   */
  preview(
    request: { files: readonly FileToImport[]; format: string | null },
    onProgress: OnProgress,
  ): Promise<ImportPreview>;
  /** Writes the full-text index and commits. */
  confirm(onProgress: OnProgress): Promise<PapersChange & { report: ImportReport }>;
  /** Stops `preview`, ends the wait for `confirm`, or stops that: nothing is written. Harmless at any time. */
  cancel(): Promise<void>;
  /**
   * What the files just confirmed say that a reader said, by the id of the paper, in pieces.
   * Kept until the next preview.
   */
  importedMarks(offset: number, limit: number): Promise<{ id: PaperId; marks: ImportedMarks }[]>;

  /** Removes a source. Papers that only it brought go with it, unless `marks.db` holds marks of them. */
  removeSource(source: number): Promise<PapersChange & { removed: number; kept: number }>;
  /**
   * Takes back an import or a removal. Merges are taken back by {@link setPairs}.
   * @throws OffprintError `not-found` when there is no such change, `refused` when it cannot be undone (any more)
   */
  undo(change: number): Promise<PapersChange>;
  /**
   * Does an import or a removal again that has been taken back: the papers, sources and places that
   * were there before are there again. Merges are done again by {@link setPairs}.
   * @throws OffprintError `not-found` when there is no such change, `refused` when it cannot be done again (any more)
   */
  redo(change: number): Promise<PapersChange>;
  /**
   * Lets go of what is kept only so that imports that have been taken back can be done again.
   * Does nothing while an import waits to be confirmed.
   * @param except the changes that may still be done again
   */
  forgetUndone(except: readonly number[]): Promise<void>;
  /**
   * Makes the reader's decisions what they are now in the store, and groups papers anew by them.
   * @param label written to the table of changes as a merge, whose `detail` is JSON with `merged`, the `same` pairs
   * that are new; null for none (a dismissal, an undo, a start)
   * @param turns the merge that this takes back (`undone`) or does again, or null
   */
  setPairs(
    pairs: ReaderPairs,
    label: string | null,
    turns: { change: number; undone: boolean } | null,
  ): Promise<PapersChange>;
  /**
   * Looks for papers that may be the same among those that have changed since, in pieces between
   * which whatever else is asked for is done. Ends early while an import waits to be confirmed;
   * what is left is done when it is called again, in this session or another.
   * @returns whether the groups of duplicates have changed
   */
  findDuplicates(): Promise<boolean>;

  /**
   * Reads one more piece of the papers again, where the database was begun anew; null where it is whole.
   * What else is asked for comes in between two pieces.
   * @param onProgress told now and then how far all of it is
   */
  rebuild(onProgress: OnProgress): Promise<RebuildPiece | null>;

  close(): Promise<void>;
}
