import * as z from 'zod';
import { copiesSchema } from './backup.ts';
import { citationStyleSchema } from './export-formats.ts';
import { instantSchema } from './paper.ts';

/** Every column the list can show and sort by; `order` is the page's own order. */
export const columnIds = [
  'order',
  'status',
  'starred',
  'title',
  'authors',
  'published',
  'source',
  'tags',
  'note',
  'added',
  'changed',
  'votes',
  'venue',
] as const;

/** One of {@link columnIds}. */
export const columnIdSchema = z.enum(columnIds);

/** See {@link columnIdSchema}. */
export type ColumnId = z.infer<typeof columnIdSchema>;

/** Sort keys, most significant first; empty means relevance for words, else page order. */
export const sortSchema = z.array(z.object({ field: columnIdSchema, desc: z.boolean() })).max(columnIds.length);

/** See {@link sortSchema}. */
export type Sort = z.infer<typeof sortSchema>;

/** Bounds of the desktop window in device-independent pixels. */
export const windowBoundsSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
  fullScreen: z.boolean().optional(),
});

/** See {@link windowBoundsSchema}. */
export type WindowBounds = z.infer<typeof windowBoundsSchema>;

/** A language as BCP 47 names it: `en-GB`. */
export const languageSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/);

/** Bounds of the size of the type, in percent of the usual one, and by how much a command changes it. */
export const leastReadingSize = 70;
export const mostReadingSize = 200;
export const readingSizeStep = 10;

/** Bounds of the width of the text, in characters. */
export const leastMeasure = 40;
export const mostMeasure = 100;

/** How abstracts and notes are set. */
export const readingSchema = z.object({
  /** Size of the type, in percent of the usual one. */
  size: z.int().min(leastReadingSize).max(mostReadingSize).default(100),
  /** Width of the text, in characters of about the average width. */
  measure: z.int().min(leastMeasure).max(mostMeasure).default(66),
});

/** See {@link readingSchema}. */
export type Reading = z.infer<typeof readingSchema>;

/**
 * A text that notes begin with. `{{title}}`, `{{authors}}`, `{{year}}`, `{{key}}`, `{{link}}`, `{{abstract}}`
 * and `{{today}}` stand for what the paper has.
 */
export const noteTemplateSchema = z.object({ name: z.string().trim().min(1).max(100), text: z.string().max(20_000) });

/** See {@link noteTemplateSchema}. */
export type NoteTemplate = z.infer<typeof noteTemplateSchema>;

/** A folder that has a Markdown file for each of some papers, kept up to date on each change. */
export const markdownFolderSchema = z.object({
  folder: z.string().min(1).max(4000),
  /** Which papers: those with a note, those that the reader has touched in any way, or all. */
  papers: z.enum(['notes', 'touched', 'all']),
});

/** See {@link markdownFolderSchema}. */
export type MarkdownFolder = z.infer<typeof markdownFolderSchema>;

/** Pattern of citation keys that is used unless the reader has another; see `main/citations/`. */
export const usualKeyPattern = '[auth][year][title1]';

/** What the program remembers about itself. Every field has a default, so `{}` is valid. */
export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  density: z.enum(['compact', 'comfortable']).default('compact'),
  /** Pane sizes: `views` in pixels, the others in percent of what they divide. */
  panes: z
    .object({
      views: z.number().min(0).max(600).default(200),
      reader: z.number().min(10).max(90).default(42),
      note: z.number().min(5).max(90).default(28),
      viewsCollapsed: z.boolean().default(false),
      readerCollapsed: z.boolean().default(false),
    })
    .prefault({}),
  columns: z
    .object({
      order: z.array(columnIdSchema).max(100).default(['status', 'starred', 'title', 'tags', 'note', 'added']),
      widths: z.partialRecord(columnIdSchema, z.number().min(24).max(2000)).default({}),
    })
    .prefault({}),
  sort: sortSchema.default([]),
  /** Tags that do not show the tags nested in them. */
  foldedTags: z.array(z.string().max(200)).max(10_000).default([]),
  view: z.string().max(300).default('inbox'),
  /** Mark a paper read after it was open this many seconds; null is never. */
  markReadAfter: z.int().min(1).max(600).nullable().default(null),
  window: windowBoundsSchema.nullable().default(null),
  /** Show how many papers are unread on the dock or the taskbar. */
  badge: z.boolean().default(false),
  /** Languages (BCP 47) that notes are checked in; null: not at all. */
  spelling: z.array(languageSchema).min(1).max(10).nullable().default(null),
  /** Ask the release feed now and then whether there is a newer version. */
  updates: z.boolean().default(false),
  reading: readingSchema.prefault({}),
  /** What `y` copies. */
  citationStyle: citationStyleSchema.default('apa'),
  /** How citation keys are made for papers that came without one. */
  citationKeys: z.string().min(1).max(200).default(usualKeyPattern),
  noteTemplates: z.array(noteTemplateSchema).max(50).default([]),
  markdownFolder: markdownFolderSchema.nullable().default(null),
  /** Backups that are made by themselves; null for none. */
  copies: copiesSchema.nullable().default(null),
  /** When the last of them was made. */
  copiedAt: instantSchema.nullable().default(null),
  /** Names this library on this machine in those copies, so that none but its own ever go. */
  copiesId: z.uuid().nullable().default(null),
  /** When the bundled capture was taken in, so that it is taken in once. */
  bundledAt: instantSchema.nullable().default(null),
});

/** See {@link settingsSchema}. */
export type Settings = z.infer<typeof settingsSchema>;

/** A change of settings: any of the fields, whole. */
export const settingsChangeSchema = z
  .object({
    theme: settingsSchema.shape.theme.unwrap(),
    density: settingsSchema.shape.density.unwrap(),
    // Without their defaults, or a change of one field would reset these two.
    panes: settingsSchema.shape.panes.unwrap(),
    columns: settingsSchema.shape.columns.unwrap(),
    sort: sortSchema,
    foldedTags: settingsSchema.shape.foldedTags.unwrap(),
    view: z.string().max(300),
    markReadAfter: settingsSchema.shape.markReadAfter.unwrap(),
    window: windowBoundsSchema.nullable(),
    badge: z.boolean(),
    spelling: settingsSchema.shape.spelling.unwrap(),
    updates: z.boolean(),
    reading: settingsSchema.shape.reading.unwrap(),
    citationStyle: citationStyleSchema,
    citationKeys: z.string().min(1).max(200),
    noteTemplates: z.array(noteTemplateSchema).max(50),
    markdownFolder: markdownFolderSchema.nullable(),
    copies: copiesSchema.nullable(),
  })
  .partial();

/** See {@link settingsChangeSchema}. */
export type SettingsChange = z.infer<typeof settingsChangeSchema>;
