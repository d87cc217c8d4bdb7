import type { LibraryState } from '../../shared/contract.ts';
import { type BuiltInViewId, builtInViews } from '../../shared/views.ts';

/** A view as the window shows it. */
export interface NamedView {
  label: string;
  /** How many papers it holds; null while they are being counted. */
  count: number | null;
  /** What it says when it is empty. */
  empty: string;
}

/** Name, count and empty text of a view; null when the library has no such view (any more). */
export function namedView(id: string, library: LibraryState): NamedView | null {
  const builtIn = builtInViews.find((view) => view.id === id);
  if (builtIn) {
    const count = library.counts[builtIn.id as BuiltInViewId];
    return { label: builtIn.label, count, empty: builtIn.empty };
  }
  if (id.startsWith('tag:')) {
    const tag = library.tags.find(({ name }) => `tag:${name}` === id);
    return tag ? { label: tag.name, count: tag.total, empty: 'Press t on a paper to give it this tag.' } : null;
  }
  const saved = library.views.find((view) => view.id === id);
  if (saved) {
    const query = saved.query.trim();
    const empty =
      query === '' ? 'The library is empty.' : `No paper matches ${query} now. Those that will come in here.`;
    return { label: saved.name, count: saved.count, empty };
  }
  const source = library.sources.find((each) => `source:${each.id}` === id);
  return source ? { label: source.name, count: source.count, empty: 'No paper came from this source.' } : null;
}

/** True when a view can be opened. */
export function viewExists(id: string, library: LibraryState): boolean {
  return namedView(id, library) !== null;
}
