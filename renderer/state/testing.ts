import type { CallOutput } from '../../shared/contract.ts';
import type { Row } from '../../shared/paper.ts';

/** A row for tests: the `index`th paper of an imagined library, unread. */
export function aRow(index: number, fields: Partial<Row> = {}): Row {
  return {
    id: `title:${String(index).padStart(8, '0')}`,
    title: `Paper ${index}`,
    titleMatches: [],
    authors: [],
    published: null,
    addedAt: 0,
    sources: ['Daily Papers'],
    votes: null,
    venue: null,
    excerpt: '',
    status: 'unread',
    starred: false,
    tags: [],
    hasNote: false,
    changedAt: null,
    ...fields,
  };
}

/** The library's answer to `list.open`: a list of so many papers, counted to its end, with its first rows. */
export function anOpenList(total: number, fields: Partial<CallOutput<'list.open'>> = {}): CallOutput<'list.open'> {
  const rows = Array.from({ length: Math.min(total, 100) }, (_, index) => aRow(index));
  return { result: 1, total, complete: true, order: 'sort', rows, ...fields };
}
