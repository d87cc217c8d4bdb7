import * as z from 'zod';
import { columnIdSchema, sortSchema } from './settings.ts';

/** Icons that a saved view may have. */
export const viewIcons = [
  'search',
  'bookmark',
  'star',
  'flag',
  'bolt',
  'clock',
  'flask',
  'book',
  'people',
  'chart',
] as const;

/** A query that the reader has saved under a name. */
export const savedViewSchema = z.object({
  /** `view:` and a random part; the same for as long as the view is there. */
  id: z.string().regex(/^view:[0-9a-z-]{4,40}$/),
  name: z.string().trim().min(1).max(100),
  icon: z.enum(viewIcons),
  query: z.string().max(10_000),
  /** The order of its papers; null is whatever order the list has. */
  sort: sortSchema.nullable(),
  /** The columns that it shows, in order; null is whatever the list shows. */
  columns: z.array(columnIdSchema).max(100).nullable(),
});

/** See {@link savedViewSchema}. */
export type SavedView = z.infer<typeof savedViewSchema>;

/**
 * A view is a query with a name. The built-in ones stand here; a tag's view has the id
 * `tag:NAME` and a source's `source:ID`.
 */
export interface View {
  id: string;
  label: string;
  /** The query that selects the view's papers; empty for all. */
  query: string;
  /** What an empty view says, and the key that fills it. */
  empty: string;
}

/** The built-in views, in the order of the views pane. */
export const builtInViews = [
  { id: 'inbox', label: 'Inbox', query: 'status:unread', empty: 'Nothing unread. Import papers to fill the inbox.' },
  { id: 'queued', label: 'To read', query: 'status:queued', empty: 'Press q on a paper to put it here for later.' },
  { id: 'reading', label: 'Reading', query: 'status:reading', empty: 'Press r on a paper when you start reading it.' },
  { id: 'read', label: 'Read', query: 'status:read', empty: 'Press m on a paper when you have read it.' },
  { id: 'skipped', label: 'Skipped', query: 'status:skipped', empty: 'Press x on a paper to pass it by.' },
  { id: 'starred', label: 'Starred', query: 'is:starred', empty: 'Press s on a paper to star it.' },
  { id: 'notes', label: 'With notes', query: 'has:note', empty: 'Press n on a paper to write a note.' },
  { id: 'all', label: 'All papers', query: '', empty: 'The library is empty. Import a capture to begin.' },
] as const satisfies readonly View[];

/** Id of a built-in view. */
export type BuiltInViewId = (typeof builtInViews)[number]['id'];

/**
 * The query text of a view.
 * @param id `inbox`, …, `tag:NAME`, `source:ID` or the id of a saved view
 * @param saved the saved views there are
 * @returns the query, or null when there is no such view
 */
export function queryOfView(id: string, saved: readonly Pick<SavedView, 'id' | 'query'>[] = []): string | null {
  const own = saved.find((view) => view.id === id);
  if (own) return own.query;
  const builtIn = builtInViews.find((view) => view.id === id);
  if (builtIn) return builtIn.query;
  const [kind, ...rest] = id.split(':');
  const name = rest.join(':');
  if (kind === 'tag' && name !== '') return `tag:"${name.replaceAll('"', '')}"`;
  if (kind === 'source' && /^\d+$/.test(name)) return `source:${name}`;
  return null;
}
