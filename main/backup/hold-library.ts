import { HeldCorpus } from './held-corpus.ts';
import { HeldFiles, lastingFiles } from './held-files.ts';
import type { BackupCounts } from './manifest.ts';
import type { HeldLibrary } from './pack-library.ts';
import { explained } from './trouble.ts';

/** What a library is held through. */
export interface HoldParts {
  /** Runs something at a moment when nobody writes to the reader's files. */
  atRest<T>(look: () => T): Promise<T>;
  /** How much of everything there is by now. */
  counts(): BackupCounts;
}

/**
 * Holds a library as it is at one moment, so that it can be copied while everything goes on.
 * @throws OffprintError `damaged` or `unreadable`
 */
export function holdLibrary(dataFolder: string, { atRest, counts }: HoldParts): Promise<HeldLibrary> {
  return atRest(() => {
    let files: HeldFiles | null = null;
    let corpus: HeldCorpus | null = null;
    try {
      files = HeldFiles.hold(dataFolder);
      corpus = HeldCorpus.hold(dataFolder);
      const lasting = lastingFiles(dataFolder, corpus?.captures ?? new Set());
      return { files, corpus, lasting, counts: counts() };
    } catch (error) {
      files?.release();
      corpus?.release();
      throw explained(error, dataFolder, 'could not be read', 'No backup was made.');
    }
  });
}
