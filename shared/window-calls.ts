import * as z from 'zod';
import { call } from './call.ts';
import { paperIdSchema } from './paper.ts';

/** What a window takes up again when its page is loaded anew: the paper in the reader and the search. */
export const rememberedSchema = z.object({ paper: paperIdSchema.nullable(), query: z.string().max(10_000) });

/** See {@link rememberedSchema}. */
export type Remembered = z.infer<typeof rememberedSchema>;

/**
 * What a window shows, for when its page is loaded anew. Held in memory while the library is open and nowhere
 * else: a browser would write it into its own files, and a search may have the words of a note. Likewise what
 * has been read of what there was to tell.
 */
export const windowCalls = {
  /** Remembers what a window shows; of many windows, the last ones. */
  'window.remember': call(z.object({ window: z.uuid(), shown: rememberedSchema }), z.object({})),
  /** What a window showed last, or null. */
  'window.remembered': call(z.object({ window: z.uuid() }), z.object({ shown: rememberedSchema.nullable() })),
  /** Says that these of `state.notices` have been read: no window shows them any more, nor when it is loaded anew. */
  'notices.read': call(z.object({ notices: z.array(z.string().max(100_000)).max(1000) }), z.object({})),
} as const;
