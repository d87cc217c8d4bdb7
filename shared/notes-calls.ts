import * as z from 'zod';
import { call } from './call.ts';
import { highlightSchema, mostHighlights } from './highlights.ts';
import { instantSchema, longestNote, paperIdSchema } from './paper.ts';

/** Most notes or links that one of these calls answers with. */
export const mostNotes = 200;

/** Largest picture of a note, in bytes. */
export const largestImage = 10 * 1024 * 1024;

/** Kinds of pictures that a note can hold. No SVG: that is a document, with scripts. */
export const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;

/** One of {@link imageTypes}. */
export const imageTypeSchema = z.enum(imageTypes);

/** The name of a kept picture: the start of the SHA-256 of its bytes in hexadecimal digits, and what it is. */
export const imageNameSchema = z
  .string()
  .max(40)
  .regex(/^[0-9a-f]{32}\.(?:png|jpg|gif|webp)$/);

/** A paper at the other end of a link between notes. */
export const linkedNoteSchema = z.object({
  id: paperIdSchema,
  /** Null where the paper is not in the library (any more). */
  title: z.string().nullable(),
  /** The line of the note that the link stands in, shortened to 300 characters. */
  line: z.string(),
});

/** See {@link linkedNoteSchema}. */
export type LinkedNote = z.infer<typeof linkedNoteSchema>;

/** The calls about notes beyond the text of one. */
export const notesCalls = {
  /**
   * Notes `[offset, offset + limit)` of those that have `find` in their text or title (letter case aside), the
   * last changed first; the scratch note is not among them. `excerpt` is at most 600 characters from the start.
   */
  'notes.list': call(
    z.object({ find: z.string().max(1000), offset: z.int().nonnegative(), limit: z.int().min(1).max(mostNotes) }),
    z.object({
      total: z.int().nonnegative(),
      notes: z.array(
        z.object({
          id: paperIdSchema,
          title: z.string().nullable(),
          excerpt: z.string(),
          length: z.int().nonnegative(),
          changedAt: instantSchema.nullable(),
        }),
      ),
    }),
  ),
  /**
   * What the note of a paper links to by `[[id]]` or `[[id|words]]`, in the order of the text, and which papers’
   * notes link to it, the last changed first; each paper once.
   */
  'notes.links': call(
    z.object({ id: paperIdSchema }),
    z.object({ to: z.array(linkedNoteSchema), from: z.array(linkedNoteSchema) }),
  ),
  /** The note of the whole library, which belongs to no paper. */
  'scratch.get': call(z.object({}), z.object({ text: z.string(), changedAt: instantSchema.nullable() })),
  /** Replaces it. Answered once it is on the disk. Undo takes it back as that of a paper; `apart` as for `note.set`. */
  'scratch.set': call(
    z.object({ text: z.string().max(longestNote), apart: z.boolean().optional() }),
    z.object({ changedAt: instantSchema }),
  ),

  /** What is highlighted in a paper's abstract, in the order of the text. */
  'highlights.get': call(z.object({ id: paperIdSchema }), z.object({ highlights: z.array(highlightSchema) })),
  /**
   * Replaces all of it, in one step that Undo takes back. Where `known` is given, the ids of those that were shown before
   * the change, others stay: another window has made them since.
   */
  'highlights.set': call(
    z.object({
      id: paperIdSchema,
      highlights: z.array(highlightSchema).max(mostHighlights),
      known: z
        .array(z.uuid())
        .max(2 * mostHighlights)
        .optional(),
    }),
    z.object({ label: z.string() }),
  ),

  /**
   * Keeps a picture in the data folder; the same bytes are kept once. A note shows it as `![words](images/NAME)`.
   * `bad-input` where the bytes are not what `type` says.
   */
  'images.keep': call(
    z.object({ type: imageTypeSchema, base64: z.base64().max(Math.ceil(largestImage / 3) * 4) }),
    z.object({ name: imageNameSchema }),
  ),
} as const;
