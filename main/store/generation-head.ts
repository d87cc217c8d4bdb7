import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type GenerationReason, generationReasons } from '../../shared/generations.ts';
import { instantSchema } from '../../shared/paper.ts';
import type { LibraryFrame, LibraryImage } from './library-data.ts';
import { type JournalPosition, positionSchema } from './library-reading.ts';

/** What a generation says of itself, first of all, so that a list needs no more than the beginning of each. */
export interface GenerationHead {
  /** In milliseconds since 1970. */
  takenAt: number;
  reason: GenerationReason;
  /** Papers that it says anything of, and those of them with a note. */
  papers: number;
  notes: number;
  /** See {@link frameDigest}; null for the copy of a file of an older layout. */
  frame: string | null;
}

/** What the beginning of a generation's file tells. */
export interface GenerationBeginning extends GenerationHead {
  /** The stamp of its records, and where it stands in the journal; null where it does not say so here. */
  stamp: string | null;
  position: JournalPosition | null;
}

/** So many bytes of the text hold all that {@link readBeginning} reads. */
export const beginningBytes = 1500;

const headSchema = z.object({
  takenAt: instantSchema,
  reason: z.enum(generationReasons),
  papers: z.int().nonnegative(),
  notes: z.int().nonnegative(),
  frame: z.string().nullable(),
});

// As `printLibrary` prints it.
const headText = /^\{"generation":(\{[^{}]*\})/;
const placeText = /^,"format":"offprint-library","schema":\d+,"stamp":("[^"\\]*"),"journal":(\{[^{}]*\})/;

/** Reads the beginning of a generation's text; null when it is none. */
export function readBeginning(text: string): GenerationBeginning | null {
  try {
    const [whole = '', own = ''] = headText.exec(text) ?? [];
    const head = headSchema.parse(JSON.parse(own));
    const [, stamp, journal] = placeText.exec(text.slice(whole.length)) ?? [];
    if (stamp === undefined || journal === undefined) return { ...head, stamp: null, position: null };
    const position = positionSchema.parse(JSON.parse(journal));
    return { ...head, stamp: z.string().parse(JSON.parse(stamp)), position };
  } catch {
    return null;
  }
}

/** What a generation of this image says of itself. */
export function headOf(image: LibraryImage, reason: GenerationReason, takenAt: number): GenerationHead {
  return { takenAt, reason, ...countsOf(image), frame: frameDigest(image) };
}

/** How many papers an image says anything of, and how many of those have a note. */
export function countsOf({ records }: Pick<LibraryImage, 'records'>): { papers: number; notes: number } {
  let papers = 0;
  let notes = 0;
  for (const record of records) {
    if (record === undefined) continue;
    papers += 1;
    if (record.note !== undefined) notes += 1;
  }
  return { papers, notes };
}

/**
 * Tells which pairs, views and colours there are from all others. Together with the stamp it tells
 * everything that a generation is for: settings, and what Undo knows, are not brought back from one.
 */
export function frameDigest({
  pairs,
  views,
  tagColours,
}: Pick<LibraryFrame, 'pairs' | 'views' | 'tagColours'>): string {
  const colours = [...tagColours].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([pairs.same, pairs.different, views, colours]))
    .digest('base64url');
}
