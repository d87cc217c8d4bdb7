import type { HistoryEntry } from '../../main/store/history-index.ts';
import type { Store } from '../../main/store/store.ts';
import type { StoreChange } from '../../main/store/store-adapter.ts';
import type { ToldChange } from './messages.ts';

/** Told of each change of a store. */
export interface ChangeListener {
  /** Nothing of it is on the disk yet. */
  trying(change: ToldChange): void;
  /** The oldest one that has not been acknowledged is. */
  done(): void;
}

/** Tells of each change of a store before the first byte of it is written, and when it is acknowledged. */
export function tellChanges(store: Store, listener: ChangeListener): void {
  const numbers = new Map<HistoryEntry, number>();
  const numberOf = (entry: HistoryEntry) => {
    const number = numbers.get(entry) ?? numbers.size;
    numbers.set(entry, number);
    return number;
  };
  for (const entry of [...store.history.undo, ...store.history.redo]) numberOf(entry);
  const change = store.change.bind(store);
  store.change = (made, rolledBack) => {
    // It shows in memory now; the first byte is written in a later turn.
    const writing = change(made, rolledBack);
    listener.trying(told(made, numberOf));
    return writing.then(() => listener.done());
  };
}

function told(change: StoreChange, numberOf: (entry: HistoryEntry) => number): ToldChange {
  const { papers, pairs, settings, views, tagColours, history } = change;
  return {
    ...(papers && { papers: [...papers] }),
    ...(pairs && { pairs }),
    ...(settings && { settings }),
    ...(views && { views }),
    ...(tagColours && { tagColours: [...tagColours] }),
    ...(history && { history: toldMove(history, numberOf) }),
  };
}

function toldMove(
  move: NonNullable<StoreChange['history']>,
  numberOf: (entry: HistoryEntry) => number,
): NonNullable<ToldChange['history']> {
  if (move.kind === 'heard') return move;
  if (move.kind !== 'add') return { kind: move.kind, entry: numberOf(move.entry) };
  const { entry, instead } = move;
  if (entry.step === null) throw new Error('a new step has its body');
  const before = instead && numberOf(instead);
  numberOf(entry);
  return { kind: 'add', step: entry.step, instead: before };
}
