import { applyLine, type RecordChanging } from './journal-change.ts';
import { jsonOf } from './journal-line.ts';
import type { PlacedLine, ScannedSegment, SegmentHead } from './journal-scan.ts';
import type { LibraryData } from './library-data.ts';
import type { JournalPosition } from './library-reading.ts';

/** Whoever follows what a journal does as it is laid over a library. */
export interface ReplayFollower {
  /** Told of each change of a record before it is made. */
  readonly changing: RecordChanging;
  /** Told of each line when all of it has been laid over. */
  reached(position: JournalPosition): void;
}

/** What a journal is called of which no file says its name any more. */
const nameless = 'nameless';

function headOf(segments: readonly ScannedSegment[]): SegmentHead | null {
  return segments.findLast(({ head }) => head !== null)?.head ?? null;
}

/** Where the first line that is there goes on from, for when no library file says it; null when there is none. */
export function beginningOf(segments: readonly ScannedSegment[]): JournalPosition | null {
  const id = headOf(segments)?.id ?? nameless;
  const first = linesOf(segments, id)[0];
  return first ? { id, upTo: first.sequence - 1, line: first.follows } : null;
}

/** What a journal has to say after where data stand, before any of it is laid over them. */
export interface Survey {
  /** Why nothing of it is to be laid over the data: it goes on from other data, or from later ones. */
  refused: 'other' | 'later' | null;
  /** The lines, in order. */
  lines: Found[];
  /** How many lines are missing or cannot be read that should be there, as far as that can be known. */
  lost: number;
  /** The last file ends with half a line. */
  torn: boolean;
  /** The folder has been copied while it was in use: the file is one from before the journal's last files. */
  isCopied: boolean;
}

/** What came of laying a journal over a library file. */
export interface Replay extends Survey {
  /** Where the data stand now. */
  position: JournalPosition;
  /** Length of the lines that were laid over the file, in bytes. */
  bytes: number;
  /** Files in which something could not be understood, and what. */
  unclear: Map<string, string[]>;
}

/** A line, and the file that it stands in. */
export interface Found extends PlacedLine {
  file: string;
}

/** The lines that count, in order: those of this journal that no later file has taken back. */
function linesOf(segments: readonly ScannedSegment[], id: string): Found[] {
  const found: Found[][] = [];
  let limit = Number.POSITIVE_INFINITY;
  for (const { name, head, lines } of segments.toReversed()) {
    if (head && head.id !== id) continue;
    const below = limit;
    found.push(lines.filter(({ sequence }) => sequence < below).map((line) => ({ ...line, file: name })));
    if (head) limit = Math.min(limit, head.from);
  }
  return found.reverse().flat();
}

/** Why a file and the lines after it do not belong together, or null. */
function refusalOf(
  { upTo, line }: JournalPosition,
  head: SegmentHead | null,
  placedAt: number | null,
  lines: readonly Found[],
): Replay['refused'] {
  const itself = lines.findLast(({ sequence }) => sequence === upTo);
  const next = lines.find(({ sequence }) => sequence === upTo + 1);
  if (itself && itself.checksum !== line) return 'other';
  if (next && next.follows !== line) return 'other';
  // A later file was in its place once, and this one has come after that: somebody has put it there.
  const isPutThere = head !== null && placedAt !== null && head.folded > upTo && placedAt > head.foldedAt;
  return isPutThere && lines.some(({ sequence }) => sequence > upTo) ? 'later' : null;
}

function isCopy(segments: readonly ScannedSegment[], head: SegmentHead | null): boolean {
  const file = segments.find((segment) => segment.head === head);
  return typeof head?.ino === 'number' && typeof file?.ino === 'number' && file.ino !== head.ino;
}

/**
 * Looks for what a journal has to say after where data stand.
 * @param position where the data stand; null when the file knows no journal
 * @param placedAt when the file was put in its place, as `foldedAt` of {@link SegmentHead}; null for the
 * backup and earlier states, which are older than the journal by their nature
 */
export function survey(
  segments: readonly ScannedSegment[],
  position: JournalPosition | null,
  placedAt: number | null,
): Survey {
  const found: Survey = { refused: null, lines: [], lost: 0, torn: false, isCopied: false };
  const head = headOf(segments);
  const hasLines = segments.some(({ lines }) => lines.length > 0);
  // Where no file says whose it is, the lines themselves say what they go on from.
  if (hasLines && (position === null || (head && head.id !== position.id))) return { ...found, refused: 'other' };
  const { id, upTo } = position ?? { id: '', upTo: 0 };
  const lines = linesOf(segments, id);
  const refused = position && hasLines ? refusalOf(position, head, placedAt, lines) : null;
  // Whoever puts an earlier file there leaves the journal as it is; whoever copies a folder copies all of it.
  if (refused === 'later' && isCopy(segments, head)) found.isCopied = true;
  else if (refused) return { ...found, refused };
  let before = { sequence: upTo, checksum: position?.line };
  for (const line of lines) {
    if (line.sequence <= upTo) continue;
    const isNext = line.sequence === before.sequence + 1;
    found.lost += isNext ? Number(line.follows !== before.checksum) : line.sequence - before.sequence - 1;
    found.lines.push(line);
    before = line;
  }
  // A file is begun when all lines before its first one are on the disk.
  for (const { head: each } of segments) {
    if (each?.id !== id || each.from <= before.sequence + 1) continue;
    found.lost += each.from - before.sequence - 1;
    before = { sequence: each.from - 1, checksum: undefined };
  }
  return withEnd(found, segments, before.sequence);
}

/** Looks at what stands after the last line that can be read, unless the data hold that already. */
function withEnd(found: Survey, segments: readonly ScannedSegment[], upTo: number): Survey {
  const last = segments.at(-1);
  if (!last) return found;
  if (last.head === null && last.lines.length === 0) return { ...found, lost: found.lost + 1 };
  const reached = last.lines.at(-1)?.sequence ?? (last.head?.from ?? 1) - 1;
  if (last.goodEnd === last.size || reached < upTo) return found;
  if (!last.endsDamaged) return { ...found, torn: true };
  return { ...found, lost: found.lost + 1 };
}

/** Whether no file of the journal is there that data stand in. Each time they are written, one is begun. */
export function isWithout(segments: readonly ScannedSegment[], { id, upTo }: JournalPosition): boolean {
  const isOther = ({ head, lines }: ScannedSegment) => (head ? head.id !== id : lines.length === 0);
  return upTo > 0 && segments.every(isOther);
}

/**
 * Makes data say what the lines after them say. Lines that are missing cost what only they said:
 * records are whole, so that those after them hold all the same.
 * @param data changed in place
 * @param position see {@link survey}
 * @param follower told of what changes
 */
export function replay(
  found: Survey,
  data: LibraryData,
  position: JournalPosition | null,
  follower?: ReplayFollower,
): Replay {
  const result: Replay = {
    ...found,
    ...{ position: position ?? { id: '', upTo: 0, line: '' }, bytes: 0, unclear: new Map() },
  };
  const { id } = result.position;
  for (const line of found.lines) {
    const place = { file: line.file, at: line.at, length: 9 + line.json.length };
    const unclear = applyLine(data, jsonOf(line), line.sequence, place, follower?.changing);
    if (unclear.length > 0) result.unclear.set(line.file, [...(result.unclear.get(line.file) ?? []), ...unclear]);
    result.position = { id, upTo: line.sequence, line: line.checksum };
    follower?.reached(result.position);
    result.bytes += place.length + 1;
  }
  return result;
}
