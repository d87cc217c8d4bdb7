import { emptyHistory, type HistoryEntry, type HistoryIndex, moved, newEntry } from '../../main/store/history-index.ts';
import { mergeSettings, type PaperRecord, readSettings } from '../../main/store/library-data.ts';
import type { TagColour } from '../../shared/paper.ts';
import type { ToldChange } from './messages.ts';
import { type Promised, promisedBy } from './promised-notes.ts';
import type { Stated } from './state-digest.ts';

/** What a library must say after some changes; made from what was told of them and nothing else. */
export interface Expected extends Stated {
  records: ReadonlyMap<string, PaperRecord>;
  stored: Record<string, unknown>;
  /** Steps by the number that they have been told under. */
  steps: readonly HistoryEntry[];
  /** Texts that notes had and that must be found again, the last one first. */
  promised: Promised | null;
  /** When the last of the changes was made. */
  at: number;
}

/** What a library says that somebody else has written. */
export function expectedOf(given: Omit<Stated, 'history'> & { stored: Record<string, unknown> }): Expected {
  return { ...given, history: emptyHistory, steps: [], promised: null, at: 0 };
}

/** The same, with the steps numbered as a process that opens the library does. */
export function renumbered(expected: Expected): Expected {
  const { undo, redo } = expected.history;
  return { ...expected, steps: [...undo, ...redo] };
}

/**
 * What it must say after one change more.
 * @param at when it was made, in milliseconds since 1970
 */
export function after(expected: Expected, change: ToldChange, at: number): Expected {
  const records = new Map(expected.records);
  let { promised } = expected;
  for (const [id, record] of change.papers ?? []) {
    promised = promisedBy(id, records.get(id), record, at, promised);
    if (record === null) records.delete(id);
    else records.set(id, record);
  }
  const stored = change.settings ? mergeSettings(expected.stored, change.settings) : expected.stored;
  return {
    ...{ records, stored, settings: readSettings(stored), ...historyAfter(expected, change), promised, at },
    pairs: change.pairs ?? expected.pairs,
    views: change.views ?? expected.views,
    tagColours: change.tagColours ? new Map(change.tagColours as [string, TagColour][]) : expected.tagColours,
  };
}

function historyAfter(
  { history, steps }: Expected,
  { history: move }: ToldChange,
): { history: HistoryIndex; steps: readonly HistoryEntry[] } {
  const entryOf = (number: number): HistoryEntry => {
    const entry = steps[number];
    if (!entry) throw new Error(`a step was told of that has no number: ${number}`);
    return entry;
  };
  if (!move) return { history, steps };
  if (move.kind === 'heard') return { history: moved(history, move), steps };
  if (move.kind !== 'add') return { history: moved(history, { ...move, entry: entryOf(move.entry) }), steps };
  const entry = newEntry(move.step);
  const instead = move.instead === null ? null : entryOf(move.instead);
  return { history: moved(history, { kind: 'add', entry, instead }), steps: [...steps, entry] };
}
