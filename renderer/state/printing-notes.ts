import { mostNotes } from '../../shared/notes-calls.ts';
import { scratchNoteId, scratchNoteTitle } from '../../shared/scratch-note.ts';
import { dayInWords } from '../notes/moments.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { noteOf } from './note-of.ts';
import type { Session } from './session.ts';

/** Notes that are printed at once, at most. */
export const mostPrintedNotes = 500;
/** Notes read at the same time. */
const atOnce = 20;

/** A note as it is printed. */
export interface PrintedNote {
  id: string;
  /** The title of its paper; null where the page says it. */
  title: string | null;
  /** The day that it was written on; null where that does not matter. */
  day: string | null;
  text: string;
}

/** Notes that are printed without their papers. */
export interface PrintedNotes {
  title: string;
  notes: readonly PrintedNote[];
}

/** A note with what is typed in this window. */
async function textOf({ client }: Session, id: string): Promise<string> {
  const saver = noteSaverOf(client);
  const stamp = saver.stamp(id);
  return saver.text(id, { note: (await noteOf(client, id)).text, stamp });
}

/** The scratch note, to be printed. */
export async function scratchToPrint(session: Session): Promise<PrintedNotes> {
  const text = await textOf(session, scratchNoteId);
  const notes = text.trim() === '' ? [] : [{ id: scratchNoteId, title: null, day: null, text }];
  return { title: scratchNoteTitle, notes };
}

/**
 * The notes that have a text in them or in the title of their paper, to be printed, the last changed first.
 * @param now the present moment, in milliseconds since 1970
 * @returns also how many there are beyond the most that are printed
 */
export async function notesToPrint(
  session: Session,
  find: string,
  now: number,
): Promise<PrintedNotes & { left: number }> {
  const { client } = session;
  const notes: PrintedNote[] = [];
  let left = 0;
  for (let offset = 0; offset < mostPrintedNotes; offset += mostNotes) {
    const limit = Math.min(mostNotes, mostPrintedNotes - offset);
    const page = await client.call('notes.list', { find, offset, limit });
    left = page.total - offset - page.notes.length;
    for (let at = 0; at < page.notes.length; at += atOnce) {
      const some = page.notes.slice(at, at + atOnce).map(async ({ id, title, changedAt, excerpt, length }) => ({
        ...{ id, title: title ?? id, day: changedAt === null ? null : dayInWords(changedAt, now) },
        text: length > excerpt.length ? (await textOf(session, id)) || excerpt : excerpt,
      }));
      notes.push(...(await Promise.all(some)));
    }
    if (left === 0) break;
  }
  return { title: find === '' ? 'Notes' : `Notes with “${find}”`, notes, left };
}
