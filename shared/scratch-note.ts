import type { PaperId } from './paper.ts';

/**
 * The id that the note of the whole library stands under, among those of papers: so all that holds for a note holds
 * for it, Undo, past versions, earlier states and backups included, in every Offprint. It is no paper's, for
 * those known by their title have the digits of a hash after `title:`.
 */
export const scratchNoteId: PaperId = 'title:scratch-note';

/** What it is called where notes are listed by the titles of their papers. */
export const scratchNoteTitle = 'Scratch note';
