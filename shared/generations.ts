import * as z from 'zod';
import { instantSchema, marksSchema, paperIdSchema } from './paper.ts';

/** Why an earlier state of the reader's data was kept: by the clock, or before something that changes much. */
export const generationReasons = ['start', 'hour', 'migration', 'import', 'restore', 'large-change', 'asked'] as const;

/** One of {@link generationReasons}. */
export type GenerationReason = (typeof generationReasons)[number];

/** An earlier state of all of the reader's data, kept whole in a file of its own. */
export const generationSchema = z.object({
  /** The name of its file, without the ending. */
  id: z.string().regex(/^[\w.-]{1,200}$/),
  takenAt: instantSchema,
  reason: z.enum(generationReasons),
  /** Papers that it says anything of, and those of them with a note. */
  papers: z.int().nonnegative(),
  notes: z.int().nonnegative(),
  /** What it takes on the disk. */
  bytes: z.int().nonnegative(),
  /** Whether it says just what the library says now. */
  current: z.boolean(),
});

/** See {@link generationSchema}. */
export type Generation = z.infer<typeof generationSchema>;

/** What the reader had said of one paper at one time. */
export const saidSchema = marksSchema.pick({ status: true, starred: true, tags: true }).extend({
  note: z.string(),
  /** The words that were highlighted in its abstract, each with its colour; left out for none. */
  highlights: z.array(z.string()).exactOptional(),
});

/** See {@link saidSchema}. */
export type Said = z.infer<typeof saidSchema>;

/** A paper of which an earlier state says something else than the library does now; null for nothing at all. */
export const differenceSchema = z.object({
  id: paperIdSchema,
  /** Null when the paper is not in the library. */
  title: z.string().nullable(),
  was: saidSchema.nullable(),
  now: saidSchema.nullable(),
});

/** See {@link differenceSchema}. */
export type Difference = z.infer<typeof differenceSchema>;
