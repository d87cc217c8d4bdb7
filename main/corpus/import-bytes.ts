import type { ImportedFile } from '../../shared/contract.ts';
import type { RecognisedBytes } from '../importers/read-bytes.ts';
import { sourceName } from '../importers/read-bytes.ts';
import { keepCapture } from './captures.ts';
import type { Ingest } from './ingest.ts';

/**
 * Takes in the papers of recognised bytes: all of them or none. The bytes are kept in `captures/`
 * first, so that a database is never ahead of what it can be rebuilt from.
 * @param dataFolder the folder that holds `corpus.db`
 */
export function importRecognised(dataFolder: string, ingest: Ingest, recognised: RecognisedBytes): ImportedFile {
  const { name, bytes, text, importer } = recognised;
  const records = [...importer.read({ name, text })];
  const capture = keepCapture(dataFolder, sourceName(name), bytes);
  try {
    const { digest, file } = capture;
    const source = { name: sourceName(name), format: importer.format, importedAt: Date.now(), digest, capture: file };
    const counts = ingest.run(source, records, records.length);
    if (counts.source === null) capture.discard();
    return {
      path: name,
      format: importer.format,
      new: counts.new,
      merged: counts.merged,
      unchanged: counts.unchanged,
      skipped: counts.skipped,
    };
  } catch (error) {
    capture.discard();
    throw error;
  }
}
