import type { Corpus } from './corpus/corpus.ts';
import type { History } from './store/history.ts';
import type { HistoryEntry } from './store/history-index.ts';
import type { Store } from './store/store.ts';

/** Changes looked through: as many as the history can hold. */
const changesLookedAt = 500;

/** What must agree about the imports, removals and merges that there have been. */
export interface AgreeingParts {
  store: Store;
  history: History;
  corpus: Pick<Corpus, 'changes'>;
}

/**
 * Makes the history agree with what `corpus.db` says of imports, removals and merges. Each is on the
 * disk there before the history is told, so a crash in between leaves one that Undo does not know,
 * or one that has been taken back or done again and is still where it was. Both are put right here.
 * @param anew whether all that `corpus.db` holds came by itself, and nothing of it is for Undo to take back
 */
export async function hearOfChanges({ store, history, corpus }: AgreeingParts, anew: boolean): Promise<void> {
  const changes = await corpus.changes(changesLookedAt);
  const last = changes[0]?.id ?? 0;
  const { heard } = store.history;
  // A database with fewer changes than were heard of is another one than that.
  if (anew || heard === null || heard > last) {
    if (heard !== last) await store.change({ history: { kind: 'heard', papers: last } });
    return;
  }
  const undone = new Map(changes.map((change) => [`${change.id} ${change.label}`, change.undone]));
  const isUndone = ({ papers, label }: HistoryEntry) => undone.get(`${papers} ${label}`);
  for (const entry of store.history.undo)
    if (isUndone(entry) === true) await store.change({ history: { kind: 'undo', entry } });
  const next = store.history.redo.at(-1);
  if (next && isUndone(next) === false) await store.change({ history: { kind: 'redo', entry: next } });
  for (const { id, label, undone } of changes.toReversed()) {
    if (id > heard && !undone) await history.did({ label, papers: id });
  }
}
