import { OffprintError } from '../../shared/outcome.ts';

/** What follows from an export that could not be written, as the reader is told it. */
export const nothingExported = 'Nothing was exported.';

/** What an export that has been cancelled rejects with. */
export function exportStopped(): OffprintError {
  return new OffprintError('refused', `The export was cancelled. ${nothingExported}`);
}
