import type { Handlers } from '../shared/contract.ts';
import type { PaperId } from '../shared/paper.ts';
import { scratchNoteId } from '../shared/scratch-note.ts';
import { NotesIndex, type NotesIndexParts } from './notes-index.ts';
import type { PaperRecord } from './store/library-data.ts';

/** The calls about all notes, and about the one that belongs to no paper. */
export type NotesCalls = Pick<Handlers, 'notes.list' | 'notes.links' | 'scratch.get' | 'scratch.set'>;

/** What {@link notesCalls} reads and writes. */
export interface NotesParts extends NotesIndexParts {
  recordOf(id: PaperId): PaperRecord | undefined;
  /** `note.set` of the contract, which takes the scratch note's id. */
  setNote: Handlers['note.set'];
}

/** Of each listed note so much is shown, in UTF-16 units. */
const longestExcerpt = 600;

/** Implements {@link NotesCalls}. */
export function notesCalls(parts: NotesParts): NotesCalls {
  const index = new NotesIndex(parts);
  return {
    'notes.list': async ({ find, offset, limit }) => {
      // Pages of one list follow one another; titles are read again where it begins.
      const found = await index.find(await index.list(offset === 0 && find === ''), find);
      const notes = found.slice(offset, offset + limit).map(({ id, title, text, changedAt }) => {
        return { id, title, excerpt: excerptOf(text), length: text.length, changedAt };
      });
      return { total: found.length, notes };
    },
    'notes.links': ({ id }) => index.links(id),
    'scratch.get': async () => {
      const { note = '', noteChangedAt = null } = parts.recordOf(scratchNoteId) ?? {};
      return { text: note, changedAt: noteChangedAt };
    },
    'scratch.set': ({ text, apart }) => parts.setNote({ id: scratchNoteId, text, apart }),
  };
}

function excerptOf(text: string): string {
  return text.slice(0, longestExcerpt).replace(/[\ud800-\udbff]$/, '');
}
