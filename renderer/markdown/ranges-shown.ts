import type { Nodes } from 'mdast';
import type { TextRange } from '../../shared/paper.ts';

/**
 * Where the matches of a Markdown source stand in the text that one node of it shows. Escapes,
 * entities and the marks of quotations and lists stand in the source alone; where a node has such,
 * its matches are found again one after another.
 * @param shown what the node shows of itself
 * @param matches ranges in `source` from `tidyRanges`
 */
export function rangesShown(node: Nodes, shown: string, source: string, matches: readonly TextRange[]): TextRange[] {
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? 0;
  const within = matches
    .filter(([from, to]) => from < end && to > start)
    .map(([from, to]): TextRange => [Math.max(from, start), Math.min(to, end)]);
  if (within.length === 0) return [];
  const offset = source.slice(start, end).indexOf(shown);
  if (offset >= 0) return within.map(([from, to]) => [from - start - offset, to - start - offset]);
  const found: TextRange[] = [];
  let at = 0;
  for (const [from, to] of within) {
    const words = source.slice(from, to);
    const place = shown.indexOf(words, at);
    if (place < 0) continue;
    at = place + words.length;
    found.push([place, at]);
  }
  return found;
}
