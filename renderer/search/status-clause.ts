import { type Status, statuses } from '../../shared/paper.ts';
import { partsOf } from '../../shared/query/parse.ts';

/** The statuses a query asks for, in the usual order; empty when it asks for none in particular. */
export function statusesIn(query: string): Status[] {
  const asked = partsOf(query).flatMap(({ where }) => (where?.kind === 'status' ? [where.statuses] : []));
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
  const rest = withoutStatuses(query);
  if (wanted.length === 0) return rest;
  // The clause must hold for every alternative.
  const beside = partsOf(rest).some(({ open }) => open) ? `(${rest.trim()})` : rest;
  return `status:${wanted.join(',')} ${beside}`;
}

/** The text without its status clauses and the space after each. */
function withoutStatuses(query: string): string {
  let rest = '';
  let at = 0;
  for (const { from, to, where } of partsOf(query)) {
    if (where?.kind !== 'status') continue;
    rest += query.slice(at, from);
    at = to + (/^\s+/.exec(query.slice(to))?.[0].length ?? 0);
  }
  return rest + query.slice(at);
}
