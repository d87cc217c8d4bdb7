import type { MarkChange } from '../../shared/contract.ts';
import { tagSchema } from '../../shared/paper.ts';

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
  const names = [...counts.keys()].sort((a, b) => a.localeCompare(b));
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

/** Existing tags to offer for what has been typed: those that begin with it first, then those that hold it. */
export function completions(known: readonly string[], typed: string, choice: TagChoice, limit: number): string[] {
  const wanted = typed.trim().toLowerCase();
  const open = known.filter((tag) => choice.after.get(tag) !== 'all');
  const starting = open.filter((tag) => tag.toLowerCase().startsWith(wanted));
  const holding = open.filter((tag) => !starting.includes(tag) && tag.toLowerCase().includes(wanted));
  return [...starting, ...holding].slice(0, limit);
}

/** Reads a tag as typed. A tag that exists with other capitals is that tag. */
export function readTag(typed: string, known: readonly string[]): { tag: string } | { problem: string } {
  const parsed = tagSchema.safeParse(typed.replace(/^#/, ''));
  if (!parsed.success) return { problem: 'A tag has up to 100 characters, and no commas or quotation marks.' };
  const same = known.find((tag) => tag.toLowerCase() === parsed.data.toLowerCase());
  return { tag: same ?? parsed.data };
}
