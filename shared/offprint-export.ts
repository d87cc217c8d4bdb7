import * as z from 'zod';
import {
  dateSchema,
  instantSchema,
  linkSchema,
  paperIdSchema,
  paperSchema,
  sourceSchema,
  statusSchema,
  versionSchema,
} from './paper.ts';

/** Name of the format of Offprint's own export, in its first line. */
export const exportFormat = 'offprint-export';

/** The number of the layout that this program writes; it reads this one and every earlier one. */
export const exportSchemaNumber = 1;

/** First line of an export. */
export const exportHeaderSchema = z.object({
  format: z.literal(exportFormat),
  schema: z.int().positive(),
  /** Milliseconds since 1970. */
  exportedAt: instantSchema,
});

/** Last line of an export: without it the file has been cut off. */
export const exportEndSchema = z.object({ end: z.literal(exportFormat), papers: z.int().nonnegative() });

const text = z.string().nullable().default(null);
const { shape } = paperSchema;

/**
 * One paper as a line of an export has it: everything that a library knows of it, but where a
 * query matches. Fields that are null, empty or false are left out of the line, and come back
 * when it is parsed with this schema.
 */
export const exportedPaperSchema = z.object({
  id: paperIdSchema,
  title: shape.title,
  authors: z.array(z.string()).default([]),
  abstract: text,
  published: dateSchema.nullable().default(null),
  updated: dateSchema.nullable().default(null),
  arxivId: text,
  doi: text,
  categories: z.array(z.string()).default([]),
  venue: text,
  journalReference: text,
  comment: text,
  links: z.array(linkSchema).default([]),
  votes: z.int().nullable().default(null),
  comments: z.int().nullable().default(null),
  keywords: z.array(z.string()).default([]),
  summary: text,
  versions: z.array(versionSchema).default([]),
  citationKey: text,
  kind: text,
  status: statusSchema.default('unread'),
  starred: z.boolean().default(false),
  tags: z.array(z.string()).default([]),
  note: z.string().default(''),
  /** When the reader last changed anything of it, and its note. */
  changedAt: instantSchema.nullable().default(null),
  noteChangedAt: instantSchema.nullable().default(null),
  highlights: shape.highlights.default([]),
  addedAt: instantSchema,
  aliases: z.array(paperIdSchema).default([]),
  sources: z.array(sourceSchema.omit({ id: true, count: true }).extend({ place: z.string() })).default([]),
  revisions: shape.revisions.default([]),
});

/** See {@link exportedPaperSchema}. A `Paper` is one, too. */
export type ExportedPaper = z.infer<typeof exportedPaperSchema>;
