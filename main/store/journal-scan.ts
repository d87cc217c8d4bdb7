import * as z from 'zod';
import { type JournalLine, jsonOf, readLine } from './journal-line.ts';
import { currentSchema } from './library-file.ts';

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
}

/** See {@link SegmentHead}. */
const headSchema = z.object({
  format: z.literal('offprint-journal'),
  schema: z.int(),
  id: z.string(),
  from: z.int().positive(),
  folded: z.int().nonnegative(),
  foldedAt: z.number(),
});

/** A line, and where it stands in its file. */
export interface PlacedLine extends JournalLine {
  at: number;
}

/** One file of the journal, as it is. */
export interface ScannedSegment {
  name: string;
  size: number;
  /** Null when it cannot be read. */
  head: SegmentHead | null;
  lines: PlacedLine[];
  /** The end of the last line that can be read, its line feed included. */
  goodEnd: number;
  /** Whether something after that ends like a line: then it was one once. */
  endsDamaged: boolean;
}

/** What a file of the journal that a newer Offprint has begun says of itself. */
export class NewerJournal extends Error {}

function readHead(line: JournalLine): SegmentHead | null {
  const parsed = headSchema.safeParse(jsonOf(line));
  if (!parsed.success) return null;
  if (parsed.data.schema > currentSchema) throw new NewerJournal('A newer Offprint has written the journal.');
  const { id, from, folded, foldedAt } = parsed.data;
  return { id, from, folded, foldedAt };
}

/** What the first line of a journal file says, besides its number. */
export function printHead(head: SegmentHead): Record<string, unknown> {
  return { format: 'offprint-journal', schema: currentSchema, ...head };
}

/**
 * Takes a journal file apart. Lines that cannot be read are left out.
 * @throws NewerJournal when its layout is not known to this program
 */
export function scanSegment(name: string, bytes: Buffer): ScannedSegment {
  const segment: ScannedSegment = {
    ...{ name, size: bytes.length, head: null, lines: [], goodEnd: 0, endsDamaged: false },
  };
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) break;
    const line = readLine(bytes.subarray(at, end));
    segment.endsDamaged = line === null;
    if (line) {
      segment.goodEnd = end + 1;
      if (line.sequence === 0) segment.head = readHead(line);
      else segment.lines.push({ ...line, at });
    }
    at = end + 1;
  }
  return segment;
}
