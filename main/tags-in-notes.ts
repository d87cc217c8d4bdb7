import { noteTags } from '../shared/note-syntax.ts';
import { longestNote, type PaperId } from '../shared/paper.ts';
import { renamedTag, tagChange } from './renamed-tags.ts';
import { combinedRecord, type MarkTarget, type RecordOf } from './store/combined.ts';
import type { PaperRecord } from './store/library-data.ts';
import { changeRecord, marksOf } from './store/records.ts';

/** What becomes of the notes of papers when a tag has another name. */
export interface RenamedInNotes {
  /** Whole records: the notes say the new name, and the tags are renamed. */
  records: ReadonlyMap<PaperId, PaperRecord | null>;
  /** The papers whose notes do not have the tag, or cannot say its new name. */
  others: readonly MarkTarget[];
  /** How many notes go on saying the old name. */
  left: number;
}

/** How many of these papers have a note with a tag, or one nested in it. */
export function notesWithTag(targets: readonly MarkTarget[], recordOf: RecordOf, tag: string): number {
  const has = (note: string) => noteTags(note).some((each) => renamedTag(each.tag, tag, '') !== null);
  return targets.filter((target) => has(combinedRecord(target, recordOf).record?.note ?? '')).length;
}

/**
 * Renames a tag in the notes that have it, and on their papers. Nothing else of a note is touched. Where the new name
 * cannot be written behind a `#` (it has a space, say), the note stays as it is.
 * @param now the time of the change, in milliseconds since 1970
 */
export function renamedInNotes(
  targets: readonly MarkTarget[],
  recordOf: RecordOf,
  { from, to }: { from: string; to: string },
  now: number,
): RenamedInNotes {
  const records = new Map<PaperId, PaperRecord | null>();
  const others: MarkTarget[] = [];
  let left = 0;
  for (const target of targets) {
    const { at, record } = combinedRecord(target, recordOf);
    const before = record?.note ?? '';
    const note = noteRenamed(before, from, to);
    if (note === null) left += 1;
    if (note === null || note === before) {
      others.push(target);
      continue;
    }
    const { removeTags, addTags } = tagChange(marksOf(record), from, to);
    const moved = (tags: readonly string[] = []) => [
      ...new Set([
        ...tags.filter((tag) => !removeTags.includes(tag)),
        ...tags.flatMap((tag) => renamedTag(tag, from, to) ?? []),
      ]),
    ];
    const tags = [...new Set([...(record?.tags ?? []).filter((tag) => !removeTags.includes(tag)), ...addTags])];
    // A tag that the reader had given besides is the reader's.
    const own = new Set((record?.tags ?? []).filter((tag) => !record?.noteTags?.includes(tag)));
    const noteTags = moved(record?.noteTags).filter((tag) => !own.has(tag));
    records.set(at, changeRecord(record, { note, tags, noteTags, noteChangedAt: now, changedAt: now }));
  }
  return { records, others, left };
}

/** The text of a note with a tag renamed; the same text where it has none, null where it cannot say the new name. */
function noteRenamed(note: string, from: string, to: string): string | null {
  const found = noteTags(note).flatMap((each) => {
    const renamed = renamedTag(each.tag, from, to);
    return renamed === null ? [] : [{ ...each, renamed }];
  });
  if (!found.every(({ renamed }) => noteTags(`#${renamed}`)[0]?.tag === renamed)) return null;
  let text = '';
  let at = 0;
  for (const { from: begin, to: end, renamed } of found) {
    text += `${note.slice(at, begin)}#${renamed}`;
    at = end;
  }
  text += note.slice(at);
  return text.length > longestNote ? null : text;
}
