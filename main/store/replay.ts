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

/** What came of laying a journal over a library file. */
export interface Replay {
  /** Where the data stand now. */
  position: JournalPosition;
  /** Lines that were laid over the file, and their length in bytes. */
  applied: number;
  bytes: number;
  /** Why lines after the file's own were not laid over it: they go on from another file, or from a later one. */
  refused: 'other' | 'later' | null;
  /** Files in which lines are missing or cannot be read that should be there. */
  damaged: string[];
  /** The last file ends with half a line. */
  torn: boolean;
  /** Files in which something could not be understood, and what. */
  unclear: Map<string, string[]>;
}

interface Found extends PlacedLine {
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

/**
 * Makes data say what the lines after them say. Lines that are missing cost what only they said:
 * records are whole, so that those after them hold all the same.
 * @param data changed in place
 * @param position where the data stand; null when the file knows no journal
 * @param placedAt when the file was put in its place, as `foldedAt` of {@link SegmentHead}; null for the
 * backup, which is older than the journal by its nature
 * @param follower told of what changes
 */
export function replay(
  segments: readonly ScannedSegment[],
  data: LibraryData,
  position: JournalPosition | null,
  placedAt: number | null,
  follower?: ReplayFollower,
): Replay {
  const head = headOf(segments);
  const result: Replay = {
    position: position ?? { id: '', upTo: 0, line: '' },
    ...{ applied: 0, bytes: 0, refused: null, damaged: [], torn: false, unclear: new Map() },
  };
  if (!segments.some(({ lines }) => lines.length > 0)) return withTail(result, segments);
  // Where no file says whose it is, the lines themselves say what they go on from.
  if (position === null || (head && head.id !== position.id)) return { ...result, refused: 'other' };
  const lines = linesOf(segments, position.id);
  result.refused = refusalOf(position, head, placedAt, lines);
  if (result.refused) return result;
  for (const line of lines) {
    const { upTo, line: before, id } = result.position;
    if (line.sequence <= upTo) continue;
    if (line.sequence > upTo + 1 || line.follows !== before) result.damaged.push(line.file);
    const place = { file: line.file, at: line.at, length: 9 + line.json.length };
    const unclear = applyLine(data, jsonOf(line), line.sequence, place, follower?.changing);
    if (unclear.length > 0) result.unclear.set(line.file, [...(result.unclear.get(line.file) ?? []), ...unclear]);
    result.position = { id, upTo: line.sequence, line: line.checksum };
    follower?.reached(result.position);
    result.applied += 1;
    result.bytes += place.length + 1;
  }
  return withTail(result, segments);
}

/** Looks at what stands after the last line that can be read, unless the file holds that already. */
function withTail(result: Replay, segments: readonly ScannedSegment[]): Replay {
  const last = segments.at(-1);
  if (!last || last.goodEnd === last.size) return result;
  const reached = last.lines.at(-1)?.sequence ?? (last.head?.from ?? 1) - 1;
  if (reached < result.position.upTo) return result;
  if (last.endsDamaged) return { ...result, damaged: [...result.damaged, last.name] };
  return { ...result, torn: true };
}
