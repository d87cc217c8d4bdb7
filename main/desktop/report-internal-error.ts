/**
 * Writes a mistake of ours to standard error: its kind and where in the code it happened. Not its
 * message, which may hold a title, a note or a query.
 */
export function reportInternalError(error: unknown): void {
  const kind = error instanceof Error ? error.name : typeof error;
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  process.stderr.write(`Offprint: internal error (${kind})\n${frames.map((frame) => `${frame}\n`).join('')}`);
}
