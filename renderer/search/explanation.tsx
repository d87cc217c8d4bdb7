import { explainQuery } from '../../shared/query/explain.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import type { Query } from '../../shared/query/query.ts';
import { useApp } from '../frame/session-context.ts';
import { sentence } from '../text/sentence.ts';

/** The DOM id of {@link Explanation}, for `aria-describedby`. */
export const explanationId = 'understood';

/** True when a query says more than a few words that all must match, which need no explanation. */
export function needsWords({ where, sort }: Query): boolean {
  if (sort !== null) return true;
  const parts = where.kind === 'and' ? where.of : [where];
  return parts.some((part) => !(part.kind === 'text' && part.field === 'any' && !part.phrase));
}

const titlesFirst = 'those with all words in the title first, newest first';
const manyMatch = `more than 10,000 match: ${titlesFirst}`;

/**
 * A line under the name of what is listed: what a search was understood as, in plain words, and how
 * the papers found stand where that is not as usual; without a search, what a saved view holds. Its
 * room is always there, so that no row moves when it has something to say. While the search is typed
 * a long one lies over what is below.
 */
export function Explanation() {
  const query = useApp((state) => state.query);
  const order = useApp((state) => (state.list.shown?.query === state.query ? state.list.order : null));
  const held = useApp((state) => state.library?.views.find(({ id }) => id === state.settings.view)?.query);
  const searching = query.trim() !== '';
  const parsed = parseQuery(searching ? query : (held ?? ''));
  const understood = (searching ? needsWords(parsed) : held !== undefined) ? explainQuery(parsed) : null;
  const byTitle = understood === null ? manyMatch : `${understood}; ${titlesFirst}`;
  const said = searching && order === 'title' ? byTitle : understood;
  return (
    <div className="understood-room">
      <p
        id={explanationId}
        className="understood"
        hidden={said === null}
        dir="auto"
        title={said === null ? undefined : sentence(said)}
      >
        {said !== null && sentence(said)}
      </p>
    </div>
  );
}
