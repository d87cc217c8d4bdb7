import * as z from 'zod';
import { type JournalLine, jsonOf, readLine } from './journal-line.ts';
import { currentSchema } from './library-file.ts';
import { asUtf8 } from './text-bytes.ts';

/** The line that a journal file begins with; its number is 0, and it follows the line before the file's first. */
export interface SegmentHead {
  /** See `JournalPosition`. */
  id: string;
  /** The number that the file's first line has. Lines of earlier files that have it, or a greater one, do not count. */
  from: number;
  /** The last line that `library.json` held when the file was begun. */
  folded: number;
  /** When that had been put in its place, by the clock of its file system, in milliseconds since 1970. */
  foldedAt: number;
  /** The number that its file system has given the file; another one is a copy. Null where nothing says it. */
  ino?: number | null;
}

/** See {@link SegmentHead}. */
const headSchema = z.object({
  format: z.literal('offprint-journal'),
  schema: z.int(),
  id: z.string(),
  from: z.int().positive(),
  folded: z.int().nonnegative(),
  foldedAt: z.number(),
  ino: z.number().nullable().default(null),
});

/** A line, and where it stands in its file. */
export interface PlacedLine extends JournalLine {
  at: number;
}

/** One file of the journal, as it is. */
export interface ScannedSegment {
  name: string;
  size: number;
  /** False for a folder in its place, say: nothing can be read or copied there. */
  isFile: boolean;
  /** The number that its file system has given it; null where that is not known. */
  ino: number | null;
  /** Null when it cannot be read. */
  head: SegmentHead | null;
  /** Whether a newer Offprint has begun it. */
  isNewer: boolean;
  lines: PlacedLine[];
  /** The end of the last line that can be read, its line feed included. */
  goodEnd: number;
  /** Whether something after that ends like a line: then it was one once. */
  endsDamaged: boolean;
  /** Whether something in it is not as it was written; half a line at the end does not count. */
  isDamaged: boolean;
}

/** What stands in the place of a journal file and is none. */
export function noSegment(name: string, size = 0): ScannedSegment {
  const nothing = { ino: null, head: null, isNewer: false, lines: [], goodEnd: 0 };
  return { name, size, isFile: false, ...nothing, endsDamaged: true, isDamaged: true };
}

/** What the first line of a journal file says, besides its number. */
export function printHead(head: SegmentHead): Record<string, unknown> {
  return { format: 'offprint-journal', schema: currentSchema, ...head };
}

function readHead(segment: ScannedSegment, line: JournalLine): void {
  const parsed = headSchema.safeParse(jsonOf(line));
  if (!parsed.success) return;
  const { format: _format, schema, ...head } = parsed.data;
  segment.head = head;
  segment.isNewer ||= schema > currentSchema;
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
const [lineFeed, carriageReturn] = [0x0a, 0x0d];

/**
 * Takes a journal file apart. Lines that cannot be read are left out. What an editor makes of a file (a
 * byte order mark, other line ends, UTF-16) keeps none from being read, but nothing is added to such a one.
 */
export function scanSegment(name: string, stored: Buffer): ScannedSegment {
  const isMarked = stored.subarray(0, 3).equals(byteOrderMark);
  const text = isMarked ? stored : asUtf8(stored);
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.length);
  const isEdited = isMarked || text !== stored;
  const segment = { ...noSegment(name, bytes.length), isFile: true, endsDamaged: false, isDamaged: isEdited };
  for (let at = isMarked ? 3 : 0; at < bytes.length; ) {
    const end = bytes.indexOf(lineFeed, at);
    if (end < 0) break;
    const line = readLine(bytes.subarray(at, bytes[end - 1] === carriageReturn ? end - 1 : end));
    segment.endsDamaged = line === null;
    segment.isDamaged ||= line === null;
    if (line) {
      segment.goodEnd = end + 1;
      if (line.sequence === 0) readHead(segment, line);
      else segment.lines.push({ ...line, at });
    }
    at = end + 1;
  }
  // A file comes to its name with its first line.
  if (segment.head === null) segment.isDamaged = true;
  return segment;
}
