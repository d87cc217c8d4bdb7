import * as z from 'zod';
import { backupSummarySchema } from './backup.ts';
import { call } from './call.ts';
import { differenceSchema, generationSchema } from './generations.ts';
import { deletedNoteSchema, noteVersionSchema } from './note-versions.ts';
import { paperIdSchema } from './paper.ts';

const nothing = z.object({});
const generation = generationSchema.shape.id;

/** Most papers or notes that one of these calls answers with. */
export const mostKept = 200;

const page = { offset: z.int().nonnegative(), limit: z.int().min(1).max(mostKept) };

/** The calls that bring back what was: earlier states of the library, past versions of notes, backups. */
export const keepingCalls = {
  /** The earlier states that are kept, newest first. */
  'generations.list': call(nothing, z.object({ generations: z.array(generationSchema), folder: z.string() })),
  /** Keeps the state of now, unless the newest one kept is the same; answers with that one. */
  'generations.take': call(nothing, generationSchema),
  /**
   * Looks into an earlier state: papers `[offset, offset + limit)` of those of which it says something else
   * than the library does now and that have `find` in their title or in the note on either side, by title;
   * and how many saved views, colours of tags and merged papers are others.
   */
  'generations.compare': call(
    z.object({ id: generation, find: z.string().max(1000), ...page }),
    z.object({
      generation: generationSchema,
      total: z.int().nonnegative(),
      differences: z.array(differenceSchema),
      views: z.int().nonnegative(),
      tagColours: z.int().nonnegative(),
      merges: z.int().nonnegative(),
    }),
  ),
  /**
   * Makes the library say what an earlier state says: of these papers, or (null) of everything but
   * settings. The state of now is kept first, and Undo takes it back in one step.
   */
  'generations.restore': call(
    z.object({ id: generation, ids: z.array(paperIdSchema).max(10_000).nullable() }),
    z.object({ changed: z.int().nonnegative(), label: z.string() }),
  ),

  /** The texts that a paper's note had before the one it has, newest first. */
  'notes.versions': call(z.object({ id: paperIdSchema }), z.object({ versions: z.array(noteVersionSchema) })),
  /** One of them, whole. `not-found` when it is not kept (any more). */
  'notes.version': call(
    z.object({ id: paperIdSchema, version: noteVersionSchema.shape.version }),
    z.object({ text: z.string() }),
  ),
  /** Papers that had a note and have none now, with the last one, the most recently deleted first. */
  'notes.deleted': call(z.object(page), z.object({ total: z.int().nonnegative(), notes: z.array(deletedNoteSchema) })),

  /**
   * Writes everything into one new file in a folder (an absolute path), under a name with today's date;
   * nothing that is there is written over. `backup.progress` events tell how far it is.
   */
  'backup.write': call(
    z.object({ folder: z.string().min(1).max(4000) }),
    z.object({ path: z.string(), bytes: z.int().nonnegative() }),
  ),
  /** What a backup file holds that was uploaded; checks all of it. `damaged`, `newer` or `bad-input` when it cannot be used. */
  'backup.preview': call(z.object({ upload: z.uuid() }), backupSummarySchema),
  /**
   * Makes the library what an uploaded backup holds, whole. What there was is written into a backup first,
   * whose path is answered, so that it can be brought back.
   */
  'backup.restore': call(z.object({ upload: z.uuid() }), z.object({ kept: z.string() })),
  /**
   * Stops the backup that is being written, checked or restored; its call rejects with `refused`, and nothing is
   * left of it. Does nothing when there is none, or when what it restores is about to take the place of what was.
   */
  'backup.cancel': call(nothing, nothing),
  /**
   * Makes the copy that `settings.copies` asks for now if one is due, without waiting for the next look; answers
   * when it is made, or why it could not be, as `state.copies.trouble` does.
   */
  'backup.copy': call(nothing, z.object({ trouble: z.string().nullable() })),

  /** Shows the data folder in the system's file manager; false where this host cannot. */
  'data.show': call(nothing, z.object({ shown: z.boolean() })),
  /**
   * Lets the reader choose a folder in the system's own dialog, which begins at `at` (an absolute path); null
   * when they choose none. Only the desktop window has such a dialog: elsewhere it is always null.
   */
  'folder.choose': call(z.object({ at: z.string().max(4000).nullable() }), z.object({ folder: z.string().nullable() })),
} as const;

/** How far the writing, checking or restoring of a backup is, from 0 to 1. */
export const backupProgressSchema = z.object({
  phase: z.enum(['writing', 'checking', 'restoring']),
  done: z.number().min(0).max(1),
});

/** How far the papers are with being read again from the files they came from. */
export const rebuildingSchema = z.object({ done: z.number().min(0).max(1), papers: z.int().nonnegative() });
