import * as z from 'zod';
import { instantSchema } from './paper.ts';

/** Name of the format of a backup file, in its manifest. */
export const backupFormat = 'offprint-backup';

/** The ending of a backup file's name. It is a ZIP archive. */
export const backupEnding = '.offprint';

/** What a backup file says of itself. */
export const backupSummarySchema = z.object({
  madeAt: instantSchema,
  /** The version of the Offprint that made it. */
  appVersion: z.string(),
  papers: z.int().nonnegative(),
  /** Papers that the reader said something of, and those with a note. */
  marked: z.int().nonnegative(),
  notes: z.int().nonnegative(),
  sources: z.int().nonnegative(),
  views: z.int().nonnegative(),
  /** Of the file, in bytes. */
  bytes: z.int().nonnegative(),
});

/** See {@link backupSummarySchema}. */
export type BackupSummary = z.infer<typeof backupSummarySchema>;

/** Backups that are made by themselves into a folder of the reader's. */
export const copiesSchema = z.object({
  /** An absolute path. */
  folder: z.string().min(1).max(4000),
  every: z.enum(['day', 'week']),
  /** How many of them stay; older ones of ours go. */
  keep: z.int().min(1).max(100),
});

/** See {@link copiesSchema}. */
export type Copies = z.infer<typeof copiesSchema>;
