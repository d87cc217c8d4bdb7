import * as z from 'zod';

/**
 * What can go wrong at a boundary, in words a program can switch on.
 *
 * - `bad-input`: the request, file or text is not what it should be
 * - `not-found`: the paper, result set or path does not exist
 * - `locked`: another Offprint holds the data folder
 * - `unreadable`: the operating system refused to read or write
 * - `newer`: the data was written by a newer Offprint
 * - `damaged`: a file of ours is not in a state we can use
 * - `refused`: the caller may not do this
 * - `internal`: a mistake of ours
 */
export const errorCodes = [
  'bad-input',
  'not-found',
  'locked',
  'unreadable',
  'newer',
  'damaged',
  'refused',
  'internal',
] as const;

/** One of {@link errorCodes}. */
export type ErrorCode = (typeof errorCodes)[number];

/** The part of an error that may cross a boundary: a code and one clear sentence. */
export const failureSchema = z.object({ code: z.enum(errorCodes), message: z.string() });

/** See {@link failureSchema}. */
export type Failure = z.infer<typeof failureSchema>;

/** How every call answers across IPC and HTTP. A thrown error never crosses a boundary. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: Failure };

/** An error whose message is written for the reader and may cross a boundary as it is. */
export class OffprintError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OffprintError';
    this.code = code;
  }
}

/**
 * Turns anything thrown into what may be told outside. Only an {@link OffprintError} keeps its
 * message: the text of any other error could hold a path, a title or a note.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof OffprintError) return { code: error.code, message: error.message };
  return { code: 'internal', message: 'Something went wrong inside Offprint. Nothing was changed.' };
}

/** Schema of an {@link Outcome} whose value has the given schema, for the receiving side. */
export function outcomeSchema<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: failureSchema }),
  ]);
}
