import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LocalCorpus } from './local-corpus.ts';
import { LocalPapersWriter } from './local-papers-writer.ts';
import type { Unusable } from './open-mark.ts';
import type { RebuildPiece } from './papers-writer.ts';

/**
 * Opens a library on this thread and reads its papers again, where that is to be done, to the end or
 * for so many pieces.
 */
export async function rebuildHere(folder: string, unusable: Unusable | null = null, most = Number.POSITIVE_INFINITY) {
  const corpus = new LocalCorpus(folder, {}, { unusable });
  const writer = new LocalPapersWriter(folder);
  const pieces: RebuildPiece[] = [];
  try {
    while (pieces.length < most && !pieces.at(-1)?.end) {
      const piece = await writer.rebuild(() => {});
      if (!piece) break;
      corpus.publish(piece.published);
      pieces.push(piece);
    }
    return { trouble: corpus.trouble, created: corpus.created, pieces, end: pieces.at(-1)?.end ?? null };
  } finally {
    await writer.close();
    corpus.close();
  }
}

/** What the table of changes says, and which numbers come next. */
export function tableOfChanges(folder: string): unknown {
  const database = new DatabaseSync(join(folder, 'corpus.db'), { readOnly: true });
  try {
    return ['SELECT * FROM changes ORDER BY id', 'SELECT * FROM sqlite_sequence ORDER BY name'].map((sql) =>
      database.prepare(sql).all(),
    );
  } finally {
    database.close();
  }
}
