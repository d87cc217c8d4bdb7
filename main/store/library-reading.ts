import * as z from 'zod';
import { type PaperId, paperIdSchema, statuses, type TagColour, tagColourSchema } from '../../shared/paper.ts';
import { sortSchema } from '../../shared/settings.ts';
import { type SavedView, savedViewSchema } from '../../shared/views.ts';
import { emptyHistory, type HistoryEntry, type HistoryIndex } from './history-index.ts';
import {
  type CitationKeys,
  isPlainObject,
  type PaperPair,
  type PaperRecord,
  paperRecordSchema,
  type ReaderPairs,
  type TagColours,
} from './library-data.ts';

/** What could be understood of a stored value, and whether that is all of it. */
export interface Understood<T> {
  value: T;
  whole: boolean;
}

const highlightInRecord = paperRecordSchema.shape.highlights.unwrap().element;
const statusNames = new Set<unknown>(statuses);

function isInstant(value: unknown): boolean {
  return Number.isSafeInteger(value);
}

/** Whether a value is a record of nothing but the common fields. Takes a tenth of the schema's time. */
function isCommonRecord(value: Record<string, unknown>): boolean {
  let isDated = false;
  for (const field in value) {
    const content = value[field];
    if (field === 'changedAt') {
      if (!isInstant(content)) return false;
      isDated = true;
    } else if (field === 'status') {
      if (!statusNames.has(content)) return false;
    } else if (field === 'starred') {
      if (typeof content !== 'boolean') return false;
    } else if (field === 'tags' || field === 'noteTags') {
      if (!Array.isArray(content) || !content.every((tag) => typeof tag === 'string')) return false;
    } else if (field === 'note') {
      if (typeof content !== 'string') return false;
    } else if (field === 'noteChangedAt' || field === 'readAt') {
      if (!isInstant(content)) return false;
    } else return false;
  }
  return isDated;
}

function readHighlight(value: unknown) {
  const highlight = highlightInRecord.safeParse(value);
  return { value: highlight.success ? [highlight.data] : [], whole: highlight.success };
}

/** Reads a record; one that is not as it should be field by field. Null when nothing can be understood. */
export function readRecord(value: unknown): Understood<PaperRecord | null> {
  if (!isPlainObject(value)) return { value: null, whole: false };
  if (isCommonRecord(value)) return { value: value as PaperRecord, whole: true };
  const record = paperRecordSchema.safeParse(value);
  if (record.success) return { value: record.data, whole: true };
  const kept = Object.entries(value).filter(([field, content]) => {
    if (!Object.hasOwn(paperRecordSchema.shape, field)) return true;
    return paperRecordSchema.shape[field as keyof typeof paperRecordSchema.shape].safeParse(content).success;
  });
  // One that is not as it should be must not take the others with it.
  const highlights = readList(value['highlights'], readHighlight).value;
  const parsed = paperRecordSchema.safeParse({
    changedAt: 0,
    ...Object.fromEntries(kept),
    ...(highlights.length > 0 && { highlights }),
  });
  return { value: parsed.success ? parsed.data : null, whole: false };
}

const pairSchema = z.tuple([paperIdSchema, paperIdSchema]);

function readPairList(stored: unknown): Understood<PaperPair[]> {
  return readList(stored, (value) => {
    const pair = pairSchema.safeParse(value);
    return { value: pair.success ? [pair.data] : [], whole: pair.success };
  });
}

/** Reads which papers are the same and which are not. */
export function readPairs(stored: { same?: unknown; different?: unknown }): Understood<ReaderPairs> {
  const [same, different] = [readPairList(stored.same), readPairList(stored.different)];
  return { value: { same: same.value, different: different.value }, whole: same.whole && different.whole };
}

function readView(stored: unknown): Understood<SavedView[]> {
  const view = savedViewSchema.safeParse(stored);
  if (view.success) return { value: [view.data], whole: true };
  if (!isPlainObject(stored)) return { value: [], whole: false };
  // Without its look or order it is still the view that the reader saved.
  const sort = sortSchema.nullable().catch(null).parse(stored['sort']);
  const columns = savedViewSchema.shape.columns.catch(null).parse(stored['columns']);
  const icon = savedViewSchema.shape.icon.catch('search').parse(stored['icon']);
  const rest = savedViewSchema.safeParse({ ...stored, sort, columns, icon });
  return { value: rest.success ? [rest.data] : [], whole: false };
}

/** Reads the saved views, each id once. */
export function readViews(stored: unknown): Understood<readonly SavedView[]> {
  const { value: views, whole } = readList(stored, readView);
  const byId = new Map(views.map((view) => [view.id, view]));
  return { value: [...byId.values()], whole: whole && byId.size === views.length };
}

/** Reads the colours of tags. */
export function readTagColours(stored: unknown): Understood<TagColours> {
  if (stored === undefined) return { value: new Map(), whole: true };
  if (!isPlainObject(stored)) return { value: new Map(), whole: false };
  const entries = Object.entries(stored).flatMap(([tag, value]): [string, TagColour][] => {
    const colour = tagColourSchema.safeParse(value);
    return colour.success ? [[tag, colour.data]] : [];
  });
  return { value: new Map(entries), whole: entries.length === Object.keys(stored).length };
}

/** Reads the citation keys. By hand, for there may be a million. */
export function readCitationKeys(stored: unknown): Understood<CitationKeys> {
  if (stored === undefined) return { value: new Map(), whole: true };
  if (!isPlainObject(stored)) return { value: new Map(), whole: false };
  const keys = new Map<PaperId, string>();
  let whole = true;
  for (const [id, key] of Object.entries(stored)) {
    if (typeof key === 'string' && key !== '') keys.set(id, key);
    else whole = false;
  }
  return { value: keys, whole };
}

const entrySchema = z.object({
  step: z.int().positive(),
  label: z.string(),
  papers: z.int().nullable().default(null),
  file: z.string().regex(/^[\w.-]+$/),
  at: z.int().nonnegative(),
  length: z.int().positive(),
});

const heardSchema = z.int().nonnegative().nullable().catch(null);

/** Reads the steps that can be taken back and done again. */
export function readHistory(stored: unknown): Understood<HistoryIndex> {
  if (!isPlainObject(stored)) return { value: { ...emptyHistory, heard: null }, whole: stored === undefined };
  const [undo, redo] = [stored['undo'], stored['redo']].map((list) =>
    readList(list, (value): Understood<HistoryEntry[]> => {
      const entry = entrySchema.safeParse(value);
      if (!entry.success) return { value: [], whole: false };
      const { step: sequence, label, papers, ...place } = entry.data;
      return { value: [{ label, papers, step: null, sequence, place }], whole: true };
    }),
  );
  return {
    value: { undo: undo?.value ?? [], redo: redo?.value ?? [], heard: heardSchema.parse(stored['heard']) },
    whole: undo?.whole === true && redo?.whole === true,
  };
}

/** What {@link readHistory} reads. An entry that is not on the disk has no place there. */
export function printHistory({ undo, redo, heard }: HistoryIndex): unknown {
  const print = (entries: readonly HistoryEntry[]) =>
    entries.flatMap(({ sequence, label, papers, place }) => {
      return place === null ? [] : [{ step: sequence, label, ...(papers !== null && { papers }), ...place }];
    });
  return { undo: print(undo), redo: print(redo), ...(heard !== null && { heard }) };
}

/** Where a library file stands in its journal. */
export interface JournalPosition {
  /** Tells one journal from every other. */
  id: string;
  /** The number of the last line that the file holds. */
  upTo: number;
  /** The checksum of that line, which the next one names; a random one where there is no line yet. */
  line: string;
}

/** See {@link JournalPosition}. */
export const positionSchema = z.object({
  id: z.string().min(1).max(100),
  upTo: z.int().nonnegative(),
  line: z.string().regex(/^[0-9a-f]{8}$/),
});

/** Reads a list of ids; null for anything else. By hand, for there may be a million. */
export function readIds(stored: unknown): PaperId[] | null {
  return Array.isArray(stored) && stored.every((id) => typeof id === 'string') ? stored : null;
}

function readList<T>(stored: unknown, read: (value: unknown) => Understood<T[]>): Understood<T[]> {
  if (stored === undefined) return { value: [], whole: true };
  if (!Array.isArray(stored)) return { value: [], whole: false };
  const results = stored.map(read);
  return { value: results.flatMap(({ value }) => value), whole: results.every(({ whole }) => whole) };
}
