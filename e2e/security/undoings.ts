import { dispatchUndoings } from './undoings-messages.ts';
import { pageUndoings } from './undoings-page.ts';
import { programUndoings } from './undoings-program.ts';

/** A way in which an item of the checklist could come undone, and the tests that then fail. */
export interface Undoing {
  /** The item, from 1 to 20. */
  item: number;
  /** What no longer holds, in a few words. */
  what: string;
  /** The file that is changed, from the project's folder. */
  file: string;
  /** What stands in it exactly once. */
  from: string;
  /** What takes its place. */
  to: string;
  /** The files of tests, from the project's folder; in each of them a test must fail. */
  tests: readonly string[];
}

/** Every undoing, by item. */
export const undoings: readonly Undoing[] = [...pageUndoings, ...programUndoings, ...dispatchUndoings].toSorted(
  (a, b) => a.item - b.item,
);

/** A project's file with an undoing done to it. */
export function undone(text: string, { file, from, to }: Undoing): string {
  const pieces = text.split(from);
  if (pieces.length !== 2) throw new Error(`${JSON.stringify(from)} stands ${pieces.length - 1} times in ${file}`);
  return pieces.join(to);
}
