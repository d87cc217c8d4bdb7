import * as z from 'zod';
import { type CallName, callNames } from '../../shared/contract.ts';
import { errorCodes } from '../../shared/outcome.ts';
import { noticeCodes } from './notice-codes.ts';

/** How much an entry matters, the most first. */
export const levels = ['error', 'warn', 'info', 'debug'] as const;

/** One of {@link levels}. */
export type Level = (typeof levels)[number];

// What may stand in the log: numbers, yes and no, and words out of short lists of ours. There is no field that any
// text could be put into, so that no title, note, query, id of a paper or path can come to be in it.

const number = z.number().min(-1e15).max(1e15);
const milliseconds = z.number().min(0).max(1e12).transform(Math.round);
const count = z.int().min(0);
const version = z.string().regex(/^\d{1,5}(?:\.\d{1,6}){0,3}(?:-[a-z]{1,10}(?:\.\d{1,6})?)?$/);

/** Kinds of errors that are named; the name of any other could be anything. */
export const errorKinds = [
  'AbortError',
  'AggregateError',
  'AssertionError',
  'Error',
  'EvalError',
  'HttpError',
  'OffprintError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TimeoutError',
  'TypeError',
  'URIError',
  'ZodError',
  'other',
] as const;

/** Where in the program an error came to the log from. */
const errorPlaces = [
  'call',
  'closing',
  'command',
  'exception',
  'opening',
  'page',
  'rejection',
  'server',
  'start',
  'updates',
] as const;

/** Why a process of Chromium's has gone. */
export const crashReasons = [
  'abnormal-exit',
  'clean-exit',
  'crashed',
  'integrity-failure',
  'killed',
  'launch-failed',
  'memory-eviction',
  'oom',
  'other',
] as const;

/** The error itself, without its words: its kind, its code, and where in our own code it happened. */
export const errorSchema = z.strictObject({
  kind: z.enum(errorKinds),
  /** One of ours, the operating system's, Node's or SQLite's. */
  code: z.union([z.enum(errorCodes), z.string().regex(/^(?:E[A-Z0-9]{2,15}|ERR_[A-Z0-9_]{2,60})$/), z.null()]),
  /** SQLite's own number. */
  errcode: z.int().optional(),
  /** File, line and column, the innermost first. */
  at: z.array(z.string().regex(/^[A-Za-z][\w-]{0,80}(?:\.[a-z]{2,5}){1,2}:\d{1,7}:\d{1,7}$/)).max(12),
});

/** See {@link errorSchema}. */
export type LoggedError = z.infer<typeof errorSchema>;

/** What each kind of entry has. */
export const entrySchemas = {
  start: z.strictObject({
    host: z.enum(['window', 'serve', 'command']),
    version,
    platform: z.enum([
      'aix',
      'android',
      'darwin',
      'freebsd',
      'haiku',
      'linux',
      'openbsd',
      'sunos',
      'win32',
      'cygwin',
      'netbsd',
    ]),
    arch: z.enum(['arm', 'arm64', 'ia32', 'loong64', 'mips', 'mipsel', 'ppc64', 'riscv64', 's390x', 'x64']),
    node: version.optional(),
    electron: version.optional(),
    chrome: version.optional(),
    packaged: z.boolean().optional(),
  }),
  opened: z.strictObject({
    ms: milliseconds,
    papers: count,
    sources: count,
    readOnly: z.boolean(),
    rebuilding: z.boolean(),
  }),
  /** The library told the reader something. */
  notice: z.strictObject({ notice: z.enum(noticeCodes) }),
  /** The window can be used. */
  shown: z.strictObject({ ms: milliseconds }),
  closed: z.strictObject({ ms: milliseconds }),
  quit: z.strictObject({ code: z.int() }),
  call: z.strictObject({ call: z.enum(callNames as [CallName, ...CallName[]]), ms: milliseconds, ok: z.boolean() }),
  failed: z.strictObject({
    where: z.enum(errorPlaces),
    call: z.enum(callNames as [CallName, ...CallName[]]).optional(),
    error: errorSchema,
    /** What it came from, the nearest first. */
    causes: z.array(errorSchema).max(3).optional(),
  }),
  gone: z.strictObject({
    process: z.enum(['renderer', 'gpu', 'utility', 'other']),
    reason: z.enum(crashReasons),
    exitCode: number,
  }),
  unresponsive: z.strictObject({}),
  network: z.strictObject({ updates: z.boolean(), spelling: z.boolean() }),
  update: z.strictObject({
    state: z.enum([
      'elsewhere',
      'off',
      'next-start',
      'current',
      'checking',
      'available',
      'fetching',
      'ready',
      'failed',
    ]),
    version: version.optional(),
  }),
  /** Entries were left out, because there were too many in a short time. */
  dropped: z.strictObject({ entries: count }),
  /** An entry was not as it should be, and was left out. */
  malformed: z.strictObject({}),
} as const;

/** Name of a kind of entry. */
export type EventName = keyof typeof entrySchemas;

/** What an entry of a kind has. */
export type EntryFields<N extends EventName> = z.input<(typeof entrySchemas)[N]>;
