import * as z from 'zod';
import { call } from './call.ts';
import { citationStyleSchema, exportFormatSchema } from './export-formats.ts';
import { paperIdSchema } from './paper.ts';

/** Most papers that one call cites. */
export const mostCited = 1000;

/**
 * What is to be exported: papers by name, by index ranges `[from, to)` of a result set, or all of a view that match a
 * query (`view` "all" and an empty query: everything).
 */
export const exportedSelectionSchema = z.union([
  z.object({ ids: z.array(paperIdSchema).min(1).max(10_000) }),
  z.object({ result: z.int(), ranges: z.array(z.tuple([z.int().nonnegative(), z.int().positive()])).max(10_000) }),
  z.object({ view: z.string().max(300), query: z.string().max(10_000) }),
]);

/** See {@link exportedSelectionSchema}. */
export type ExportedSelection = z.infer<typeof exportedSelectionSchema>;

/** How far an export is. */
export const exportProgressSchema = z.object({ done: z.number().min(0).max(1), papers: z.int().nonnegative() });

/** The calls that write papers in the formats of other programs. */
export const exportCalls = {
  /**
   * Writes papers into a new file (or, for `markdown-folder`, files) in a folder (an absolute path), under a name with
   * today's date; nothing that is there is written over. `notes`: whether the reader's notes, tags and marks go with
   * them where the format has a place for such. `export.progress` events tell how far it is.
   * @returns where it was written, and how many papers; `trouble`: which pictures of notes are lacking, as a sentence
   */
  'export.write': call(
    z.object({
      format: exportFormatSchema,
      papers: exportedSelectionSchema,
      notes: z.boolean(),
      folder: z.string().min(1).max(4000),
    }),
    z.object({ path: z.string(), papers: z.int().nonnegative(), trouble: z.string().optional() }),
  ),
  /** The same as text, for the clipboard. `bad-input` for more than {@link mostCited} papers and for `markdown-folder`. */
  'export.text': call(
    z.object({ format: exportFormatSchema, papers: exportedSelectionSchema, notes: z.boolean() }),
    z.object({ text: z.string(), papers: z.int().nonnegative() }),
  ),
  /** Stops the export that is under way; its call rejects with `refused`, and nothing is left of it. */
  'export.cancel': call(z.object({}), z.object({})),
  /**
   * Papers as a style cites them in a list of references: as text, and as HTML of `i`, `b`, `sup`, `sub` and `a`
   * (http and https) only, with a `br` between two papers.
   */
  'citations.format': call(
    z.object({ ids: z.array(paperIdSchema).min(1).max(mostCited), style: citationStyleSchema }),
    z.object({ text: z.string(), html: z.string() }),
  ),
  /** The citation key of a paper, which stays the same from now on. */
  'citations.key': call(z.object({ id: paperIdSchema }), z.object({ key: z.string() })),
  /**
   * Writes the Markdown files that `settings.markdownFolder` asks for now; answers when they say what the library
   * says, or with why they could not be written. Without the setting it does nothing.
   */
  'markdownFolder.update': call(
    z.object({}),
    z.object({ written: z.int().nonnegative(), trouble: z.string().nullable() }),
  ),
} as const;
