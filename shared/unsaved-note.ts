import type { Draft } from './host-calls.ts';
import { notePrint } from './note-print.ts';

/**
 * How a text that was typed and not saved stands to the note as it is now: `saved`, the note says it; `typed`, it can
 * take the note's place, for nothing of that would be lost; `conflict`, the note was changed otherwise meanwhile.
 */
export type DraftStanding = 'saved' | 'typed' | 'conflict';

/** See {@link DraftStanding}. @param saved what the note says now */
export function standingOf({ text, base }: Pick<Draft, 'text' | 'base'>, saved: string): DraftStanding {
  if (saved === text || (saved !== base && saved.includes(text))) return 'saved';
  return saved === base || text.includes(saved) ? 'typed' : 'conflict';
}

/**
 * Whether a text that takes the place of what a note says now would take something away that whoever wrote it has not seen.
 * @param over prints of what the note said as far as they know
 */
export function isChangedOtherwise({ text, over }: { text: string; over: readonly string[] }, saved: string): boolean {
  return !text.includes(saved) && !over.includes(notePrint(saved));
}

/** Two texts of a note as one, a line between them. */
export function joinedNotes(first: string, second: string): string {
  return `${first}\n\n---\n\n${second}`;
}
