import * as z from 'zod';
import { commandIdSchema } from './commands.ts';
import {
  instantSchema,
  longestNote,
  paperIdSchema,
  paperSchema,
  rowSchema,
  sourceSchema,
  statusSchema,
  tagSchema,
} from './paper.ts';
import { settingsChangeSchema, settingsSchema, sortSchema } from './settings.ts';

/** One call of the contract: what goes in and what comes out. */
export interface Call<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  input: In;
  output: Out;
}

function call<In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out): Call<In, Out> {
  return { input, output };
}

/** Most rows in one answer; the renderer asks for a window, never for the library. */
export const mostRows = 500;

/** Most papers that one call may name one by one. */
export const mostIds = 10_000;

/** Longest query, in UTF-16 units. */
export const longestQuery = 10_000;

/** Largest file taken through the contract, in bytes before base64. */
export const largestUpload = 64 * 1024 * 1024;

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
  tags: z.array(z.object({ name: z.string(), count: z.int() })),
  sources: z.array(sourceSchema),
  settings: settingsSchema,
  dataFolder: z.string(),
  appVersion: z.string(),
  /** What happened at opening that the reader should know, in plain words. */
  notices: z.array(z.string()),
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

/** What became of one imported file. `where` names the line or record. */
export const importedFileSchema = z.object({
  path: z.string(),
  format: z.string(),
  new: z.int().nonnegative(),
  merged: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  skipped: z.array(z.object({ where: z.string(), reason: z.string() })),
});

/** See {@link importedFileSchema}. */
export type ImportedFile = z.infer<typeof importedFileSchema>;

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
   */
  'list.open': call(
    z.object({
      view: z.string().max(300),
      query: z.string().max(longestQuery),
      sort: sortSchema,
      limit: z.int().min(0).max(mostRows),
    }),
    z.object({ result: z.int(), total: z.int(), rows: z.array(rowSchema) }),
  ),
  /** Rows `[offset, offset + limit)` of a result set, with today's status. `not-found` once closed. */
  'list.rows': call(
    z.object({ result: z.int(), offset: z.int().nonnegative(), limit: z.int().min(1).max(mostRows) }),
    z.object({ rows: z.array(rowSchema) }),
  ),
  /** Where a paper stands in a result set, or null. */
  'list.indexOf': call(z.object({ result: z.int(), id: paperIdSchema }), z.object({ index: z.int().nullable() })),
  /** Forgets a result set. The library also forgets the oldest by itself. */
  'list.close': call(z.object({ result: z.int() }), nothing),

  /** One paper, whole; `query` says which words to mark in it. */
  'paper.get': call(z.object({ id: paperIdSchema, query: z.string().max(longestQuery) }), paperSchema),

  /** Sets status, star or tags of any number of papers in one step that Undo takes back. */
  'papers.mark': call(
    z.object({ selection: selectionSchema, change: markChangeSchema }),
    z.object({ changed: z.int(), label: z.string() }),
  ),
  /** Replaces a paper's note. Answered once it is on the disk. An empty text removes the note. */
  'note.set': call(
    z.object({ id: paperIdSchema, text: z.string().max(longestNote) }),
    z.object({ changedAt: instantSchema }),
  ),

  /** Takes back the last change, or does it again; answers with what was done, or null. */
  'history.undo': call(nothing, z.object({ done: z.string().nullable() })),
  'history.redo': call(nothing, z.object({ done: z.string().nullable() })),

  'settings.set': call(settingsChangeSchema, settingsSchema),

  /** Imports one file's bytes, given as base64. All of it or none of it. */
  'import.bytes': call(
    z.object({ name: z.string().min(1).max(1000), base64: z.base64().max(Math.ceil(largestUpload / 3) * 4) }),
    importedFileSchema,
  ),

  /** The window's answer to the `flush` event: all that could be saved is, and so many notes could not. */
  'session.flushed': call(z.object({ unsaved: z.int().nonnegative() }), nothing),
} as const satisfies Record<string, Call>;

/** Everything the library tells a window unasked. */
export const events = {
  /** Something changed; `state` is the new frame. `rows` says that shown rows may be stale. */
  'library.changed': z.object({ state: libraryStateSchema, rows: z.boolean() }),
  /** A menu entry was chosen. */
  command: z.object({ id: commandIdSchema }),
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
