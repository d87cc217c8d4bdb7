import type { Step } from './step.ts';

/** Steps that can be taken back; the oldest beyond this are forgotten. */
export const mostSteps = 500;
/** Steps that can be taken back however large they are. */
const stepsForSure = 200;
/** What older steps than {@link stepsForSure} may take on the disk together with these, in bytes. */
const bytesOfOlderSteps = 64 * 1024 * 1024;

/** Where a line stands in a file of the journal folder. */
export interface Place {
  file: string;
  /** In bytes, the end of the line not included. */
  at: number;
  length: number;
}

/**
 * A step of the history as it stands in memory: what it is called, and where the rest of it is. A
 * step that is not on the disk yet has the rest with it; whoever writes it sets the other fields.
 */
export interface HistoryEntry {
  readonly label: string;
  /** As in {@link Step}; null for a step that is not of that kind. */
  readonly papers: number | null;
  step: Step | null;
  /** The number of the line that holds it; 0 until it is written. */
  sequence: number;
  place: Place | null;
}

/** What Undo and Redo go through, the newest step last. Never changed in place. */
export interface HistoryIndex {
  readonly undo: readonly HistoryEntry[];
  readonly redo: readonly HistoryEntry[];
  /**
   * The number in `corpus.db` of the last import, removal or merge that it has been told of, be it a step
   * (still) or not; null where nobody has kept count.
   */
  readonly heard: number | null;
}

/** A history without a step. */
export const emptyHistory: HistoryIndex = { undo: [], redo: [], heard: 0 };

/** What a change does to the history. */
export type HistoryMove =
  /** A new step; `instead` of the last one where it goes on from that. Nothing can be done again after it. */
  | { kind: 'add'; entry: HistoryEntry; instead: HistoryEntry | null }
  | { kind: 'undo' | 'redo' | 'drop'; entry: HistoryEntry }
  /** There is no import, removal or merge after this one; steps that name one are none. */
  | { kind: 'heard'; papers: number };

/** An entry for a step that is about to be made. */
export function newEntry(step: Step): HistoryEntry {
  return { label: step.label, papers: step.papers ?? null, step, sequence: 0, place: null };
}

/** The history after a move. A step that is not where it was expected is left alone. */
export function moved(history: HistoryIndex, move: HistoryMove): HistoryIndex {
  const { undo, redo, heard } = history;
  if (move.kind === 'heard') {
    const known = ({ papers }: HistoryEntry) => papers === null || papers <= move.papers;
    return { undo: undo.filter(known), redo: redo.filter(known), heard: move.papers };
  }
  const { entry } = move;
  switch (move.kind) {
    case 'add': {
      const kept = move.instead !== null && undo.at(-1) === move.instead ? undo.slice(0, -1) : undo;
      const last = entry.papers === null ? heard : Math.max(heard ?? 0, entry.papers);
      return { undo: [...kept, entry].slice(-mostSteps), redo: [], heard: last };
    }
    case 'undo': {
      if (!undo.includes(entry)) return history;
      // What was done after it cannot come before it when it is done again.
      return { undo: without(undo, entry), redo: undo.at(-1) === entry ? [...redo, entry] : redo, heard };
    }
    case 'redo': {
      if (!redo.includes(entry)) return history;
      return { undo: [...undo, entry].slice(-mostSteps), redo: without(redo, entry), heard };
    }
    case 'drop':
      return { undo: without(undo, entry), redo: without(redo, entry), heard };
  }
}

/** The history without the oldest steps that take more of the disk than they should. */
export function trimmed(history: HistoryIndex): HistoryIndex {
  let bytes = 0;
  let kept = 0;
  for (const { place } of history.undo.toReversed()) {
    bytes += place?.length ?? 0;
    if (kept >= stepsForSure && bytes > bytesOfOlderSteps) break;
    kept += 1;
  }
  return kept === history.undo.length ? history : { ...history, undo: history.undo.slice(-kept) };
}

function without(entries: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] {
  return entries.filter((each) => each !== entry);
}
