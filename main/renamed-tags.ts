import type { Marks } from '../shared/paper.ts';
import { parseQuery } from '../shared/query/parse.ts';
import { printQuery } from '../shared/query/print.ts';
import type { Clause } from '../shared/query/query.ts';
import { mapClauses } from '../shared/query/walk.ts';

/** What separates a tag from one that is nested in it. */
const separator = '/';

/** What a tag is called once another one has a new name: it may be that one, or nested in it. Null when it is neither. */
export function renamedTag(tag: string, from: string, to: string): string | null {
  return tag === from || tag.startsWith(`${from}${separator}`) ? `${to}${tag.slice(from.length)}` : null;
}

/** Tells tags apart as a query does: case does not matter. */
export function tagKey(tag: string): string {
  return tag.normalize().toLowerCase();
}

/** True for a tag that a query takes for this one or for one nested in it. */
export function isWithin(tag: string, parent: string): boolean {
  return renamedTag(tagKey(tag), tagKey(parent), '') !== null;
}

/** How the tags of one paper change when a tag has a new name, or is taken away (`to` null). */
export function tagChange({ tags }: Pick<Marks, 'tags'>, from: string, to: string | null) {
  const removeTags = tags.filter((tag) => renamedTag(tag, from, '') !== null);
  const addTags = to === null ? [] : removeTags.flatMap((tag) => renamedTag(tag, from, to) ?? []);
  return { removeTags, addTags };
}

/** The text of a query in which a tag has a new name, or null when it does not ask for it. */
export function renameInQuery(text: string, from: string, to: string): string | null {
  const query = parseQuery(text);
  let found = false;
  const rename = (clause: Clause): Clause => {
    if (clause.kind !== 'tag' || !isWithin(clause.tag, from)) return clause;
    found = true;
    return { kind: 'tag', tag: `${to}${clause.tag.normalize().slice(from.normalize().length)}` };
  };
  const where = mapClauses(query.where, rename);
  return found ? printQuery({ ...query, where }) : null;
}
