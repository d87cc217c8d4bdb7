import * as z from 'zod';
import { call } from './call.ts';
import { paperIdSchema } from './paper.ts';

/** What a window takes up again when its page is loaded anew: the paper in the reader and the search. */
export const rememberedSchema = z.object({ paper: paperIdSchema.nullable(), query: z.string().max(10_000) });

/** See {@link rememberedSchema}. */
export type Remembered = z.infer<typeof rememberedSchema>;

/**
 * What a window shows, for when its page is loaded anew. Held in memory while the library is open and nowhere
 * else: a browser would write it into its own files, and a search may have the words of a note.
 */
export const windowCalls = {
  /** Remembers what a window shows; of many windows, the last ones. */
  'window.remember': call(z.object({ window: z.uuid(), shown: rememberedSchema }), z.object({})),
  /** What a window showed last, or null. */
  'window.remembered': call(z.object({ window: z.uuid() }), z.object({ shown: rememberedSchema.nullable() })),
} as const;
