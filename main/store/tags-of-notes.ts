import { noteTags } from '../../shared/note-syntax.ts';
import type { PaperRecord } from './library-data.ts';

/** Most tags that one note gives its paper. */
export const mostNoteTags = 200;

/** The tags of a record: all of them, and those among them that its note has given. */
export interface TagLists {
  tags: readonly string[];
  noteTags: readonly string[];
}

/** The tags that stand in a note, each once. */
export function tagsInNote(note: string): string[] {
  return [...new Set(noteTags(note).map(({ tag }) => tag))].slice(0, mostNoteTags);
}

/** See {@link TagLists}. */
export function tagListsOf(record: PaperRecord | undefined | null): TagLists {
  return { tags: record?.tags ?? [], noteTags: record?.noteTags ?? [] };
}

/**
 * The tags of a record once its note says something else. One that the text has newly is added; one that it has no more
 * goes if the note gave it. What stands in both is left as it is: a tag that the reader has taken away stays away,
 * be it that `#tag` still stands in the note.
 * @returns null where they stay as they are
 */
export function tagsWithNote(record: PaperRecord | undefined, text: string): TagLists | null {
  const [before, after] = [tagsInNote(record?.note ?? ''), tagsInNote(text)];
  const { tags, noteTags } = tagListsOf(record);
  const [stood, stands, own] = [new Set(before), new Set(after), new Set(tags)];
  const gone = new Set(noteTags.filter((tag) => stood.has(tag) && !stands.has(tag)));
  const come = after.filter((tag) => !stood.has(tag) && !own.has(tag));
  if (gone.size === 0 && come.length === 0) return null;
  const moved = (list: readonly string[]) => [...list.filter((tag) => !gone.has(tag)), ...come];
  return { tags: moved(tags), noteTags: moved(noteTags) };
}

/** The tags that notes have given where records become one: one that the reader has given to either is the reader's. */
export function joinedNoteTags(records: readonly PaperRecord[]): string[] {
  const lists = records.map(tagListsOf);
  const own = new Set(lists.flatMap(({ tags, noteTags }) => tags.filter((tag) => !noteTags.includes(tag))));
  return [...new Set(lists.flatMap(({ noteTags }) => noteTags))].filter((tag) => !own.has(tag));
}
