import { isDeepStrictEqual } from 'node:util';
import { OffprintError } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import { scratchNoteId } from '../../shared/scratch-note.ts';
import type { PaperRecord } from './library-data.ts';
import { type Direction, moveTags, type Records, recordToTurn, type TurnContext, turnWhole } from './marking.ts';
import { changeRecord } from './records.ts';
import type { NotePatch, NoteTimes } from './step.ts';
import { type TagLists, tagListsOf } from './tags-of-notes.ts';

/** What a change of a note is called. @param id of the record that it stands in */
export function noteLabel(id: PaperId, before: string, after: string): string {
  if (id === scratchNoteId) return after === '' ? 'Emptied the scratch note' : 'Wrote in the scratch note';
  if (before === '') return 'Wrote a note';
  return after === '' ? 'Removed a note' : 'Changed a note';
}

function timesOf(record: PaperRecord | undefined | null): NoteTimes {
  return { noteChangedAt: record?.noteChangedAt ?? null, changedAt: record?.changedAt ?? null };
}

/** What lies between two texts: where they begin to differ, and what stands there in each until they are the same again. */
export function difference(before: string, after: string): { start: number; removed: string; added: string } {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let tail = 0;
  while (
    tail < shortest - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  return { start, removed: before.slice(start, before.length - tail), added: after.slice(start, after.length - tail) };
}

/**
 * What a change of a note did.
 * @param text the note before, which is not the record's where it took up other records
 */
export function notePatch(
  id: PaperId,
  text: string,
  before: PaperRecord | undefined,
  after: PaperRecord | null,
  takesUp: boolean,
): NotePatch {
  const now = after?.note ?? '';
  return {
    ...{ id, ...difference(text, now), lengths: [text.length, now.length] },
    ...{ before: timesOf(before), after: timesOf(after) },
    ...(takesUp && { whole: { before: before ?? null, after } }),
  };
}

/** The patch that does what `earlier` and after it `later` did. @param text the note between them */
export function joinPatches(earlier: NotePatch, later: NotePatch, text: string): NotePatch {
  const before = splice(text, earlier.start, earlier.added.length, earlier.removed);
  const after = splice(text, later.start, later.removed.length, later.added);
  return {
    ...{ id: later.id, ...difference(before, after), lengths: [before.length, after.length] },
    ...{ before: earlier.before, after: later.after },
    ...joinedTags(earlier.tags, later.tags),
  };
}

/** What two changes of tags come to; nothing where the later one takes back the earlier. */
function joinedTags(earlier: NotePatch['tags'], later: NotePatch['tags']): Pick<NotePatch, 'tags'> {
  if (!earlier || !later) return earlier || later ? { tags: (earlier ?? later) as NonNullable<NotePatch['tags']> } : {};
  const tags = { before: earlier.before, after: later.after };
  return isDeepStrictEqual(tags.before, tags.after) ? {} : { tags };
}

function splice(text: string, start: number, length: number, instead: string): string {
  return text.slice(0, start) + instead + text.slice(start + length);
}

/**
 * The record that turning a change of a note makes.
 * @throws OffprintError `refused` when the note has another text by now: it would be lost
 */
export function turnNote(
  { id, start, removed, added, lengths, before, after, tags, whole }: NotePatch,
  direction: Direction,
  { recordOf, targetOf, now }: TurnContext,
  records: Records,
): void {
  if (turnWhole(id, whole, direction, recordOf, records)) return;
  const { at, record } = recordToTurn(id, direction, targetOf(id), recordOf);
  const [from, to] = direction === 'do' ? [removed, added] : [added, removed];
  const [fromTimes, toTimes] = direction === 'do' ? [before, after] : [after, before];
  const text = record?.note ?? '';
  if (text.length !== lengths[direction === 'do' ? 0 : 1] || !text.startsWith(from, start)) {
    throw new OffprintError('refused', 'The note has another text by now, so that change of it stays as it is.');
  }
  const untouchedSince = at === id && (record?.changedAt ?? null) === fromTimes.changedAt;
  const changed = changeRecord(record, {
    note: splice(text, start, from.length, to),
    ...(tags &&
      (direction === 'do' ? movedLists(record, tags.before, tags.after) : movedLists(record, tags.after, tags.before))),
    noteChangedAt: toTimes.noteChangedAt ?? undefined,
    changedAt: untouchedSince ? (toTimes.changedAt ?? now) : now,
  });
  records.set(at, changed);
}

function movedLists(record: PaperRecord | undefined, from: TagLists, to: TagLists) {
  const now = tagListsOf(record);
  return {
    tags: [...moveTags(now.tags, from.tags, to.tags)],
    noteTags: [...moveTags(now.noteTags, from.noteTags, to.noteTags)],
  };
}
