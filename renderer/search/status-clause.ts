import { type Status, statuses } from '../../shared/paper.ts';
import { parseQuery } from '../../shared/query.ts';

/** One word, phrase or clause of a query, and the space after it. */
const piece = /-?(?:[A-Za-z]+:)?(?:"[^"]*"?|\S+)\s*/g;

function statusesOfPiece(text: string): Status[] | null {
  const [clause, ...more] = parseQuery(text).clauses;
  return clause?.kind === 'status' && !clause.negated && more.length === 0 ? clause.statuses : null;
}

/** The statuses a query asks for, in the usual order; empty when it asks for none in particular. */
export function statusesIn(query: string): Status[] {
  const asked = parseQuery(query).clauses.flatMap((clause) =>
    clause.kind === 'status' && !clause.negated ? [clause.statuses] : [],
  );
  if (asked.length === 0) return [];
  return statuses.filter((status) => asked.every((group) => group.includes(status)));
}

/**
 * Adds a status to those a query asks for, or takes it out. The clause stands first; the rest of
 * the text stays as typed, so that its last word still matches as a prefix.
 */
export function toggleStatus(query: string, status: Status): string {
  const now = statusesIn(query);
  const wanted = statuses.filter((each) => now.includes(each) !== (each === status));
  const rest = (query.match(piece) ?? []).filter((text) => statusesOfPiece(text) === null).join('');
  return wanted.length === 0 ? rest : `status:${wanted.join(',')} ${rest}`;
}
