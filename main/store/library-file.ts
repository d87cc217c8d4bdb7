import { isUtf8 } from 'node:buffer';
import * as z from 'zod';
import type { PaperId } from '../../shared/paper.ts';
import {
  type CitationKeys,
  isPlainObject,
  type LibraryData,
  type LibraryFrame,
  type LibraryImage,
  type PaperRecord,
} from './library-data.ts';
import {
  type JournalPosition,
  positionSchema,
  printHistory,
  readCitationKeys,
  readHistory,
  readPairs,
  readRecord,
  readTagColours,
  readViews,
} from './library-reading.ts';
import { asUtf8 } from './text-bytes.ts';

/**
 * The layout that this program writes, of `library.json` and of the journal beside it. What has a
 * greater number is left alone. Layout 1 had no journal: whoever knows only that one must not write
 * here, for it would write over what the journal says.
 */
export const currentSchema = 2;

/** What the bytes of a library file turned out to be. */
export type ReadResult =
  | ReadableLibrary
  /** `reason` completes "the file …". */
  | { kind: 'damaged'; reason: string };

/** A library file that says something. Of one of a newer layout, as much as this program understands. */
export interface ReadableLibrary {
  kind: 'good' | 'newer';
  data: LibraryData;
  /** Null for a file of layout 1, and where it cannot be made out any more. */
  position: JournalPosition | null;
  /** Whether there was a position that cannot be made out any more. */
  isAstray: boolean;
  /** What could not be understood in full: ids of papers, names of other parts. */
  unclear: string[];
}

const headSchema = z.looseObject({
  format: z.literal('offprint-library'),
  schema: z.int().positive(),
});

/** A library file taken apart: all but the papers, the papers' records, and the ids of those not understood in full. */
interface Parsed {
  head: unknown;
  papers: Map<PaperId, PaperRecord>;
  unclear: string[];
}

/**
 * Reads the bytes of `library.json`. Never throws. Records that are not as they should be are
 * salvaged field by field and named in `unclear`; the caller keeps a copy of such a file.
 */
export function readLibrary(bytes: Uint8Array): ReadResult {
  const reading = readingLibrary(bytes);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
  }
}

/**
 * As {@link readLibrary}, in steps of a fraction of a millisecond between which something else may be
 * done, if the bytes stand as {@link printLibrary} prints them.
 */
export function* readingLibrary(bytes: Uint8Array): Generator<void, ReadResult> {
  if (bytes.length === 0) return { kind: 'damaged', reason: 'is empty' };
  if (bytes.every((byte) => byte === 0)) return { kind: 'damaged', reason: 'holds nothing but zero bytes' };
  let parsed: Parsed | null;
  try {
    const text = asUtf8(bytes);
    const buffer = Buffer.from(text.buffer, text.byteOffset, text.length);
    parsed = (yield* parseLines(buffer)) ?? parseWhole(text);
  } catch {
    return { kind: 'damaged', reason: 'is cut short or garbled' };
  }
  const read = understood(parsed);
  if (!read || (read.kind === 'good' && parsed.papers === noPapers)) {
    return { kind: 'damaged', reason: 'does not have the shape of a library' };
  }
  return read;
}

/** What a library file says that has been taken apart; null when it is none. */
function understood({ head, papers, unclear }: Parsed): ReadableLibrary | null {
  const parsed = headSchema.safeParse(head);
  if (!parsed.success) return null;
  const { frame, position, isAstray } = readFrame(parsed.data, unclear);
  const kind = parsed.data.schema > currentSchema ? 'newer' : 'good';
  return { kind, data: { ...frame, papers: papers === noPapers ? new Map() : papers }, position, isAstray, unclear };
}

function readFrame(head: z.infer<typeof headSchema>, unclear: string[]) {
  const {
    format: _format,
    schema,
    stamp,
    journal,
    same,
    different,
    views,
    tagColours,
    history,
    citationKeys,
    ...rest
  } = head;
  // A generation that somebody has put in the library file's place is the library file.
  const { settings, generation: _generation, ...unknown } = rest;
  const position = schema === 1 ? null : positionSchema.safeParse(journal);
  const isStamped = typeof stamp === 'string' && stamp !== '';
  if (!isStamped) unclear.push('“stamp”');
  if (!isPlainObject(settings)) unclear.push('“settings”');
  const parts = {
    pairs: readPairs({ same, different }),
    views: readViews(views),
    tagColours: readTagColours(tagColours),
    history: readHistory(history),
    citationKeys: readCitationKeys(citationKeys),
  };
  for (const [name, { whole }] of Object.entries(parts)) if (!whole) unclear.push(`“${name}”`);
  if (position?.success === false) unclear.push('“journal”');
  const frame: LibraryFrame = {
    // A mirror that knows none of this has to be filled anew.
    stamp: isStamped ? stamp : crypto.randomUUID(),
    ...{ settings: isPlainObject(settings) ? settings : {}, unknown },
    ...{ pairs: parts.pairs.value, views: parts.views.value },
    ...{ tagColours: parts.tagColours.value, history: parts.history.value },
    citationKeys: parts.citationKeys.value,
  };
  return { frame, position: position?.success ? position.data : null, isAstray: position?.success === false };
}

/** Stands for papers that are no papers. */
const noPapers = new Map<PaperId, PaperRecord>();

function parseWhole(bytes: Uint8Array): Parsed {
  const file: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (!isPlainObject(file)) return { head: file, papers: noPapers, unclear: [] };
  const { papers: records, ...head } = file;
  if (!isPlainObject(records)) return { head, papers: noPapers, unclear: [] };
  const papers = new Map<PaperId, PaperRecord>();
  const unclear: string[] = [];
  for (const [id, value] of Object.entries(records)) {
    const { value: record, whole } = readRecord(value);
    if (!whole) unclear.push(id);
    if (record) papers.set(id, record);
  }
  return { head, papers, unclear };
}

/** Lines read or printed in one piece. */
const linesAtOnce = 200;
/** A piece that is printed is not added to from this length on, in UTF-16 units. */
const longestPiece = 64 * 1024;
const papersBegin = Buffer.from('\n"papers":{\n');
/** Longest record looked up among those read before, in bytes. Longer ones have notes, which are never alike. */
const longestAlike = 300;

/**
 * Takes apart a file that stands as {@link printLibrary} prints it, one paper a line: in half the
 * time, and records that say the same become one. Null when it stands in another way.
 * @throws SyntaxError when it is garbled
 */
function* parseLines(bytes: Buffer): Generator<void, Parsed | null> {
  const begin = bytes.indexOf(papersBegin);
  if (begin < 1 || bytes[begin - 1] !== 0x2c || !isUtf8(bytes)) return null;
  const head: unknown = JSON.parse(`${bytes.toString('utf8', 0, begin - 1)}}`);
  const papers = new Map<PaperId, PaperRecord>();
  const unclear: string[] = [];
  const alike = new Map<string, PaperRecord>();
  for (let at = begin + papersBegin.length, lines = 1; ; lines += 1) {
    if (lines % linesAtOnce === 0) yield;
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) return null;
    const more = bytes[end - 1] === 0x2c;
    const lineEnd = more ? end - 1 : end;
    const quote = bytes.indexOf(0x22, at + 1);
    if (bytes[at] !== 0x22 || quote < 0 || quote >= lineEnd || bytes[quote + 1] !== 0x3a) return null;
    // A backslash may stand before the quotation mark, which then does not end the id.
    const id = bytes.toString('utf8', at + 1, quote);
    if (id.includes('\\')) return null;
    const text = bytes.toString('utf8', quote + 2, lineEnd);
    const known = text.length <= longestAlike ? alike.get(text) : undefined;
    if (known) papers.set(id, known);
    else {
      const { value: record, whole } = readRecord(JSON.parse(text));
      if (!whole) unclear.push(id);
      if (record) papers.set(id, record);
      if (record && whole && text.length <= longestAlike) alike.set(text, record);
    }
    at = end + 1;
    if (!more) return bytes.toString('latin1', at) === '}}\n' ? { head, papers, unclear } : null;
  }
}

/**
 * Prints the data as JSON with one paper a line, readable by a person and by any other program; in
 * pieces, each made in a fraction of a millisecond unless a single note is very long.
 * @param generation what the file says of itself first when it is a generation
 */
export function* printLibrary(
  image: LibraryImage,
  position: JournalPosition,
  generation?: Readonly<Record<string, unknown>>,
): Generator<string> {
  const { same, different } = image.pairs;
  const head = {
    ...(generation && { generation }),
    ...{ format: 'offprint-library', schema: currentSchema, stamp: image.stamp, journal: position },
    ...image.unknown,
    ...(same.length > 0 && { same }),
    ...(different.length > 0 && { different }),
    ...(image.views.length > 0 && { views: image.views }),
    ...(image.tagColours.size > 0 && { tagColours: Object.fromEntries(image.tagColours) }),
    history: printHistory(image.history),
  };
  yield JSON.stringify(head).slice(0, -1);
  yield* printKeys(image.citationKeys);
  yield `,\n"settings":${JSON.stringify(image.settings)},\n"papers":{`;
  let piece: string[] = [];
  let length = 0;
  let before = '\n';
  for (const [at, record] of image.records.entries()) {
    if (record === undefined) continue;
    const line = `${before}${JSON.stringify(image.ids[at])}:${JSON.stringify(record)}`;
    piece.push(line);
    length += line.length;
    before = ',\n';
    if (piece.length < linesAtOnce && length < longestPiece) continue;
    yield piece.join('');
    piece = [];
    length = 0;
  }
  yield `${piece.join('')}${before === '\n' ? '' : '\n'}}}\n`;
}

/** Citation keys, one a line, where there are any. */
function* printKeys(keys: CitationKeys): Generator<string> {
  let piece: string[] = [];
  let before = ',\n"citationKeys":{\n';
  for (const [id, key] of keys) {
    piece.push(`${before}${JSON.stringify(id)}:${JSON.stringify(key)}`);
    before = ',\n';
    if (piece.length < linesAtOnce) continue;
    yield piece.join('');
    piece = [];
  }
  if (keys.size > 0) yield `${piece.join('')}}`;
}
