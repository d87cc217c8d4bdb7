import { OffprintError } from '../../shared/outcome.ts';
import { systemCode } from '../store/durable-file.ts';

/** What a backup that has been cancelled rejects with. */
export function stopped(): OffprintError {
  return new OffprintError('refused', 'The backup was cancelled. Nothing was changed.');
}

const reasons = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk is full'],
  ['EFBIG', 'the disk takes no file of this size'],
  ['EACCES', 'permission was denied'],
  ['EPERM', 'permission was denied'],
  ['EROFS', 'the disk is read-only'],
  ['EIO', 'the disk reported an error'],
  ['EMFILE', 'too many files are open'],
]);

/** Why the system refused something, in words; null for an error of another kind. */
export function reasonOf(error: unknown): string | null {
  const code = systemCode(error);
  return code === null ? null : (reasons.get(code) ?? code);
}

/**
 * An error of the system as the reader is told it: “PATH could not be written: the disk is full. …”.
 * Other errors are returned as they are.
 * @param what completes "the file …"
 * @param so what follows from it, as a sentence
 */
export function explained(error: unknown, path: string, what: string, so: string): unknown {
  if (error instanceof OffprintError) return error;
  const reason = reasonOf(error);
  if (reason === null) return error;
  return new OffprintError('unreadable', `${path} ${what}: ${reason}. ${so}`, { cause: error });
}
