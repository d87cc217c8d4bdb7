import { partsOf } from '../../shared/query/parse.ts';

/** A text without those parts of the query that `leave` picks, and without the space behind each; the rest as typed. */
export function withoutParts(text: string, leave: (part: ReturnType<typeof partsOf>[number]) => boolean): string {
  let rest = '';
  let at = 0;
  for (const part of partsOf(text)) {
    if (!leave(part)) continue;
    rest += text.slice(at, part.from);
    at = part.to + (/^\s*/.exec(text.slice(part.to))?.[0].length ?? 0);
  }
  return rest + text.slice(at);
}

/** A text without what it says on sorting. */
export function withoutSort(text: string): string {
  return withoutParts(text, ({ where }) => where === null);
}
