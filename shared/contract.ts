import * as z from 'zod';
import { type Call, call } from './call.ts';
import { commandIdSchema } from './commands.ts';
import { exportCalls, exportProgressSchema } from './export-calls.ts';
import { hostCalls, hostEvents } from './host-calls.ts';
import { backupProgressSchema, keepingCalls, rebuildingSchema } from './keeping-calls.ts';
import { mostOver, notePrintSchema } from './note-print.ts';
import { notesCalls } from './notes-calls.ts';
import {
  instantSchema,
  longestNote,
  paperIdSchema,
  paperSchema,
  rowSchema,
  sourceSchema,
  statusSchema,
  tagColourSchema,
  tagSchema,
} from './paper.ts';
import { relatedCalls } from './related-calls.ts';
import { settingsChangeSchema, settingsSchema, sortSchema } from './settings.ts';
import { savedViewSchema } from './views.ts';
import { windowCalls } from './window-calls.ts';

/** Most rows in one answer; the renderer asks for a window, never for the library. */
export const mostRows = 500;

/** Most papers that one call may name one by one. */
export const mostIds = 10_000;

/** Longest query, in UTF-16 units. */
export const longestQuery = 10_000;

const nothing = z.object({});

/** How many papers each built-in view holds. */
export const countsSchema = z.object({
  inbox: z.int(),
  queued: z.int(),
  reading: z.int(),
  read: z.int(),
  skipped: z.int(),
  starred: z.int(),
  notes: z.int(),
  all: z.int(),
});

/** See {@link countsSchema}. */
export type Counts = z.infer<typeof countsSchema>;

/** What the frame of the window shows, whole. */
export const libraryStateSchema = z.object({
  /** Grows with every change; an older state must not replace a newer one. */
  version: z.int(),
  counts: countsSchema,
  /**
   * By name. `count` is of papers with just this tag; `total` also of those with one nested in it, each
   * once: what its view shows. A tag that only has others nested in it is here too, with a count of 0.
   */
  tags: z.array(z.object({ name: z.string(), count: z.int(), total: z.int(), colour: tagColourSchema.nullable() })),
  /** Saved views in the reader's order; `count` is null while it is being counted. */
  views: z.array(savedViewSchema.extend({ count: z.int().nullable() })),
  sources: z.array(sourceSchema),
  /** Groups of papers that may be the same; see `duplicates.list`. */
  duplicates: z.int().nonnegative(),
  settings: settingsSchema,
  dataFolder: z.string(),
  appVersion: z.string(),
  /** What happened at opening and since that the reader should know, in plain words, until `notices.read`. */
  notices: z.array(z.string()),
  /** Why nothing can be changed, as a whole sentence; null when all can be. Stays while the library is open. */
  readOnly: z.string().nullable(),
  /** How far the papers are with being read again from the files they came from; null when they are not. */
  rebuilding: rebuildingSchema.nullable(),
  /** When the last of the copies that `settings.copies` asks for was made, and why the next could not be. */
  copies: z.object({ lastAt: instantSchema.nullable(), trouble: z.string().nullable() }),
  /** What Undo and Redo would do, in words, or null. */
  undo: z.string().nullable(),
  redo: z.string().nullable(),
});

/** See {@link libraryStateSchema}. */
export type LibraryState = z.infer<typeof libraryStateSchema>;

/** Papers, named one by one or as index ranges `[from, to)` of a result set. */
export const selectionSchema = z.union([
  z.object({ ids: z.array(paperIdSchema).max(mostIds) }),
  z.object({ result: z.int(), ranges: z.array(z.tuple([z.int().nonnegative(), z.int().positive()])).max(10_000) }),
]);

/** See {@link selectionSchema}. */
export type Selection = z.infer<typeof selectionSchema>;

/** What to set on the selected papers; a field left out stays as it is. */
export const markChangeSchema = z
  .object({
    status: statusSchema,
    starred: z.boolean(),
    addTags: z.array(tagSchema).max(50),
    removeTags: z.array(tagSchema).max(50),
  })
  .partial();

/** See {@link markChangeSchema}. */
export type MarkChange = z.infer<typeof markChangeSchema>;

/** A record that was left out: `where` names the line or record. */
export const skippedSchema = z.object({ where: z.string(), reason: z.string() });

/** Most skipped records that one answer names; `skippedCount` counts them all. */
export const mostSkippedNamed = 1000;

/** What became of one imported file, or would. */
export const importedFileSchema = z.object({
  /** The path, or what the text is called. */
  path: z.string(),
  format: z.string(),
  /** What a reader calls the format: "a BibTeX file". */
  formatLabel: z.string(),
  new: z.int().nonnegative(),
  merged: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  skippedCount: z.int().nonnegative(),
  skipped: z.array(skippedSchema).max(mostSkippedNamed),
});

/** See {@link importedFileSchema}. */
export type ImportedFile = z.infer<typeof importedFileSchema>;

/** A file that could not be imported, and why. */
export const failedFileSchema = z.object({ path: z.string(), reason: z.string() });

/** What became of everything that was imported in one go, or would. */
export const importReportSchema = z.object({
  files: z.array(importedFileSchema),
  failures: z.array(failedFileSchema),
  total: z.object({
    new: z.int().nonnegative(),
    merged: z.int().nonnegative(),
    unchanged: z.int().nonnegative(),
    skipped: z.int().nonnegative(),
  }),
});

/** See {@link importReportSchema}. */
export type ImportReport = z.infer<typeof importReportSchema>;

/** What an import would bring: nothing has been written yet. */
export const importPreviewSchema = importReportSchema.extend({
  /** Some of what would come in: new papers first, then merged ones. */
  sample: z.array(
    z.object({
      outcome: z.enum(['new', 'merged']),
      title: z.string(),
      authors: z.array(z.string()),
      published: z.string().nullable(),
      excerpt: z.string(),
      where: z.string(),
    }),
  ),
  /** Papers for which the files hold a note, tags, a status or a star that the reader has not given themselves. */
  marked: z.int().nonnegative(),
});

/** See {@link importPreviewSchema}. */
export type ImportPreview = z.infer<typeof importPreviewSchema>;

/** How far an import is. */
export const importProgressSchema = z.object({
  job: z.int(),
  /** `reading`: before the preview; `writing`: after Confirm. */
  phase: z.enum(['reading', 'writing']),
  /** The file being read, and which one of how many it is, from 1. */
  file: z.string(),
  index: z.int(),
  files: z.int(),
  /** From 0 to 1, over all files. */
  done: z.number().min(0).max(1),
  /** Papers read or written so far. */
  papers: z.int().nonnegative(),
});

/** See {@link importProgressSchema}. */
export type ImportProgress = z.infer<typeof importProgressSchema>;

/** Bytes of a file given to the library in one call, before base64. */
export const uploadPiece = 4 * 1024 * 1024;

/** Largest file taken in, in bytes: far above any library, below what fills a disk by accident. */
export const largestFile = 64 * 1024 * 1024 * 1024;

/** Something that changed which papers there are, and that can be taken back. */
export const libraryChangeSchema = z.object({
  id: z.int(),
  at: instantSchema,
  kind: z.enum(['import', 'remove', 'merge']),
  /** In words: "Imported 55 papers from library.bib". */
  label: z.string(),
  undone: z.boolean(),
  /** Sources that an import brought. */
  sources: z.array(z.int()),
});

/** See {@link libraryChangeSchema}. */
export type LibraryPaperChange = z.infer<typeof libraryChangeSchema>;

/** Papers that may be the same, and why it is thought so. */
export const duplicatesSchema = z.object({
  papers: z.array(paperSchema).min(2),
  reason: z.string(),
});

/** See {@link duplicatesSchema}. */
export type Duplicates = z.infer<typeof duplicatesSchema>;

/**
 * Every call between a window and the library. The preload script, the IPC handlers, the HTTP
 * routes and the client are all derived from this object: a call is declared here and nowhere
 * else.
 */
export const contract = {
  /** The state of the frame: counts, tags, sources, settings. Costs the same at any size. */
  'library.state': call(nothing, libraryStateSchema),

  /**
   * Opens a result set: the papers of `view` that match `query`, sorted. Answers with the first
   * `limit` rows. The set stays as it is until closed, so rows do not jump when papers change.
   *
   * `complete` is false while the rest is still being read; `total` is then what has been counted so
   * far, and `list.settled` answers with the true one. `order` is how the rows stand: by `relevance`,
   * by the `sort` that was asked for (or the page's own order); or by `title`: where too many match for a
   * ranking to mean anything, those with all words in the title or the note come first, then the
   * others, each in page order.
   */
  'list.open': call(
    z.object({
      view: z.string().max(300),
      query: z.string().max(longestQuery),
      sort: sortSchema,
      limit: z.int().min(0).max(mostRows),
    }),
    z.object({
      result: z.int(),
      total: z.int(),
      complete: z.boolean(),
      order: z.enum(['relevance', 'title', 'sort']),
      rows: z.array(rowSchema),
    }),
  ),
  /** How many papers a result set holds, once it has been read to its end. `not-found` once closed. */
  'list.settled': call(z.object({ result: z.int() }), z.object({ total: z.int() })),
  /** Rows `[offset, offset + limit)` of a result set, with today's status. `not-found` once closed. */
  'list.rows': call(
    z.object({ result: z.int(), offset: z.int().nonnegative(), limit: z.int().min(1).max(mostRows) }),
    z.object({ rows: z.array(rowSchema) }),
  ),
  /** Where a paper stands in a result set, or null. */
  'list.indexOf': call(z.object({ result: z.int(), id: paperIdSchema }), z.object({ index: z.int().nullable() })),
  /** Forgets a result set. The library also forgets the oldest by itself. */
  'list.close': call(z.object({ result: z.int() }), nothing),

  /**
   * Why a query finds nothing in a view. `without`: what it would find without one of its parts (a
   * piece of its text), the most first, only where that is something; where it never is, without
   * several. `spelling`: words of the library near to one that it does not have, or a clause near to a
   * word that is none (`is:stared`), the likeliest first, and the query with it put right.
   */
  'search.help': call(
    z.object({ view: z.string().max(300), query: z.string().max(longestQuery) }),
    z.object({
      without: z.array(z.object({ part: z.string(), query: z.string(), total: z.int().positive() })),
      spelling: z.array(
        z.object({ word: z.string(), suggestion: z.string(), query: z.string(), total: z.int().positive() }),
      ),
    }),
  ),
  /** Values that papers have in a field and that begin with a text (each word of an author's name may), the most frequent first. */
  'search.values': call(
    z.object({ field: z.enum(['author', 'venue']), beginning: z.string().max(200), limit: z.int().min(1).max(50) }),
    z.object({ values: z.array(z.string()) }),
  ),

  /** One paper, whole; `query` says which words to mark in it. */
  'paper.get': call(z.object({ id: paperIdSchema, query: z.string().max(longestQuery) }), paperSchema),

  /** Sets status, star or tags of any number of papers in one step that Undo takes back. */
  'papers.mark': call(
    z.object({ selection: selectionSchema, change: markChangeSchema }),
    z.object({ changed: z.int(), label: z.string() }),
  ),
  /**
   * Replaces a paper's note. Answered once it is on the disk. An empty text removes the note. A paper that is not
   * in the library can have a note only if it had one before.
   * `apart`: Undo takes back just this, and not what was typed right before or after it with it.
   * `over`: the prints (`notePrint`) of what the note may say as far as whoever wrote the text knows. Where it has come
   * to say something else, which the text does not hold, nothing is changed and `instead` is what it says; with `joins`
   * the text is put below that, and `instead` is both.
   */
  'note.set': call(
    z.object({
      id: paperIdSchema,
      text: z.string().max(longestNote),
      apart: z.boolean().optional(),
      over: z.array(notePrintSchema).max(mostOver).optional(),
      joins: z.boolean().optional(),
    }),
    z.object({ changedAt: instantSchema, instead: z.string().optional() }),
  ),

  /** Saves a view: a new one (`id` null, put last) or another version of one that is there. */
  'views.save': call(savedViewSchema.extend({ id: savedViewSchema.shape.id.nullable() }), savedViewSchema),
  /** Removes a saved view; its papers stay. */
  'views.remove': call(z.object({ id: z.string().max(300) }), nothing),
  /** Puts the saved views into this order; those left out follow as they were. */
  'views.order': call(z.object({ ids: z.array(z.string().max(300)).max(1000) }), nothing),

  /**
   * Gives a tag, and every tag nested in it, another name on all papers, in one step that Undo takes
   * back. Where the other name is a tag already, the two become one.
   */
  'tags.rename': call(
    z.object({ from: z.string().max(200), to: tagSchema }),
    z.object({ changed: z.int(), label: z.string() }),
  ),
  /** Takes a tag, and every tag nested in it, from all papers. */
  'tags.remove': call(z.object({ tag: z.string().max(200) }), z.object({ changed: z.int(), label: z.string() })),
  /** Colours a tag; null takes its colour away. */
  'tags.colour': call(z.object({ tag: tagSchema, colour: tagColourSchema.nullable() }), nothing),

  /**
   * Takes back the last change, or does it again; answers with what was done, or null. Every change
   * counts: of marks, tags, notes, saved views, and imports, removals and merges. At least the last 200
   * can be taken back, in whatever session they were made.
   */
  'history.undo': call(nothing, z.object({ done: z.string().nullable() })),
  'history.redo': call(nothing, z.object({ done: z.string().nullable() })),

  'settings.set': call(settingsChangeSchema, settingsSchema),

  /** Makes room for the bytes of a file of the window's; `size` is what it will have, in bytes. */
  'upload.open': call(
    z.object({ name: z.string().min(1).max(1000), size: z.int().nonnegative().max(largestFile) }),
    z.object({ upload: z.string() }),
  ),
  /** Adds the next bytes of an upload, as base64. `bad-input` when it becomes longer than was said. */
  'upload.append': call(
    z.object({ upload: z.uuid(), base64: z.base64().max(Math.ceil(uploadPiece / 3) * 4) }),
    nothing,
  ),
  /** Throws an upload away that will not be imported. */
  'upload.discard': call(z.object({ upload: z.uuid() }), nothing),

  /**
   * Begins an import of uploads, all in one go. Answers at once; `import.progress` events follow.
   * There is one import at a time: `refused` while another is read or written. One that waits to be
   * confirmed gives way, for the window that showed it may be gone.
   */
  'import.begin': call(
    z.object({ uploads: z.array(z.uuid()).min(1).max(10_000), format: z.string().max(100).nullable() }),
    z.object({ job: z.int() }),
  ),
  /**
   * Answers when the import has been read; nothing is written yet. May be asked for again, by a window
   * that learns of the import from its progress. `refused` when it is cancelled meanwhile.
   */
  'import.preview': call(z.object({ job: z.int() }), importPreviewSchema),
  /**
   * Writes what was previewed, all of it or none of it, and answers with what was done.
   * `takeMarks`: notes, tags, statuses and stars of the files become the reader's where there are none yet.
   * `change` is what `changes.undo` takes; null when nothing changed.
   */
  'import.confirm': call(
    z.object({ job: z.int(), takeMarks: z.boolean() }),
    importReportSchema.extend({ change: z.int().nullable() }),
  ),
  /** Stops an import wherever it is: nothing of it is written. Does nothing when it has ended. */
  'import.cancel': call(z.object({ job: z.int() }), nothing),

  /** What removing a source would do: `papers` go with it; `kept` only it brought, but the reader has touched them. */
  'sources.impact': call(z.object({ source: z.int() }), z.object({ papers: z.int(), kept: z.int(), shared: z.int() })),
  /** Removes a source and the papers that only it brought, unless the reader has touched them. */
  'sources.remove': call(z.object({ source: z.int() }), z.object({ removed: z.int(), kept: z.int(), change: z.int() })),

  /** Groups of papers that may be the same, that the reader has not dealt with. Groups `[offset, offset + limit)`. */
  'duplicates.list': call(
    z.object({ offset: z.int().nonnegative(), limit: z.int().min(1).max(100) }),
    z.object({ total: z.int(), groups: z.array(duplicatesSchema) }),
  ),
  /** Says that these papers are not the same. */
  'duplicates.dismiss': call(z.object({ ids: z.array(paperIdSchema).min(2).max(100) }), nothing),
  /** Makes several papers one; the first one's id is kept. Marks and notes of all are kept. */
  'papers.merge': call(
    z.object({ ids: z.array(paperIdSchema).min(2).max(100) }),
    z.object({ id: paperIdSchema, change: z.int() }),
  ),

  /** Imports, removals and merges, newest first. */
  'changes.list': call(
    z.object({ limit: z.int().min(1).max(500) }),
    z.object({ changes: z.array(libraryChangeSchema) }),
  ),
  /** Takes one of them back, or the last that has not been; answers with its label, or null when there is none. */
  'changes.undo': call(z.object({ id: z.int().nullable() }), z.object({ done: z.string().nullable() })),

  ...relatedCalls,
  ...notesCalls,
  ...exportCalls,
  ...keepingCalls,
  ...windowCalls,
  ...hostCalls,

  /** The window's answer to the `flush` event: all that could be saved is, and so many notes could not. */
  'session.flushed': call(z.object({ unsaved: z.int().nonnegative() }), nothing),
} as const satisfies Record<string, Call>;

/** Everything the library tells a window unasked. */
export const events = {
  /** Something changed; `state` is the new frame. `rows` says that shown rows may be stale. */
  'library.changed': z.object({ state: libraryStateSchema, rows: z.boolean() }),
  /** How far the import is that is under way. */
  'import.progress': importProgressSchema,
  /** How far a backup is that is being written, checked or restored. */
  'backup.progress': backupProgressSchema,
  /** How far an export is that is being written. */
  'export.progress': exportProgressSchema,
  /** How far the papers are with being read again; a `library.changed` follows in the end. */
  'rebuild.progress': rebuildingSchema,
  /** A menu entry was chosen. */
  command: z.object({ id: commandIdSchema }),
  ...hostEvents,
  /** The window is about to close: save, then call `session.flushed`. */
  flush: nothing,
} as const satisfies Record<string, z.ZodType>;

/** Name of a call. */
export type CallName = keyof typeof contract;
/** What a caller gives to call `N`. */
export type CallInput<N extends CallName> = z.input<(typeof contract)[N]['input']>;
/** What a handler of call `N` receives, parsed. */
export type ParsedInput<N extends CallName> = z.output<(typeof contract)[N]['input']>;
/** What call `N` answers. */
export type CallOutput<N extends CallName> = z.output<(typeof contract)[N]['output']>;
/** Name of an event. */
export type EventName = keyof typeof events;
/** What event `E` carries. */
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>;

/** The names of all calls, for whoever derives something from the contract. */
export const callNames = Object.keys(contract) as CallName[];
/** The names of all events. */
export const eventNames = Object.keys(events) as EventName[];

/** One function per call: what implements the contract. */
export type Handlers = { [N in CallName]: (input: ParsedInput<N>) => Promise<CallOutput<N>> };
