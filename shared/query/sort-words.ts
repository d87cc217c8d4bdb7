import type { ColumnId, Sort } from '../settings.ts';

const words: Record<ColumnId, readonly [ascending: string, descending: string]> = {
  order: ['in page order', 'in page order backwards'],
  status: ['by status', 'by status backwards'],
  starred: ['starred last', 'starred first'],
  title: ['by title', 'by title from Z to A'],
  authors: ['by authors', 'by authors from Z to A'],
  published: ['earliest published first', 'latest published first'],
  source: ['by source', 'by source backwards'],
  tags: ['by tags', 'by tags backwards'],
  note: ['those with notes last', 'those with notes first'],
  added: ['oldest first', 'newest first'],
  changed: ['longest unchanged first', 'last changed first'],
  votes: ['fewest votes first', 'most votes first'],
  venue: ['by venue', 'by venue from Z to A'],
};

/** An order in plain words: `most votes first, then by title`; empty is `best match first`. */
export function explainSort(sort: Sort): string {
  if (sort.length === 0) return 'best match first';
  return sort.map(({ field, desc }) => words[field][desc ? 1 : 0]).join(', then ');
}
