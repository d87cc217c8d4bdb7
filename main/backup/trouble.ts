import { OffprintError } from '../../shared/outcome.ts';
import { systemCode } from '../store/durable-file.ts';
import { reasonOfCode } from '../store/system-reasons.ts';

/** What a backup that has been cancelled rejects with. */
export function stopped(): OffprintError {
  return new OffprintError('refused', 'The backup was cancelled. Nothing was changed.');
}

/**
 * An error of the system as the reader is told it: “PATH could not be written: the disk is full. …”.
 * Other errors are returned as they are.
 * @param what completes "the file …"
 * @param so what follows from it, as a sentence
 */
export function explained(error: unknown, path: string, what: string, so: string): unknown {
  if (error instanceof OffprintError) return error;
  const code = systemCode(error);
  if (code === null) return error;
  return new OffprintError('unreadable', `${path} ${what}: ${reasonOfCode(code)}. ${so}`, { cause: error });
}
