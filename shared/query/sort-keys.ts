import { type ColumnId, columnIds, type Sort } from '../settings.ts';

// What a reader may write as well.
const otherNames = new Map<string, ColumnId>([
  ['author', 'authors'],
  ['date', 'published'],
  ['year', 'published'],
  ['tag', 'tags'],
  ['notes', 'note'],
]);

/**
 * Reads what follows `sort:`: columns with commas between them, the most significant first, `-` before
 * one for descending order; or `relevance`.
 * @returns the keys, each column once; empty for relevance; null when something is no column
 */
export function parseSortKeys(text: string): Sort | null {
  if (/^-?relevance$/i.test(text)) return [];
  const keys = text.split(',').map((part) => {
    const name = part.trim().replace(/^-/, '').toLowerCase();
    const field = columnIds.find((column) => column === name) ?? otherNames.get(name);
    return field && { field, desc: part.trim().startsWith('-') };
  });
  const known = keys.filter((key) => key !== undefined);
  if (known.length < keys.length) return null;
  return known.filter(({ field }, at) => known.findIndex((key) => key.field === field) === at);
}

/** Writes sort keys as {@link parseSortKeys} reads them. */
export function printSortKeys(sort: Sort): string {
  return sort.length === 0 ? 'relevance' : sort.map(({ field, desc }) => `${desc ? '-' : ''}${field}`).join(',');
}
