import * as z from 'zod';
import { highlightSchema } from './highlights.ts';
import { instantSchema } from './instant.ts';

export { instantSchema };

/** The five reading statuses, in the order of the status control. */
export const statuses = ['unread', 'queued', 'reading', 'read', 'skipped'] as const;

/** A reading status; `queued` is shown as "To read". */
export const statusSchema = z.enum(statuses);

/** See {@link statusSchema}. */
export type Status = z.infer<typeof statusSchema>;

/** What the interface calls each status. */
export const statusLabels: Record<Status, string> = {
  unread: 'Unread',
  queued: 'To read',
  reading: 'Reading',
  read: 'Read',
  skipped: 'Skipped',
};

/**
 * A paper's identity, the same on every machine: `arxiv:2306.12345` without a version, else
 * `doi:10.…` in lower case, else `title:` and a hash of the normalised title.
 */
export const paperIdSchema = z
  .string()
  .max(500)
  .regex(/^(arxiv|doi|title):\S+$/, 'a paper id starts with arxiv:, doi: or title:');

/** See {@link paperIdSchema}. */
export type PaperId = z.infer<typeof paperIdSchema>;

/** A tag: 1 to 100 characters, no line breaks, commas or double quotes, no surrounding space. */
export const tagSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc},"]+$/u, 'a tag has no commas, quotation marks or line breaks');

/** Colours of tags, by name; the interface has a light and a dark shade of each. */
export const tagColours = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink', 'grey'] as const;

/** One of {@link tagColours}. */
export const tagColourSchema = z.enum(tagColours);

/** See {@link tagColourSchema}. */
export type TagColour = z.infer<typeof tagColourSchema>;

/** Longest note kept, in UTF-16 units: far above any real note, far below what would hurt. */
export const longestNote = 1_000_000;

/** A half-open range `[from, to)` of UTF-16 units in a text, marking a search match. */
export const rangeSchema = z.tuple([z.int().nonnegative(), z.int().nonnegative()]);

/** See {@link rangeSchema}. */
export type TextRange = z.infer<typeof rangeSchema>;

/** A date as far as it is known: `2024`, `2024-06` or `2024-06-12`. */
export const dateSchema = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/);

/** What a link leads to: the page about the paper, its text, its code, the project's page, or anything else. */
export const linkKinds = ['abstract', 'pdf', 'code', 'project', 'other'] as const;

/** A link that came with a paper: http or https only. */
export const linkSchema = z.object({
  kind: z.enum(linkKinds),
  label: z.string(),
  url: z.url({ protocol: /^https?$/ }),
});

/** See {@link linkSchema}. */
export type PaperLink = z.infer<typeof linkSchema>;

/** One version of a preprint: `v1` and when it was submitted, as far as it is known. */
export const versionSchema = z.object({ name: z.string(), date: dateSchema.nullable() });

/** See {@link versionSchema}. */
export type PaperVersion = z.infer<typeof versionSchema>;

/** Where a paper came from: one imported file or text. */
export const sourceSchema = z.object({
  id: z.int().positive(),
  /** The file's name, or what the text was called. */
  name: z.string(),
  format: z.string(),
  /** What a reader calls the format: "a BibTeX file". */
  formatLabel: z.string(),
  importedAt: instantSchema,
  /** Papers that this source holds. */
  count: z.int().nonnegative(),
});

/** See {@link sourceSchema}. */
export type Source = z.infer<typeof sourceSchema>;

/** What the reader has said about a paper. The defaults hold for a paper never touched. */
export const marksSchema = z.object({
  status: statusSchema,
  starred: z.boolean(),
  tags: z.array(z.string()),
  hasNote: z.boolean(),
  /** When the reader last changed anything of it, or null. */
  changedAt: instantSchema.nullable(),
});

/** See {@link marksSchema}. */
export type Marks = z.infer<typeof marksSchema>;

/** One row of the list. */
export const rowSchema = marksSchema.extend({
  id: paperIdSchema,
  title: z.string(),
  /** Where the query's words stand in `title`. */
  titleMatches: z.array(rangeSchema),
  authors: z.array(z.string()),
  published: dateSchema.nullable(),
  addedAt: instantSchema,
  /** Names of the sources that hold it, newest first. */
  sources: z.array(z.string()),
  /** Votes at capture. */
  votes: z.int().nullable(),
  venue: z.string().nullable(),
  /** The first 240 characters of the abstract, for the comfortable density; empty if none. */
  excerpt: z.string(),
});

/** See {@link rowSchema}. */
export type Row = z.infer<typeof rowSchema>;

/** Everything known of one paper, the reader's note included. */
export const paperSchema = rowSchema.omit({ excerpt: true, sources: true }).extend({
  abstract: z.string().nullable(),
  abstractMatches: z.array(rangeSchema),
  arxivId: z.string().nullable(),
  doi: z.string().nullable(),
  /** When the text that is shown appeared, where a source says so. */
  updated: dateSchema.nullable(),
  /** arXiv categories, the primary one first. */
  categories: z.array(z.string()),
  journalReference: z.string().nullable(),
  /** What the authors remark: "12 pages, 3 figures". */
  comment: z.string().nullable(),
  links: z.array(linkSchema),
  /** Comments at capture. */
  comments: z.int().nullable(),
  keywords: z.array(z.string()),
  /** A summary that a machine wrote; must be marked as such. */
  summary: z.string().nullable(),
  versions: z.array(versionSchema),
  citationKey: z.string().nullable(),
  kind: z.string().nullable(),
  /** Where it came from, newest first, with the line or record that it stands at. */
  sources: z.array(sourceSchema.omit({ count: true }).extend({ place: z.string() })),
  /** Abstracts that a newer version has replaced, newest first, and the source that brought each. */
  revisions: z.array(z.object({ abstract: z.string(), source: z.string(), importedAt: instantSchema })),
  /** Other ids that the paper is known by. */
  aliases: z.array(paperIdSchema),
  note: z.string(),
  /** Where the query's words stand in `note`. */
  noteMatches: z.array(rangeSchema),
  noteChangedAt: instantSchema.nullable(),
  /** What is highlighted in `abstract`, or was in one before it, in the order of the text. */
  highlights: z.array(highlightSchema),
});

/** See {@link paperSchema}. */
export type Paper = z.infer<typeof paperSchema>;
