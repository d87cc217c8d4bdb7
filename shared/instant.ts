import * as z from 'zod';

/** Milliseconds since 1970, as `Date.now()` gives them. */
export const instantSchema = z.int();
