import type { Counts, ImportedFile } from '../../shared/contract.ts';
import type { Marks, PaperId, Row, Source, TextRange } from '../../shared/paper.ts';
import type { Query } from '../../shared/query.ts';
import type { Sort } from '../../shared/settings.ts';

/**
 * What the corpus needs to know of the reader's data in order to filter, sort and count: a mirror
 * of the store, never its source. Notes themselves stay in the store.
 */
export interface MirroredMarks extends Marks {
  id: PaperId;
}

/** A change of the mirror, from the stamp that it must carry before to the one that it carries afterwards. */
export interface MirrorStep {
  from: string | null;
  to: string;
}

/** A row as the corpus knows it: the paper's own part of {@link Row}. */
export type CorpusRow = Omit<Row, keyof Marks>;

/** A paper as the corpus knows it. */
export interface CorpusPaper extends Omit<CorpusRow, 'excerpt' | 'sources'> {
  abstract: string | null;
  abstractMatches: TextRange[];
  arxivId: string | null;
  doi: string | null;
  links: { label: string; url: string }[];
  sources: Omit<Source, 'count'>[];
}

/** What the corpus counts. Kept as it changes, so that asking costs the same at any size. */
export interface CorpusState {
  counts: Counts;
  tags: { name: string; count: number }[];
  sources: Source[];
}

/** A result set just opened: its handle, its size, and its first rows. */
export interface OpenedList {
  result: number;
  total: number;
  rows: CorpusRow[];
}

/**
 * The papers: SQLite with full text, owned by a worker thread. Every method is a message to it;
 * none blocks the calling thread. Methods reject with an `OffprintError`.
 */
export interface Corpus {
  /** True when this opening made the database (there was none, or it was of an older layout and was rebuilt). */
  readonly created: boolean;
  /** The stamp last given to {@link applyMarks} or {@link replaceMarks}; null for a new database. */
  readonly marksStamp: string | null;

  state(): Promise<CorpusState>;
  /** Opens a result set: papers that match every one of `queries`. Words of all queries are marked in the rows. */
  openList(request: { queries: Query[]; sort: Sort; limit: number }): Promise<OpenedList>;
  /** Rows `[offset, offset + limit)` of a result set. Rejects with `not-found` when it is no longer kept. */
  rows(result: number, offset: number, limit: number): Promise<CorpusRow[]>;
  /** Index of a paper in a result set, or null. */
  indexOf(result: number, id: PaperId): Promise<number | null>;
  /** The ids in the given half-open index ranges of a result set, in its order, each once. */
  ids(result: number, ranges: readonly (readonly [number, number])[]): Promise<PaperId[]>;
  closeList(result: number): Promise<void>;

  /** The paper with this id or one of its aliases, or null. */
  paper(id: PaperId, query: Query): Promise<CorpusPaper | null>;
  /** Which of these ids (or aliases) exist; the answer maps each given id to the paper's own id. */
  resolve(ids: readonly PaperId[]): Promise<Map<PaperId, PaperId>>;

  /** Imports a file from the disk: all of it or none of it. */
  importFile(path: string): Promise<ImportedFile>;
  /** Imports bytes; `name` stands for the path in the answer and in messages. */
  importBytes(name: string, bytes: Uint8Array): Promise<ImportedFile>;

  /**
   * Brings the mirror up to date with a change of the store; applied before any later call. Rejects
   * and changes nothing when the mirror's stamp is not `from`: a change before this one is missing.
   */
  applyMarks(step: MirrorStep, marks: readonly MirroredMarks[]): Promise<void>;
  /** Replaces the whole mirror, when its stamp is not the store's. */
  replaceMarks(stamp: string, marks: readonly MirroredMarks[]): Promise<void>;

  close(): Promise<void>;
}
