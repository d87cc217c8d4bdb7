import * as z from 'zod';
import { type BackupSummary, backupFormat } from '../../shared/backup.ts';
import { instantSchema } from '../../shared/paper.ts';
import { migrations } from '../corpus/migrations.ts';
import { currentSchema } from '../store/library-file.ts';

/** The layout of backup files that this program writes. What has a greater number is left alone. */
export const currentBackupSchema = 1;

/** The last entry of a backup file, which says what the others must be. */
export const manifestName = 'manifest.json';

/** Largest manifest that is read, in bytes: of some hundred thousand files. */
export const largestManifest = 64 * 1024 * 1024;

/** Why a backup was made: because somebody asked, by the clock, or before another took the library's place. */
const backupReasons = ['asked', 'copy', 'restore'] as const;

/** One of the reasons. */
export type BackupReason = (typeof backupReasons)[number];

const entrySchema = z.object({
  name: z.string().min(1).max(500),
  /** In bytes, unpacked. */
  size: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A file in a backup: its name, its size and the SHA-256 of its bytes. */
export type BackupEntry = z.infer<typeof entrySchema>;

const countsSchema = z.object({
  papers: z.int().nonnegative(),
  marked: z.int().nonnegative(),
  notes: z.int().nonnegative(),
  sources: z.int().nonnegative(),
  views: z.int().nonnegative(),
});

/** How much of everything there is. See `backupSummarySchema`. */
export type BackupCounts = z.infer<typeof countsSchema>;

/** What `manifest.json` says. */
export const manifestSchema = z.object({
  format: z.literal(backupFormat),
  schema: z.literal(currentBackupSchema),
  madeAt: instantSchema,
  appVersion: z.string().max(100),
  reason: z.enum(backupReasons),
  /** `copiesId` of the settings of the library that a copy is of; null for other backups. */
  copyOf: z.string().max(100).nullable(),
  /** The layouts of the library's files and of `corpus.db`; null where there is no `corpus.db`. */
  layouts: z.object({ library: z.int().positive(), corpus: z.int().nonnegative().nullable() }),
  counts: countsSchema,
  entries: z.array(entrySchema),
});

/** See {@link manifestSchema}. */
export type Manifest = z.infer<typeof manifestSchema>;

/** What tells any manifest, those of newer programs included. */
export const anyManifestSchema = z.object({
  format: z.literal(backupFormat),
  schema: z.int().positive(),
  appVersion: z.string().max(100).catch('?'),
});

/** The layouts that this program knows: it reads these and all before them. */
export const knownLayouts = { library: currentSchema, corpus: migrations.length };

/** What a manifest says to a person. @param bytes the length of the file it is in */
export function summaryOf({ madeAt, appVersion, counts }: Manifest, bytes: number): BackupSummary {
  return { madeAt, appVersion, ...counts, bytes };
}
