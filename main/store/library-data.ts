import * as z from 'zod';
import { instantSchema, type PaperId, paperIdSchema, statusSchema } from '../../shared/paper.ts';
import { type Settings, settingsSchema } from '../../shared/settings.ts';

/** The layout that this program writes. A file with a greater number is left alone. */
export const currentSchema = 1;

/**
 * What the reader has said about one paper. A field left out has its default. Unknown fields are
 * kept: they were written by a newer Offprint of the same schema.
 */
export const paperRecordSchema = z.looseObject({
  status: statusSchema.exactOptional(),
  starred: z.boolean().exactOptional(),
  tags: z.array(z.string()).exactOptional(),
  note: z.string().exactOptional(),
  noteChangedAt: instantSchema.exactOptional(),
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

/** Everything of the reader's, in memory. `papers` is a Map, so that no id can be mistaken for a property. */
export interface LibraryData {
  /** A fresh random string with every write that touches papers; the corpus mirror carries the same one. */
  stamp: string;
  papers: Map<PaperId, PaperRecord>;
  pairs: ReaderPairs;
  /** As they stand in the file, fields unknown to us included; see {@link readSettings}. */
  settings: Record<string, unknown>;
  /** Top-level fields unknown to us, kept as they are. */
  unknown: Record<string, unknown>;
}

/** What the bytes of a library file turned out to be. */
export type ReadResult =
  | { kind: 'good'; data: LibraryData; unclear: string[] }
  | { kind: 'newer' }
  /** `reason` completes "the file …". */
  | { kind: 'damaged'; reason: string };

const fileSchema = z.looseObject({
  format: z.literal('offprint-library'),
  schema: z.int().positive(),
  stamp: z.string().min(1),
  papers: z.custom<Record<string, unknown>>(isPlainObject),
  settings: z.custom<Record<string, unknown>>(isPlainObject),
});

const newerSchema = z.object({ format: z.literal('offprint-library'), schema: z.int().gt(currentSchema) });

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The data of a reader who has not touched anything yet. It always has the same stamp, for it
 * always says the same: a mirror that has seen it once need not be filled at every opening.
 */
export function emptyLibrary(): LibraryData {
  return { stamp: 'empty', papers: new Map(), pairs: { same: [], different: [] }, settings: {}, unknown: {} };
}

const pairSchema = z.tuple([paperIdSchema, paperIdSchema]);

/** The pairs of one kind that can be understood, and whether that is all of them. */
function readPairs(stored: unknown): { pairs: PaperPair[]; whole: boolean } {
  if (stored === undefined) return { pairs: [], whole: true };
  if (!Array.isArray(stored)) return { pairs: [], whole: false };
  const pairs = stored.flatMap((value) => {
    const pair = pairSchema.safeParse(value);
    return pair.success ? [pair.data] : [];
  });
  return { pairs, whole: pairs.length === stored.length };
}

/** What can be understood of a record that is not as it should be; null when nothing can. */
function salvage(value: unknown): PaperRecord | null {
  if (!isPlainObject(value)) return null;
  const kept = Object.entries(value).filter(([field, content]) => {
    if (!Object.hasOwn(paperRecordSchema.shape, field)) return true;
    return paperRecordSchema.shape[field as keyof typeof paperRecordSchema.shape].safeParse(content).success;
  });
  const parsed = paperRecordSchema.safeParse({ changedAt: 0, ...Object.fromEntries(kept) });
  return parsed.success ? parsed.data : null;
}

/**
 * Reads the bytes of `library.json`. Never throws. Records that are not as they should be are
 * salvaged field by field and named in `unclear`; the caller keeps a copy of such a file.
 */
export function readLibrary(bytes: Uint8Array): ReadResult {
  if (bytes.length === 0) return { kind: 'damaged', reason: 'is empty' };
  if (bytes.every((byte) => byte === 0)) return { kind: 'damaged', reason: 'holds nothing but zero bytes' };
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { kind: 'damaged', reason: 'is cut short or garbled' };
  }
  if (newerSchema.safeParse(parsed).success) return { kind: 'newer' };
  const file = fileSchema.safeParse(parsed);
  if (!file.success) return { kind: 'damaged', reason: 'does not have the shape of a library' };

  const { format: _format, schema: _schema, stamp, papers: records, settings, same, different, ...unknown } = file.data;
  const papers = new Map<PaperId, PaperRecord>();
  const unclear: string[] = [];
  for (const [id, value] of Object.entries(records)) {
    const record = paperRecordSchema.safeParse(value);
    if (record.success) {
      papers.set(id, record.data);
      continue;
    }
    unclear.push(id);
    const rest = salvage(value);
    if (rest) papers.set(id, rest);
  }
  const pairs = { same: readPairs(same), different: readPairs(different) };
  for (const kind of ['same', 'different'] as const) if (!pairs[kind].whole) unclear.push(`“${kind}”`);
  return {
    kind: 'good',
    data: {
      stamp,
      papers,
      pairs: { same: pairs.same.pairs, different: pairs.different.pairs },
      settings,
      unknown,
    },
    unclear,
  };
}

// Records are never changed in place, so the line of each is made once, not at every write. Nothing
// keeps the same one from standing under two ids.
const lineOfRecord = new WeakMap<PaperRecord, { id: PaperId; line: string }>();

function recordLine(id: PaperId, record: PaperRecord): string {
  const made = lineOfRecord.get(record);
  if (made?.id === id) return made.line;
  const line = `${JSON.stringify(id)}:${JSON.stringify(record)}`;
  lineOfRecord.set(record, { id, line });
  return line;
}

/** Writes the data as JSON with one paper a line, readable by a person and by any other program. */
export function printLibrary(data: LibraryData): string {
  const { same, different } = data.pairs;
  const head = {
    ...data.unknown,
    ...{ format: 'offprint-library', schema: currentSchema, stamp: data.stamp },
    ...(same.length > 0 && { same }),
    ...(different.length > 0 && { different }),
  };
  const lines: string[] = [];
  for (const [id, record] of data.papers) lines.push(recordLine(id, record));
  const papers = lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n}`;
  return `${JSON.stringify(head).slice(0, -1)},\n"settings":${JSON.stringify(data.settings)},\n"papers":${papers}}\n`;
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
export function mergeSettings(stored: Record<string, unknown>, change: ChangedSettings): Record<string, unknown> {
  const merged = { ...stored };
  for (const [field, value] of Object.entries(change)) {
    if (value === undefined) continue;
    const before = merged[field];
    merged[field] = isPlainObject(before) && isPlainObject(value) ? { ...before, ...value } : value;
  }
  return merged;
}
