import { openCorpus } from './open-corpus.ts';
import type { Unusable } from './open-mark.ts';
import { openPapersWriter } from './open-papers-writer.ts';
import type { LostSource } from './rebuilding.ts';

/** How far {@link rebuildCorpus} is: from 0 to 1, and how many papers are back. */
export interface RebuildCorpusProgress {
  done: number;
  papers: number;
}

/** What {@link rebuildCorpus} did. */
export interface RebuiltCorpus {
  /** Papers that there are now. */
  papers: number;
  /** What the database before is called now; null where there was none. */
  setAside: string | null;
  /** What could not be read again. */
  lost: LostSource[];
  /** Whether the imports, removals and merges before can still be taken back. */
  changesKnown: boolean;
}

/**
 * Makes `corpus.db` anew from the files that papers came from, with nobody having the folder open:
 * goes on where that was cut off, and begins it where the database cannot be used or `unusable` says
 * why it is not to be. Does nothing to one that is whole.
 * @throws OffprintError when it can be neither read nor written, or the disk is full; what is there
 * by then stays, and is gone on with the next time
 */
export async function rebuildCorpus(
  folder: string,
  onProgress: (progress: RebuildCorpusProgress) => void,
  unusable: Unusable | null = null,
): Promise<RebuiltCorpus> {
  const corpus = await openCorpus({ folder, unusable });
  try {
    const { trouble } = corpus;
    const writer = await openPapersWriter(folder);
    try {
      let papers = 0;
      for (;;) {
        const piece = await writer.rebuild(({ done }) => onProgress({ done, papers }));
        if (piece) await corpus.publish(piece.published);
        papers = piece?.papers ?? (await corpus.state()).counts.all;
        onProgress({ done: piece?.done ?? 1, papers });
        if (piece && !piece.end) continue;
        const { lost, changesKnown } = piece?.end ?? { lost: [], changesKnown: true };
        return { papers, setAside: trouble?.kind === 'rebuilt' ? trouble.setAside : null, lost, changesKnown };
      }
    } finally {
      await writer.close();
    }
  } finally {
    await corpus.close();
  }
}
