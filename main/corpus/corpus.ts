import type { Counts, LibraryPaperChange } from '../../shared/contract.ts';
import type { Marks, Paper, PaperId, Row, Source, TextRange } from '../../shared/paper.ts';
import type { Query } from '../../shared/query/query.ts';
import type { Sort } from '../../shared/settings.ts';
import type { CorpusTrouble } from './corpus-trouble.ts';
import type { Unusable } from './open-mark.ts';

/**
 * What the corpus needs to know of the reader's data in order to filter, sort and count: a mirror
 * of the store, never its source.
 */
export interface MirroredMarks extends Marks {
  id: PaperId;
  /** The text of the note, to be searched; empty for none. */
  note: string;
  /** When the paper was marked read; null while it is not. */
  readAt: number | null;
  /** Other records of the same paper that this one has taken up; see `standingRecords`. */
  absorbs?: Readonly<Record<PaperId, number>>;
}

/** A change of the mirror, from the stamp that it must carry before to the one that it carries afterwards. */
export interface MirrorStep {
  from: string | null;
  to: string;
}

/** Two papers that the reader has made one, or told apart, by an id of each; of one paper, the first is the kept one. */
export type PaperPair = readonly [PaperId, PaperId];

/** What the reader has decided about which papers are the same. */
export interface ReaderPairs {
  readonly same: readonly PaperPair[];
  readonly different: readonly PaperPair[];
}

/** A row as the corpus knows it: the paper's own part of {@link Row}. */
export interface CorpusRow extends Omit<Row, keyof Marks> {
  /** Ids of the paper under which the mirror holds records of the reader's; usually none or its own. */
  markedAs: PaperId[];
}

/** A paper as the corpus knows it. */
export interface CorpusPaper
  extends Omit<Paper, keyof Marks | 'note' | 'noteMatches' | 'noteChangedAt' | 'highlights'> {
  /** As in {@link CorpusRow}. */
  markedAs: PaperId[];
}

/** Where the reader's data of a paper stand. */
export interface MarkTarget {
  /** The paper's own id. */
  id: PaperId;
  /** As in {@link CorpusRow}. */
  markedAs: PaperId[];
}

/** A paper's title, and the text that papers are put in the order of their titles by. */
export interface PaperTitle {
  title: string;
  sortKey: string;
}

/** What the corpus counts. Kept as it changes, so that asking costs the same at any size. */
export interface CorpusState {
  counts: Counts;
  /** Parents of nested tags are among them, with a count of 0 where no paper has just them; see `libraryStateSchema`. */
  tags: { name: string; count: number; total: number }[];
  sources: Source[];
  /** Groups of papers that may be the same. */
  duplicates: number;
  /** How many papers each watched query finds, by its id; null while it is being counted. See `watch`. */
  watched: Readonly<Record<string, number | null>>;
}

/** What a list is asked for. All of `queries` must hold; their own `sort` counts for nothing here. */
export interface ListQuestion {
  queries: Query[];
  /** Empty for relevance where there are words, else page order. */
  sort: Sort;
  /** The moment that spans of time (`added:<2w`) are reckoned back from, in milliseconds since 1970. */
  now: number;
}

/** A query of which the number of papers is kept up to date. */
export interface WatchedQuery {
  id: string;
  query: Query;
}

/**
 * Papers that a change of `corpus.db` has touched, by key: what the list in `marks.db` must
 * follow. Sent once the change is on the disk.
 */
export interface PublishedPapers {
  /** `meta.revision` of `corpus.db` with this change: one more than before it. */
  revision: number;
  /** New papers have keys `[from, to)`, without gaps only where papers are. */
  added: readonly (readonly [from: number, to: number])[];
  /** Papers of which something the list shows has changed: sources, abstract, ids. */
  changed: readonly number[];
  /** Keys that are no papers any more. */
  removed: readonly number[];
}

/** A result set just opened: its handle, its size as far as it has been counted, and its first rows; see `list.open`. */
export interface OpenedList {
  result: number;
  total: number;
  complete: boolean;
  order: 'relevance' | 'title' | 'sort';
  rows: CorpusRow[];
}

/** A paper near to another one, as `relatedPaperSchema` says it. */
export interface RelatedRow {
  row: CorpusRow;
  score: number;
  words: string[];
}

/**
 * The papers as they are read: SQLite with full text, on a worker thread. Reads `corpus.db`, which
 * a `PapersWriter` on another thread writes, and owns `marks.db`. Every method is a message to it;
 * none blocks the calling thread. Methods reject with an `OffprintError`.
 */
export interface Corpus {
  /** True when this opening made the database, and there is nothing that papers could be read into it from. */
  readonly created: boolean;
  /** What keeps the papers from being used as usual, or was found when they were opened last; null for nothing. */
  readonly trouble: CorpusTrouble | null;
  /** Whoever had the papers open before ended without closing them: they are to be checked, once. */
  readonly isUnclean: boolean;
  /** The highest number that a result set has had. */
  readonly lastResult: number;
  /** The stamp last given to {@link applyMarks} or {@link replaceMarks}; null for a new database. */
  readonly marksStamp: string | null;

  state(): Promise<CorpusState>;
  /** Opens a result set: papers that match every one of `queries`. Words of all queries are marked in the rows. */
  openList(request: ListQuestion & { limit: number }): Promise<OpenedList>;
  /** The size of a result set once all of it has been read. Rejects with `not-found` when it is closed before. */
  settled(result: number): Promise<number>;
  /** How many papers meet all of these queries, counted to its end. */
  count(question: Omit<ListQuestion, 'sort'>): Promise<number>;
  /** Words of the library's papers near to one that stands in none of them, the likeliest first. */
  nearWords(word: string, limit: number): Promise<string[]>;
  /** See `search.values` of the contract. */
  values(field: 'author' | 'venue', beginning: string, limit: number): Promise<string[]>;
  /**
   * The papers most like one, the nearest first, without those that may be the same; null where there is no such paper.
   * Worked out between other calls, the one asked for last first.
   */
  related(id: PaperId, limit: number): Promise<RelatedRow[] | null>;
  /** Where the words of a query that are looked for in notes stand in a text. */
  markText(query: Query, text: string): Promise<TextRange[]>;
  /**
   * Keeps counting what these queries find from now on, instead of any before. `state` has the
   * counts; those that take long are worked out between calls, and `onCounted` is told when one is new.
   */
  watch(queries: readonly WatchedQuery[]): Promise<void>;
  /** Calls back when a watched count has become known or another by itself. One listener; the last one given holds. */
  onCounted(listener: () => void): void;
  /** Rows `[offset, offset + limit)` of a result set. Rejects with `not-found` when it is no longer kept. */
  rows(result: number, offset: number, limit: number): Promise<CorpusRow[]>;
  /** Index of a paper in a result set, or null. */
  indexOf(result: number, id: PaperId): Promise<number | null>;
  /** The ids in the given half-open index ranges of a result set, in its order, each once. */
  ids(result: number, ranges: readonly (readonly [number, number])[]): Promise<PaperId[]>;
  closeList(result: number): Promise<void>;

  /** The paper with this id or one of its aliases, or null. */
  paper(id: PaperId, query: Query): Promise<CorpusPaper | null>;
  /** Which of these ids (or aliases) exist; maps each given id to the paper's own id and where its marks stand. */
  resolve(ids: readonly PaperId[]): Promise<Map<PaperId, MarkTarget>>;
  /** The titles of the papers that these ids (or aliases) are of; an id of no paper is left out. */
  titles(ids: readonly PaperId[]): Promise<Map<PaperId, PaperTitle>>;

  /**
   * Groups of papers that may be the same: groups `[offset, offset + limit)`, the surest first.
   * `due` says that a `PapersWriter` has still to look at some papers.
   */
  duplicates(
    offset: number,
    limit: number,
  ): Promise<{ total: number; due: boolean; groups: { papers: CorpusPaper[]; reason: string }[] }>;
  /** See `sources.impact` of the contract. */
  sourceImpact(source: number): Promise<{ papers: number; kept: number; shared: number }>;
  /** Imports, removals and merges, newest first. */
  changes(limit: number): Promise<LibraryPaperChange[]>;
  /** One of them, and which pairs it merged if it is a merge. Null when there is none of this number. */
  change(id: number): Promise<(LibraryPaperChange & { merged: PaperPair[] }) | null>;
  /** The reader's decisions as `corpus.db` knows them: the store's, unless a crash came between. */
  pairs(): Promise<ReaderPairs>;

  /** Makes papers that a `PapersWriter` has committed appear in lists and counts, with the marks that they have. */
  publish(papers: PublishedPapers): Promise<void>;

  /**
   * Brings the mirror up to date with a change of the store; applied before any later call. Rejects
   * and changes nothing when the mirror's stamp is not `from`: a change before this one is missing.
   */
  applyMarks(step: MirrorStep, marks: readonly MirroredMarks[]): Promise<void>;
  /** Replaces the whole mirror, when its stamp is not the store's. */
  replaceMarks(stamp: string, marks: readonly MirroredMarks[]): Promise<void>;

  /** Says that the papers have been checked and nothing is wrong with them; see `isUnclean`. */
  foundSound(): Promise<void>;
  /**
   * Calls back when a database turned out to be damaged while it was read. The call that found it out
   * is made again once the promise is resolved; it rejects where the papers could not be opened anew. One
   * listener; the last one given holds.
   */
  onDamaged(mend: () => Promise<void>): void;
  /**
   * Closes the papers and opens them again; calls made meanwhile wait. Result sets of before are gone.
   * No `PapersWriter` may be open. `trouble` and `marksStamp` are new ones then.
   * @param unusable why `corpus.db` is to be set aside and begun anew; null for opening it as it is
   */
  reopen(unusable: Unusable | null): Promise<void>;

  close(): Promise<void>;
}
