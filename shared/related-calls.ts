import * as z from 'zod';
import { call } from './call.ts';
import { paperIdSchema, rowSchema } from './paper.ts';

/** Most neighbours that one answer names. */
export const mostRelated = 50;

/** A paper near to another one, and what makes it so. */
export const relatedPaperSchema = rowSchema
  .pick({
    id: true,
    title: true,
    authors: true,
    published: true,
    status: true,
    starred: true,
  })
  .extend({
    /** How near, from 0 to 1 beside the nearest that there could be: the paper itself. Only for sorting and telling. */
    score: z.number().min(0).max(1),
    /** Words of both as they are written there, those that say the most first; at most eight. */
    words: z.array(z.string()),
  });

/** See {@link relatedPaperSchema}. */
export type RelatedPaper = z.infer<typeof relatedPaperSchema>;

/** The calls about what is near to a paper. */
export const relatedCalls = {
  /** The papers of the library that are the most similar to one, the nearest first. `not-found` where there is no such paper. */
  'papers.related': call(
    z.object({ id: paperIdSchema, limit: z.int().min(1).max(mostRelated) }),
    z.object({ papers: z.array(relatedPaperSchema) }),
  ),
} as const;
