import { tagSchema } from '../../shared/paper.ts';
import { counted } from '../state/import-words.ts';
import { isNested } from '../state/tag-actions.ts';
import { type KnownTag, nestedCount, type TagNode } from './tag-tree.ts';

/** What giving a tag another name would do. */
export type RenamePlan =
  | { kind: 'same' }
  | { kind: 'problem'; problem: string }
  /** `merges` says that both become one tag. */
  | { kind: 'rename'; to: string; merges: boolean; sentence: string };

/**
 * Reads a new name for a tag, and says beforehand what it would do.
 * @param typed the name as typed; one that is a tag already with other capitals is that tag
 */
export function renamePlan(tags: readonly KnownTag[], from: string, typed: string): RenamePlan {
  const parsed = tagSchema.safeParse(typed.replace(/^#/, ''));
  if (!parsed.success) {
    return { kind: 'problem', problem: 'A tag has 1 to 100 characters, and no commas or quotation marks.' };
  }
  const name = parsed.data;
  if (name === from) return { kind: 'same' };
  const others = tags.filter((tag) => tag.name !== from);
  const there = others.find((tag) => tag.name.toLowerCase() === name.toLowerCase() && !isSameButCase(tag.name, from));
  const to = there?.name ?? name;
  const own = tags.find((tag) => tag.name === from);
  const papers = counted(own?.total ?? 0, 'paper');
  const nested = others.filter((tag) => isNested(tag.name, from)).length;
  const along = nested === 0 ? '' : `, with ${nested === 1 ? 'the tag' : `the ${nested} tags`} nested in it`;
  if (!there) return { kind: 'rename', to, merges: false, sentence: `Renames it on ${papers}${along}.` };
  const into = counted(there.total, 'paper');
  return {
    kind: 'rename',
    to,
    merges: true,
    sentence: `“${to}” is a tag already, on ${into}. This merges ${papers} into it${along}.`,
  };
}

function isSameButCase(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** What removing a tag would do, in a few words: `Remove from 12 papers, with 2 nested tags`. */
export function removalWords(tag: TagNode): string {
  const nested = nestedCount(tag);
  const along = nested === 0 ? '' : `, with ${counted(nested, 'nested tag')}`;
  return `Remove from ${counted(tag.total, 'paper')}${along}`;
}
