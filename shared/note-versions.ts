import * as z from 'zod';
import { instantSchema, paperIdSchema } from './paper.ts';

/** A text that a note had once. */
export const noteVersionSchema = z.object({
  /** Names it among the versions of its note. */
  version: z.string().min(1).max(200),
  /** When it was written, and when another text, or none, took its place. */
  writtenAt: instantSchema,
  replacedAt: instantSchema,
  /** In UTF-16 units. */
  length: z.int().positive(),
  /** Its beginning, on one line. */
  excerpt: z.string(),
});

/** See {@link noteVersionSchema}. */
export type NoteVersion = z.infer<typeof noteVersionSchema>;

/** A paper that had a note and has none now. */
export const deletedNoteSchema = noteVersionSchema.extend({
  id: paperIdSchema,
  /** Null when the paper is not in the library. */
  title: z.string().nullable(),
});

/** See {@link deletedNoteSchema}. */
export type DeletedNote = z.infer<typeof deletedNoteSchema>;
