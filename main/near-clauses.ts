import { statuses } from '../shared/paper.ts';
import { fieldNames, fieldOf, hasValues } from '../shared/query/fields.ts';
import { parseQuery } from '../shared/query/parse.ts';
import { columnIds } from '../shared/settings.ts';
import { editDistance } from './search/edits.ts';

const clause = /^([A-Za-z]+):(.+)$/s;

const fixedValues = new Map<string, readonly string[]>([
  ['status', statuses],
  ['is', [...statuses, 'starred', 'new']],
  ['has', hasValues],
  ['sort', [...columnIds, 'relevance']],
]);

/** True for a word that begins with the name of a field: what stands there was meant for a clause, not for a word of a paper. */
export function looksLikeClause(word: string): boolean {
  const [name = ''] = word.split(':');
  return word.includes(':') && fieldOf(name) !== null;
}

/**
 * Clauses that a word may have been meant for which is none: `titel:weak`, `is:stared`, `is:note`,
 * `year:2024-06`.
 * @returns each as it is typed, the likeliest first
 */
export function nearClauses(word: string): string[] {
  const [, name = '', value = ''] = clause.exec(word) ?? [];
  if (name === '') return [];
  const field = fieldOf(name);
  const meant = field === null ? near(name.toLowerCase(), fieldNames).map((other) => `${other}:${value}`) : [];
  if (field === 'year') meant.push(`published:${value}`);
  const fields = field === 'sort' ? ['sort'] : field && fixedValues.has(field) ? [field, 'is', 'has'] : [];
  for (const each of fields) {
    const sign = each === 'sort' && value.startsWith('-') ? '-' : '';
    const values = near(value.slice(sign.length).toLowerCase(), fixedValues.get(each) ?? []);
    meant.push(...values.map((other) => `${each}:${sign}${other}`));
  }
  return [...new Set(meant)].filter(isClause);
}

/** Those of `known` that are a slip or two away, the nearest first; one itself is the nearest. */
function near(typed: string, known: readonly string[]): string[] {
  const most = typed.length < 5 ? 1 : 2;
  // Where there is the choice, it is seldom the first letter that is wrong.
  const isOther = (each: string) => Number(each[0] !== typed[0]) / 2;
  const distances = known.map((each) => ({ each, distance: editDistance(typed, each, most) + isOther(each) }));
  return distances
    .filter(({ distance }) => Math.floor(distance) <= most)
    .toSorted((one, other) => one.distance - other.distance)
    .map(({ each }) => each);
}

function isClause(text: string): boolean {
  const { where, sort } = parseQuery(text);
  return sort !== null || where.kind !== 'text' || where.field !== 'any';
}
