import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { keptFileSchema } from './kept-file.ts';
import { unusableSchema } from './open-mark.ts';

/** What could not be read again. */
const lostSchema = z.object({
  /** What the source is called, and its file in `captures/`. */
  name: z.string(),
  file: z.string().nullable(),
  /** Completes "“library.bib” could not be read again: …"; without a full stop. */
  reason: z.string(),
  /** Some of its papers are back all the same. */
  partly: z.boolean(),
});

/** See {@link lostSchema}. */
export type LostSource = z.infer<typeof lostSchema>;

/** How far a database is with being made anew. */
const rebuildingSchema = z.object({
  /** What was the matter with the one before, and the path that it was set aside to; null where there was none. */
  why: unusableSchema,
  setAside: z.string().nullable(),
  /**
   * Where it is known from what there was: the list of sources, what could be read of the old
   * database, or nothing but the files themselves.
   */
  from: z.enum(['list', 'database', 'captures']),
  /** Whether the imports, removals and merges before can still be taken back. */
  changesKnown: z.boolean(),
  /** Numbers of sources that wait, in order; `position`: records of the first one that are in already. */
  sources: z.array(z.int()),
  position: z.int().nonnegative(),
  /** Files of `captures/` that wait and of which nothing else is known. */
  captures: z.array(z.string()),
  /** What is kept of removed sources, for when all others are in. */
  kept: keptFileSchema.nullable(),
  lost: z.array(lostSchema),
});

/** See {@link rebuildingSchema}. */
export type Rebuilding = z.infer<typeof rebuildingSchema>;

/** How far a database is with being made anew; null when it is whole. */
export function readRebuilding(database: DatabaseSync): Rebuilding | null {
  const text = database.prepare("SELECT value FROM meta WHERE name = 'rebuilding'").get()?.['value'];
  return text === undefined ? null : rebuildingSchema.parse(JSON.parse(String(text)));
}

/** Writes down how far it is, in the caller's transaction; null when it is whole. */
export function writeRebuilding(database: DatabaseSync, rebuilding: Rebuilding | null): void {
  if (rebuilding === null) database.exec("DELETE FROM meta WHERE name = 'rebuilding'");
  else database.prepare("INSERT OR REPLACE INTO meta VALUES ('rebuilding', ?)").run(JSON.stringify(rebuilding));
}
