import type { LibraryState } from '../../shared/contract.ts';

/**
 * A new state of the library, with those of its lists that say the same as before being the same, so that
 * nothing made from them is made anew whenever a paper is marked.
 */
export function withSameParts(known: LibraryState | null, library: LibraryState): LibraryState {
  if (!known) return library;
  const kept = <K extends 'tags' | 'views' | 'sources'>(part: K): LibraryState[K] =>
    JSON.stringify(known[part]) === JSON.stringify(library[part]) ? known[part] : library[part];
  return { ...library, tags: kept('tags'), views: kept('views'), sources: kept('sources') };
}
