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
