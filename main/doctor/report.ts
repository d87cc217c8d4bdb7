import * as z from 'zod';

/** What the doctor looks at, each once, in this order. */
export const checkNames = [
  'folder',
  'disk',
  'lock',
  'restoring',
  'permissions',
  'library',
  'backup',
  'journal',
  'undo',
  'generations',
  'notes',
  'images',
  'papers',
  'captures',
  'marks',
  'leftovers',
  'set-aside',
  'copies',
] as const;

/** One of {@link checkNames}. */
export type CheckName = (typeof checkNames)[number];

/** What one look came to, in plain words. Never has any text of a note in it. */
export const checkSchema = z.object({
  name: z.enum(checkNames),
  /** `warning`: worth knowing, and nothing is amiss; `problem`: something is damaged, lost or in the way. */
  state: z.enum(['ok', 'warning', 'problem']),
  /** What was found, with the path; whole sentences. */
  message: z.string(),
  /** What repairing does about it, as a whole sentence; null where there is nothing that it could do. */
  would: z.string().nullable(),
});

/** See {@link checkSchema}. */
export type Check = z.infer<typeof checkSchema>;

/** What `doctor --json` prints. */
export const doctorReportSchema = z.object({
  /** The data folder. */
  folder: z.string(),
  /** No check is a `problem`; after repairing, none is any more. The exit code is 0 then, else 1. */
  healthy: z.boolean(),
  checks: z.array(checkSchema),
  /** Only after `--repair`: what was done, in order; `checks` are of after it. */
  repaired: z.array(z.object({ name: z.enum(checkNames), done: z.string() })).optional(),
});

/** See {@link doctorReportSchema}. */
export type DoctorReport = z.infer<typeof doctorReportSchema>;
