import { describeError } from '../log/describe-error.ts';

/**
 * Writes a mistake of ours to standard error: its kind and where in the code it happened. Not its
 * message, which may hold a title, a note or a query.
 */
export function reportInternalError(error: unknown): void {
  const { at, ...described } = describeError(error).error;
  const kind = error instanceof Error ? described.kind : typeof error;
  process.stderr.write(`Offprint: internal error (${kind})\n${at.map((place) => `    at ${place}\n`).join('')}`);
}
