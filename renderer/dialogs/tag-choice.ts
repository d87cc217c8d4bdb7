import type { MarkChange } from '../../shared/contract.ts';
import { tagSchema } from '../../shared/paper.ts';
import { byName } from '../tags/tag-tree.ts';

/** Whether the chosen papers have a tag. */
export type TagState = 'all' | 'some' | 'none';

/** Tags of the chosen papers, before and after editing, in the order shown. */
export interface TagChoice {
  before: ReadonlyMap<string, 'all' | 'some'>;
  after: ReadonlyMap<string, TagState>;
}

/**
 * Which tags the papers have, all or some of them.
 * @param tagsOfPapers the tags of each paper looked at
 * @param complete false when there are more papers than were looked at; then no tag is on all
 */
export function tagChoice(tagsOfPapers: readonly (readonly string[])[], complete: boolean): TagChoice {
  const counts = new Map<string, number>();
  for (const tags of tagsOfPapers) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const names = [...counts.keys()].sort(byName);
  const before = new Map(
    names.map((tag) => [tag, complete && counts.get(tag) === tagsOfPapers.length ? 'all' : 'some'] as const),
  );
  return { before, after: before };
}

/** The choice with one tag set on all papers or on none. */
export function withTag(choice: TagChoice, tag: string, state: 'all' | 'none'): TagChoice {
  const after = new Map<string, TagState>(choice.after);
  if (state === 'none' && !choice.before.has(tag)) after.delete(tag);
  else after.set(tag, state);
  return { ...choice, after };
}

/** What has to change so that the papers are as chosen; null when nothing has. */
export function changeOf({ before, after }: TagChoice): MarkChange | null {
  const changed = [...after].filter(([tag, state]) => before.get(tag) !== state);
  const addTags = changed.filter(([, state]) => state === 'all').map(([tag]) => tag);
  const removeTags = changed.filter(([, state]) => state === 'none').map(([tag]) => tag);
  if (addTags.length === 0 && removeTags.length === 0) return null;
  return { ...(addTags.length > 0 && { addTags }), ...(removeTags.length > 0 && { removeTags }) };
}

/**
 * Existing tags to offer for what has been typed: those that begin with it first, then those of which a nested
 * part or another word does, then those that hold it.
 */
export function completions(known: readonly string[], typed: string, choice: TagChoice, limit: number): string[] {
  const wanted = typed.trim().replace(/^#/, '').toLowerCase();
  const found: [string[], string[], string[]] = [[], [], []];
  for (const tag of known) {
    if (choice.after.get(tag) === 'all') continue;
    const name = tag.toLowerCase();
    const at = name.indexOf(wanted);
    if (at === 0) found[0].push(tag);
    else if (at > 0) found[beginsPart(name, wanted) ? 1 : 2].push(tag);
    if (found[0].length >= limit) break;
  }
  return found.flat().slice(0, limit);
}

function beginsPart(name: string, wanted: string): boolean {
  for (let at = name.indexOf(wanted); at >= 0; at = name.indexOf(wanted, at + 1)) {
    if (at > 0 && /[\s/_-]/.test(name.charAt(at - 1))) return true;
  }
  return false;
}

/** Reads a tag as typed. A tag that exists with other capitals is that tag. */
export function readTag(typed: string, known: readonly string[]): { tag: string } | { problem: string } {
  const parsed = tagSchema.safeParse(typed.trim().replace(/^#/, ''));
  if (!parsed.success) return { problem: 'A tag has up to 100 characters, and no commas or quotation marks.' };
  const same = known.find((tag) => tag.toLowerCase() === parsed.data.toLowerCase());
  return { tag: same ?? parsed.data };
}

/** Reads what is typed or pasted as tags: several with commas or line breaks between them. */
export function readTags(typed: string, known: readonly string[]): { tags: string[] } | { problem: string } {
  const tags: string[] = [];
  for (const part of typed.split(/[,\r\n]/)) {
    if (part.trim() === '') continue;
    const read = readTag(part, known);
    if ('problem' in read) return read;
    tags.push(read.tag);
  }
  return { tags };
}
