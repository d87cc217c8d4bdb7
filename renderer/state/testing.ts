import type { CallOutput, LibraryState } from '../../shared/contract.ts';
import type { Row } from '../../shared/paper.ts';
import { settingsSchema } from '../../shared/settings.ts';

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

/** The state of an imagined library of three unread papers. */
export function aLibrary(fields: Partial<LibraryState> = {}): LibraryState {
  return {
    version: 1,
    counts: { inbox: 3, queued: 0, reading: 0, read: 0, skipped: 0, starred: 0, notes: 0, all: 3 },
    tags: [],
    views: [],
    sources: [],
    duplicates: 0,
    settings: settingsSchema.parse({}),
    dataFolder: '/data',
    appVersion: '0',
    notices: [],
    readOnly: null,
    rebuilding: null,
    copies: { lastAt: null, trouble: null },
    undo: null,
    redo: null,
    ...fields,
  };
}
