import { longestQuery } from '../../shared/contract.ts';
import type { OpenRequest } from '../../shared/host-calls.ts';
import { namedPaper } from '../../shared/identifiers.ts';
import { linkScheme } from '../../shared/offprint-links.ts';
import { paperIdSchema } from '../../shared/paper.ts';
import { shown } from './words.ts';

/** Longest link that is looked at, in UTF-16 units: longer than any that a browser gives to a program. */
export const longestLink = 32_768;

const paper = new RegExp(`^${linkScheme}://paper/([^?#]+)$`, 'i');
const search = new RegExp(`^${linkScheme}://search/?\\?q=([^&#]*)$`, 'i');

/** Whether a text is meant to be one of our links, be it a right one or not. */
export function isOwnLink(text: string): boolean {
  return text.slice(0, linkScheme.length + 1).toLowerCase() === `${linkScheme}:`;
}

/**
 * Reads a link, `offprint://paper/ID` or `offprint://search?q=QUERY`, both percent-encoded. It can name a paper or a
 * query and nothing else.
 * @returns what is to be opened, or why it is refused
 */
export function readLink(link: string): OpenRequest {
  if (link.length > longestLink) return refused('This link is too long for Offprint to open.');
  const id = decoded(paper.exec(link)?.[1] ?? null);
  if (id !== null) {
    const known = namedPaper(id) ?? id;
    if (isPlain(id) && paperIdSchema.safeParse(known).success) return { kind: 'paper', id: known };
    return refused(`This link names no paper: “${shown(link)}”.`);
  }
  const query = decoded(search.exec(link)?.[1]?.replaceAll('+', ' ') ?? null);
  if (query !== null && isPlain(query)) {
    if (query.length <= longestQuery) return { kind: 'search', query };
    return refused('The search of this link is too long.');
  }
  return refused(`This is not a link that Offprint can open: “${shown(link)}”.`);
}

function refused(message: string): OpenRequest {
  return { kind: 'refused', message };
}

function decoded(text: string | null): string | null {
  try {
    return text === null ? null : decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** True for a text without control characters, line ends among them, and without halves of characters. */
function isPlain(text: string): boolean {
  return !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);
}
