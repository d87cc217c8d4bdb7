import { createContext, useContext, useMemo } from 'react';
import type { LibraryState } from '../../shared/contract.ts';
import type { TagColour } from '../../shared/paper.ts';

/** The colour of each tag that has one. */
export type TagColours = ReadonlyMap<string, TagColour>;

/** Given by the app to everything that shows tags. Without it, no tag has a colour. */
export const TagColoursContext = createContext<TagColours>(new Map());

/** The colour of a tag, or undefined. */
export function useTagColour(tag: string): TagColour | undefined {
  return useContext(TagColoursContext).get(tag);
}

/** The colours of a library's tags: the same map as long as no colour changes, so that nothing is drawn for nothing. */
export function useTagColours(tags: LibraryState['tags'] | undefined): TagColours {
  const coloured = (tags ?? []).flatMap(({ name, colour }) => (colour === null ? [] : [[name, colour]]));
  const text = JSON.stringify(coloured);
  return useMemo(() => new Map(JSON.parse(text) as [string, TagColour][]), [text]);
}
