import { type Status, statuses } from '../../shared/paper.ts';
import { partsOf } from '../../shared/query/parse.ts';
import { withoutParts } from './parts-of-text.ts';

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
  const rest = withoutParts(query, ({ where }) => where?.kind === 'status');
  if (wanted.length === 0) return rest;
  const clause = `status:${wanted.join(',')} `;
  // Alternatives bind less than what stands side by side: the clause is to hold for every one of them.
  const joins = partsOf(rest).length > 0 && partsOf(clause + rest).some(({ open }) => open);
  return joins ? `${clause}(${rest.trim()})` : clause + rest;
}
