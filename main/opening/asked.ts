import * as z from 'zod';

/**
 * One thing that Offprint was asked to open, as it came. A `path` is only ever a path and a `link` only ever a link;
 * an `argument` of a command line can be either.
 */
export const askedSchema = z.object({ kind: z.enum(['argument', 'path', 'link']), text: z.string() });

/** See {@link askedSchema}. */
export type Asked = z.infer<typeof askedSchema>;

/** Most things that are looked at of what was asked for in one go. */
export const mostAsked = 10_000;
