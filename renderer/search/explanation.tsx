import { explainQuery } from '../../shared/query/explain.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import type { Query } from '../../shared/query/query.ts';
import { useApp } from '../frame/session-context.ts';

/** True when a query says more than a few words that all must match, which need no explanation. */
export function needsWords({ where, sort }: Query): boolean {
  if (sort !== null) return true;
  const parts = where.kind === 'and' ? where.of : [where];
  return parts.some((part) => !(part.kind === 'text' && part.field === 'any' && !part.phrase));
}

const titlesFirst = 'those with all words in the title first, newest first';
const manyMatch = `More than 10,000 match: ${titlesFirst}`;

/**
 * A line under the search box: what it understood, in plain words, and how the papers found stand
 * where that is not as usual. There only when there is something to say.
 */
export function Explanation({ id }: { id: string }) {
  const query = useApp((state) => state.query);
  const order = useApp((state) => (state.list.shown?.query === state.query ? state.list.order : null));
  const parsed = parseQuery(query);
  const understood = needsWords(parsed) ? explainQuery(parsed) : null;
  const said = order !== 'title' ? understood : understood === null ? manyMatch : `${understood}; ${titlesFirst}`;
  return (
    <p id={id} className="understood" hidden={said === null} dir="auto" title={said ?? undefined}>
      {said}
    </p>
  );
}
