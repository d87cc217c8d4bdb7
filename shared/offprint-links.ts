import type { PaperId } from './paper.ts';

/** The scheme of links that open something in Offprint. */
export const linkScheme = 'offprint';

/**
 * The link that opens a paper in any Offprint that has it: `offprint://paper/arxiv:2306.12345`. Slashes stay as they
 * are, as in `doi:10.1000/xyz`, unless a browser would take the path apart by them.
 */
export function paperLink(id: PaperId): string {
  const readable = encode(id).replaceAll('%3A', ':');
  const path = readable.replaceAll('%2F', '/');
  // RFC 3986, section 5.2.4: such parts are taken out of a path.
  const isTakenApart = path.split('/').some((part) => /^(?:\.|%2E){0,2}$/i.test(part));
  return `${linkScheme}://paper/${isTakenApart ? readable : path}`;
}

/** The link that runs a search in Offprint, over all papers. */
export function searchLink(query: string): string {
  return `${linkScheme}://search?q=${encode(query)}`;
}

/** As `encodeURIComponent` does, and the few characters that mark the end of a link in a text. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
