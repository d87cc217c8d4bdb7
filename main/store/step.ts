import type { MarkChange } from '../../shared/contract.ts';
import type { GenerationReason } from '../../shared/generations.ts';
import type { Highlight } from '../../shared/highlights.ts';
import type { Marks, PaperId, TagColour } from '../../shared/paper.ts';
import type { SavedView } from '../../shared/views.ts';
import type { MarkTarget } from './combined.ts';
import type { PaperPair, PaperRecord, ReaderPairs, TagColours } from './library-data.ts';
import type { TagLists } from './tags-of-notes.ts';

/** The fields of one paper that a step changed, with their values on one side of it. */
export interface MarkedFields extends Partial<Pick<Marks, 'status' | 'starred' | 'tags'>> {
  /** There only where they changed; as in the record. */
  noteTags?: readonly string[];
  /** There only where it changed; null for none. */
  readAt?: number | null;
  changedAt: number | null;
}

/** What a step did to papers: to all of them the same. Plain data, so that it can be written down. */
export interface MarksPatch {
  /** The ids of the records that it wrote. */
  ids: readonly PaperId[];
  before: MarkedFields;
  after: MarkedFields;
  /** The whole record on both sides, where it has taken up other records of the paper. */
  whole?: { before: PaperRecord | null; after: PaperRecord | null };
}

/** When a note was changed on one side of a step, and its record with it; null for never. */
export interface NoteTimes {
  noteChangedAt: number | null;
  changedAt: number | null;
}

/** What a step did to a note. */
export interface NotePatch {
  /** The id of the record that it wrote. */
  id: PaperId;
  /** The text afterwards, from the first difference to the last one, and what stood there before. */
  start: number;
  removed: string;
  added: string;
  /** Length of the whole text before and afterwards, in UTF-16 units. */
  lengths: readonly [before: number, after: number];
  before: NoteTimes;
  after: NoteTimes;
  /** The record's tags on both sides, where those in the note have changed them. */
  tags?: { before: TagLists; after: TagLists };
  /** As in {@link MarksPatch}. */
  whole?: { before: PaperRecord | null; after: PaperRecord | null };
}

/** What a step did to the highlights of a paper. One that was changed is among both. */
export interface HighlightsPatch {
  /** The id of the record that it wrote. */
  id: PaperId;
  removed: readonly Highlight[];
  added: readonly Highlight[];
  /** When the record was changed on either side of the step; null for never. */
  before: number | null;
  after: number | null;
  /** As in {@link MarksPatch}. */
  whole?: { before: PaperRecord | null; after: PaperRecord | null };
}

/** A whole record on both sides of a step. */
export type RecordPatch = readonly [id: PaperId, before: PaperRecord | null, after: PaperRecord | null];

/** What a step did to the saved views: those that it changed, and the order of all. */
export interface ViewsPatch {
  changed: readonly (readonly [id: string, before: SavedView | null, after: SavedView | null])[];
  order: { before: readonly string[]; after: readonly string[] };
}

/** What a step did to the colours of tags. */
export type ColoursPatch = readonly (readonly [tag: string, before: TagColour | null, after: TagColour | null])[];

/** What a step did to the pairs of papers that the reader has made one, and to those told apart. */
export type PairsPatch = Readonly<
  Record<keyof ReaderPairs, { added: readonly PaperPair[]; removed: readonly PaperPair[] }>
>;

/** One thing that the reader did and that Undo takes back whole, of one part or several. */
export interface Step {
  /** What was done, in words: "Marked 3 papers read". */
  label: string;
  marks?: readonly MarksPatch[];
  note?: NotePatch;
  highlights?: HighlightsPatch;
  records?: readonly RecordPatch[];
  views?: ViewsPatch;
  tagColours?: ColoursPatch;
  /** Turned by the store, and followed by the corpus: see `PaperTurns.followPairs`. */
  pairs?: PairsPatch;
  /** Pairs of papers that it told apart. Stands alone: taking it back is the work of whoever writes the corpus. */
  different?: readonly PaperPair[];
  /** The number of an import, a removal or a merge in `corpus.db`. Stands alone, as `different` does. */
  papers?: number;
}

/**
 * What a handler wants done in one step that Undo takes back: every part of it is durable when it
 * is acknowledged, or none is. Nothing happens, and no step is made, when all is so already.
 */
export interface Deed {
  /** In words: "Renamed “a” to “b”"; it may say how many papers it has changed. */
  label: string | ((papers: number) => string);
  /** Papers, and how their marks change: all of them alike, or each by what it has. */
  marks?: { targets: readonly MarkTarget[]; change: MarkChange | ((marks: Marks) => MarkChange) };
  /** What is highlighted in a paper, and the record that says so. */
  highlights?: { patch: HighlightsPatch; record: PaperRecord | null };
  /** Whole records, as an import's marks are taken over. Undo leaves those that have changed since. */
  records?: ReadonlyMap<PaperId, PaperRecord | null>;
  /** All saved views as they are to be, in their order. */
  views?: readonly SavedView[];
  /** The colours of all tags as they are to be. */
  tagColours?: TagColours;
  /** All pairs as they are to be. Whoever changes them makes the corpus follow. */
  pairs?: ReaderPairs;
  /** As in `StoreChange`. */
  keepFirst?: GenerationReason;
}

/** Something already done and on the disk that is a step of the history too. */
export type DoneStep = { label: string; papers: number } | { label: string; different: readonly PaperPair[] };
