import * as z from 'zod';
import { highlightSchema } from '../../shared/highlights.ts';
import { instantSchema, type PaperId, paperIdSchema, statusSchema, type TagColour } from '../../shared/paper.ts';
import { type Settings, settingsSchema } from '../../shared/settings.ts';
import type { SavedView } from '../../shared/views.ts';
import { emptyHistory, type HistoryIndex } from './history-index.ts';

/**
 * What the reader has said about one paper. A field left out has its default. Unknown fields are
 * kept: they were written by a newer Offprint of the same schema.
 */
export const paperRecordSchema = z.looseObject({
  status: statusSchema.exactOptional(),
  /** When the status became `read`; there only while it is. */
  readAt: instantSchema.exactOptional(),
  starred: z.boolean().exactOptional(),
  tags: z.array(z.string()).exactOptional(),
  /** Those among `tags` that the note has given by `#tag`, and takes away again; never any without a note. */
  noteTags: z.array(z.string()).exactOptional(),
  note: z.string().exactOptional(),
  noteChangedAt: instantSchema.exactOptional(),
  /** In the order of the text. */
  highlights: z.array(z.looseObject(highlightSchema.shape)).exactOptional(),
  /** Records of the same paper that this one has taken up; see `standingRecords`. */
  absorbs: z.record(paperIdSchema, instantSchema).exactOptional(),
  changedAt: instantSchema,
});

/** See {@link paperRecordSchema}. Never changed in place: a change makes a new record. */
export type PaperRecord = Readonly<z.infer<typeof paperRecordSchema>>;

/** Two papers that the reader has made one, or told apart, by an id of each; of one paper, the first is the kept one. */
export type PaperPair = readonly [PaperId, PaperId];

/** What the reader has decided about which papers are the same. Never changed in place. */
export interface ReaderPairs {
  readonly same: readonly PaperPair[];
  readonly different: readonly PaperPair[];
}

/** Colours of tags by the tag's name. Never changed in place. */
export type TagColours = ReadonlyMap<string, TagColour>;

/** Citation keys by the id of the paper that has each. Never changed in place. */
export type CitationKeys = ReadonlyMap<PaperId, string>;

/** Keys with others laid over them. */
export function withKeys(keys: CitationKeys, given: CitationKeys): CitationKeys {
  const all = new Map(keys);
  for (const [id, key] of given) all.set(id, key);
  return all;
}

/** All of the reader's data but the records of papers. */
export interface LibraryFrame {
  /** A fresh random string with every write that touches papers; the corpus mirror carries the same one. */
  stamp: string;
  pairs: ReaderPairs;
  /** Saved views in the reader's order. Never changed in place. */
  views: readonly SavedView[];
  tagColours: TagColours;
  /** Every key that a paper was ever given: it stays the paper's. No step of the history, and no mark of a paper. */
  citationKeys: CitationKeys;
  /** What Undo and Redo go through. */
  history: HistoryIndex;
  /** As they stand in the file, fields unknown to us included; see {@link readSettings}. */
  settings: Record<string, unknown>;
  /** Top-level fields unknown to us, kept as they are. */
  unknown: Record<string, unknown>;
}

/** Everything of the reader's, in memory. `papers` is a Map, so that no id can be mistaken for a property. */
export interface LibraryData extends LibraryFrame {
  papers: Map<PaperId, PaperRecord>;
}

/** The reader's data as they are at one moment, whatever becomes of them afterwards. */
export interface LibraryImage extends LibraryFrame {
  /** Ids of papers that have a record, and in the same order their records; undefined for one that had none then. */
  ids: readonly PaperId[];
  records: readonly (PaperRecord | undefined)[];
}

/**
 * The data of a reader who has not touched anything yet. It always has the same stamp, for it
 * always says the same: a mirror that has seen it once need not be filled at every opening.
 */
export function emptyLibrary(): LibraryData {
  return {
    ...{ stamp: 'empty', papers: new Map(), pairs: { same: [], different: [] } },
    ...{ views: [], tagColours: new Map(), citationKeys: new Map(), history: emptyHistory, settings: {}, unknown: {} },
  };
}

/** The data as they are now. */
export function imageOf({ papers, ...frame }: LibraryData): LibraryImage {
  return { ...frame, ids: [...papers.keys()], records: [...papers.values()] };
}

/** The settings as the program uses them: every field that cannot be understood has its default. */
export function readSettings(stored: Record<string, unknown>): Settings {
  const understood = Object.entries(settingsSchema.shape).flatMap(([field, schema]) => {
    const parsed = schema.safeParse(stored[field]);
    return parsed.success ? [[field, parsed.data]] : [];
  });
  return settingsSchema.parse(Object.fromEntries(understood));
}

/** Settings to set; a field that is left out or undefined stays as it is. */
export type ChangedSettings = { [F in keyof Settings]?: Settings[F] | undefined };

/** Stored settings with a change laid over them. Fields that the change does not know stay. */
export function mergeSettings(
  stored: Record<string, unknown>,
  change: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged = { ...stored };
  for (const [field, value] of Object.entries(change)) {
    if (value === undefined) continue;
    const before = merged[field];
    merged[field] = isPlainObject(before) && isPlainObject(value) ? { ...before, ...value } : value;
  }
  return merged;
}

/** Whether a value is an object of JSON: no list, no null. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
