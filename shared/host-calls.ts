import * as z from 'zod';
import { call } from './call.ts';
import { commandIdSchema } from './commands.ts';
import { longestNote, paperIdSchema } from './paper.ts';

const nothing = z.object({});

/**
 * Something that Offprint was asked to open from outside: by a link, a file that was opened with it, or the
 * command line. All of it was checked before it came to be one of these.
 */
export const openRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paper'), id: paperIdSchema }),
  z.object({ kind: z.literal('search'), query: z.string().max(10_000) }),
  /**
   * Files that stand ready for `import.begin`; nothing of them has been read yet. `passedOver` files of the same
   * folders were left out because they are no text; `failures` could not be taken at all.
   */
  z.object({
    kind: z.literal('import'),
    uploads: z.array(z.uuid()).min(1).max(10_000),
    passedOver: z.int().nonnegative(),
    failures: z.array(z.object({ path: z.string().max(40_000), reason: z.string().max(40_000) })).max(1000),
  }),
  /** A backup that stands ready for `backup.preview`. */
  z.object({ kind: z.literal('backup'), upload: z.uuid(), name: z.string().min(1).max(1000) }),
  /** It cannot be opened; why, as whole sentences. */
  z.object({ kind: z.literal('refused'), message: z.string().max(40_000) }),
]);

/** See {@link openRequestSchema}. */
export type OpenRequest = z.infer<typeof openRequestSchema>;

/** What the program around the page can do, which differs between the desktop and a browser. */
export const hostSchema = z.object({
  kind: z.enum(['desktop', 'browser']),
  /** A number on the dock or the taskbar can be shown. */
  badge: z.boolean(),
  /** A paper can be saved as a PDF file by a dialog of the system's; a browser's print dialog does it elsewhere. */
  pdf: z.boolean(),
  /**
   * Languages (BCP 47) that notes can be checked in; empty where the browser or the system sees to that
   * by itself. `fetches`: their dictionaries are fetched once, from a server of Google's.
   */
  spelling: z.object({ languages: z.array(z.string()), fetches: z.boolean() }),
  /** The folder of the log is there to be shown. */
  logs: z.boolean(),
});

/** See {@link hostSchema}. */
export type Host = z.infer<typeof hostSchema>;

/** What is known of newer versions of Offprint. */
export const updateStateSchema = z.discriminatedUnion('kind', [
  /** Not this program's business: who else updates it (a package manager, the project's own folder), in words. */
  z.object({ kind: z.literal('elsewhere'), by: z.string() }),
  /** The reader has not turned the check on. */
  z.object({ kind: z.literal('off') }),
  /** Turned on, and takes hold at the next start: this one has no network. */
  z.object({ kind: z.literal('next-start') }),
  /** Nothing newer is known; `checkedAt` null: not asked yet. */
  z.object({ kind: z.literal('current'), checkedAt: z.int().nullable() }),
  z.object({ kind: z.literal('checking') }),
  /**
   * A newer version is out. `installs`: it can be fetched and installed from here, its signature checked;
   * otherwise the reader gets it from `page` (an https address).
   */
  z.object({ kind: z.literal('available'), version: z.string(), installs: z.boolean(), page: z.string() }),
  z.object({ kind: z.literal('fetching'), version: z.string(), done: z.number().min(0).max(1) }),
  /** Installed when Offprint is next quit, or now where the reader says so. */
  z.object({ kind: z.literal('ready'), version: z.string() }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);

/** See {@link updateStateSchema}. */
export type UpdateState = z.infer<typeof updateStateSchema>;

/** A note as it stands in an editor, not saved yet. `base` is the saved text that it was written over. */
export const draftSchema = z.object({
  id: paperIdSchema,
  text: z.string().max(longestNote),
  base: z.string().max(longestNote),
});

/** See {@link draftSchema}. */
export type Draft = z.infer<typeof draftSchema>;

/** The calls about the program that a page is shown in. The library answers as a browser would; hosts answer better. */
export const hostCalls = {
  'host.describe': call(nothing, hostSchema),

  /** What is to be opened and has not been shown by any window yet; each is given once. See event `opening.waiting`. */
  'opening.take': call(nothing, z.object({ requests: z.array(openRequestSchema) })),
  /**
   * Puts what another program on this computer wants shown before the windows of a browser host. `shown`: one is open
   * that is told at once; else it waits for the next. The desktop's window is asked otherwise, and answers false.
   */
  'opening.ask': call(z.object({ requests: z.array(openRequestSchema).max(100) }), z.object({ shown: z.boolean() })),

  /**
   * Keeps what stands unsaved in a window's editors, in memory and nowhere else, all of it each time; none when
   * all is saved. A page that is loaded anew after a crash takes it up again.
   */
  'drafts.keep': call(z.object({ window: z.uuid(), drafts: z.array(draftSchema).max(20) }), nothing),
  /** What was kept of a window that has gone. */
  'drafts.kept': call(z.object({ window: z.uuid() }), z.object({ drafts: z.array(draftSchema) })),

  /** Saves what the page prints as a PDF file, where the reader says in the system's dialog; null when nowhere. */
  'print.pdf': call(z.object({ name: z.string().max(300) }), z.object({ path: z.string().nullable() })),
  /**
   * Tells the program's own menu what can be done in the window now: these commands would do nothing; `editing`: a
   * text is being edited, and Undo, Redo and Select all are about that.
   */
  'menu.follow': call(z.object({ unavailable: z.array(commandIdSchema).max(200), editing: z.boolean() }), nothing),
  /** Shows the folder of the log in the system's file manager; false where this host has none or cannot. */
  'logs.show': call(nothing, z.object({ shown: z.boolean() })),

  'updates.state': call(nothing, updateStateSchema),
  /** Asks the release feed now; answers when it has answered. Only where the reader has turned the check on. */
  'updates.check': call(nothing, updateStateSchema),
  /** Fetches the version that is available; `updates.changed` tells how far it is. */
  'updates.fetch': call(nothing, updateStateSchema),
  /** Quits as the reader would, everything saved, installs what is ready, and starts again. */
  'updates.install': call(nothing, nothing),
} as const;

/** What hosts tell a window unasked. */
export const hostEvents = {
  /** Something is to be opened: ask `opening.take`. */
  'opening.waiting': nothing,
  'updates.changed': updateStateSchema,
} as const;
