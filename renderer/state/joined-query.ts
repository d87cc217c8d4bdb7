import { parseQuery } from '../../shared/query/parse.ts';
import { printQuery } from '../../shared/query/print.ts';
import type { Query } from '../../shared/query/query.ts';
import { allOf, mapClauses } from '../../shared/query/walk.ts';

/**
 * The query of what is searched for within a view. The order that the search asks for goes before the view's.
 * @param view the view's query, as text
 * @param search the text of the search box
 * @returns a text that finds the papers that both find, as they were typed where that says the same; its last
 * word is a prefix where that of the search was
 */
export function joinedQuery(view: string, search: string): string {
  if (view.trim() === '') return search.trimStart();
  if (search.trim() === '') return view;
  const joined = conjunctionOf(parseQuery(view), parseQuery(search));
  const typed = `${view.trimEnd()} ${search.trimStart()}`;
  return isSame(parseQuery(typed), joined) ? typed : printQuery(joined);
}

function conjunctionOf(view: Query, search: Query): Query {
  // Something follows the words of the view, so that none of them is a beginning any more.
  const whole = mapClauses(view.where, (clause) => (clause.kind === 'text' ? { ...clause, prefix: false } : clause));
  return { where: allOf([whole, search.where]), sort: search.sort ?? view.sort };
}

function isSame(one: Query, other: Query): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
