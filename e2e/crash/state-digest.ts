import { createHash } from 'node:crypto';
import type { HistoryEntry } from '../../main/store/history-index.ts';
import type { Store } from '../../main/store/store.ts';

/** What a store says, as far as a reader can see it. */
export type Stated = Pick<Store, 'records' | 'pairs' | 'views' | 'tagColours' | 'settings' | 'history'>;

/** The parts of {@link Stated} that an earlier state kept of it has too. */
export type Kept = Pick<Stated, 'records' | 'pairs' | 'views' | 'tagColours' | 'settings'>;

/** A value of JSON as text that is the same for the same value, whatever order its fields have. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  });
}

/** The parts that are compared, as text each. */
export function partsOf({ records, pairs, views, tagColours, settings }: Kept): Record<string, string> {
  return {
    records: canonical(Object.fromEntries(records)),
    pairs: canonical(pairs),
    views: canonical(views),
    tagColours: canonical(Object.fromEntries(tagColours)),
    settings: canonical(settings),
  };
}

/** The steps to undo and redo, as text. */
export function historyText({ undo, redo }: Store['history']): string {
  const steps = (entries: readonly HistoryEntry[]) => entries.map(({ label, papers }) => [label, papers]);
  return JSON.stringify([steps(undo), steps(redo)]);
}

function digest(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
}

/** Tells all that an earlier state keeps from any other. */
export function keptDigest(state: Kept): string {
  return digest(Object.values(partsOf(state)));
}

/** Tells a state, its steps included, from any other. */
export function stateDigest(state: Stated): string {
  return digest([...Object.values(partsOf(state)), historyText(state.history)]);
}
