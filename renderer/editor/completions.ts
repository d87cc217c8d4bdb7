import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { longestQuery } from '../../shared/contract.ts';
import type { Row } from '../../shared/paper.ts';
import type { NoteActions } from '../notes/note-actions.ts';

/** Papers or tags offered at most. */
const most = 8;

/** A title as it can stand in a link: what would end the link is left out. */
export function titleInLink(title: string): string {
  return title
    .replaceAll(/[[\]|]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** What is written for a paper that was chosen: `[[id|title]]`. */
function linkTo({ id, title }: Row): string {
  const words = titleInLink(title);
  return words === '' ? `[[${id}]]` : `[[${id}|${words}]]`;
}

function offerOf(paper: Row): Completion {
  const [first = '', ...others] = paper.authors;
  const year = paper.published?.slice(0, 4) ?? '';
  const by = others.length > 0 ? `${first} and others` : first;
  const written = linkTo(paper);
  return {
    label: paper.title,
    detail: [by, year].filter((part) => part !== '').join(', '),
    type: 'paper',
    apply(view, _chosen, from, to) {
      // Brackets that stand there already are part of it.
      const after = /^\]{0,2}/.exec(view.state.sliceDoc(to, to + 2))?.[0].length ?? 0;
      view.dispatch({
        changes: { from: from - 2, to: to + after, insert: written },
        selection: { anchor: from - 2 + written.length },
        userEvent: 'input.complete',
      });
    },
  };
}

/** Offers papers of the whole library after `[[`, those that answer best to what follows it. */
export function paperCompletions(actions: () => NoteActions | null): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const client = actions()?.client;
    const typed = context.matchBefore(/\[\[[^[\]|\n]{0,200}$/);
    if (!client || !typed) return null;
    const query = typed.text.slice(2).trim().slice(0, longestQuery);
    try {
      const { result, rows } = await client.call('list.open', { view: 'all', query, sort: [], limit: most });
      client.call('list.close', { result }).catch(() => {});
      return { from: typed.from + 2, options: rows.map(offerOf), filter: false };
    } catch {
      // A library that does not answer is told of elsewhere.
      return null;
    }
  };
}

/** The tags that fit what was typed: those that begin with it first, then those with a part that does. */
export function fittingTags(tags: readonly string[], typed: string): string[] {
  const wanted = typed.toLowerCase();
  const rank = (tag: string) => {
    const name = tag.toLowerCase();
    if (name.startsWith(wanted)) return 0;
    return name.includes(`/${wanted}`) ? 1 : name.includes(wanted) ? 2 : 3;
  };
  return tags
    .map((tag) => ({ tag, rank: rank(tag) }))
    .filter(({ rank: own }) => own < 3)
    .toSorted((one, other) => one.rank - other.rank || one.tag.localeCompare(other.tag))
    .slice(0, most)
    .map(({ tag }) => tag);
}

/** Tags that can be written after `#`: none with a space in it. */
const writable = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*(?:\/[\p{L}\p{M}\p{N}_-]+)*$/u;

/** Offers the library's tags after `#`, once a letter follows it: a heading begins with one, too. */
export function tagCompletions(actions: () => NoteActions | null): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const typed = context.matchBefore(/(?:^|[\s([{])#[\p{L}\p{N}_][\p{L}\p{M}\p{N}_/-]{0,200}$/u);
    if (!typed) return null;
    const at = typed.text.indexOf('#') + 1;
    const name = typed.text.slice(at);
    const tags = (actions()?.tags() ?? []).filter((tag) => writable.test(tag));
    const fitting = fittingTags(tags, name);
    // Enter takes the first one: a tag that was typed whole stays what it is.
    const isWhole = fitting.includes(name);
    const offered = isWhole ? [name, ...fitting.filter((tag) => tag !== name)] : fitting;
    const options = offered.map((tag): Completion => ({ label: tag, type: 'tag' }));
    return options.length === (isWhole ? 1 : 0) ? null : { from: typed.from + at, options, filter: false };
  };
}
