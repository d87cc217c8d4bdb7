import { longestNote, tagSchema } from '../../shared/paper.ts';
import { atMost, longestAbstract, longestLine, longestTitle, oneLine, paragraphs } from './clean-text.ts';

/** How a kind of text is cleaned: `oneLine` or `paragraphs`, or something that does more. */
export type Clean = (text: string) => string;

/** Text longer than this is not cleaned but cut first: what is beyond it would be cut anyway. */
const slack = 4;

/** Why a record without a title is skipped. */
export const noTitle = 'it has no title';

/** A title that a record gives, cleaned; or why it is none. */
export function titleOf(text: string | null, clean: Clean = oneLine): { title: string } | { reason: string } {
  if (text === null) return { reason: noTitle };
  const title = text.length > longestTitle * slack ? text : clean(text);
  if (title.length > longestTitle) return { reason: `its title has ${title.length} characters: it is no title` };
  return /[^\s\p{C}]/u.test(title) ? { title } : { reason: noTitle };
}

/** An abstract that a record gives, cleaned; null when nothing is left. */
export function abstractOf(text: string | null, clean: Clean = paragraphs): string | null {
  if (text === null) return null;
  return atMost(clean(atMost(text, longestAbstract * slack)), longestAbstract) || null;
}

/** Any other text of one line, cleaned; null when nothing is left. */
export function lineOf(text: string | null, clean: Clean = oneLine): string | null {
  if (text === null) return null;
  return atMost(clean(atMost(text, longestLine * slack)), longestLine) || null;
}

const mostWords = 500;
const longestWord = 200;

/** Keywords or categories, cleaned, each once (upper and lower case are the same). */
export function wordsOf(words: Iterable<string | null>, clean: Clean = oneLine): string[] {
  const found = new Map<string, string>();
  for (const word of words) {
    const cleaned = word === null || word.length > longestLine ? '' : clean(word);
    const key = cleaned.toLowerCase();
    if (cleaned !== '' && cleaned.length <= longestWord && !found.has(key) && found.size < mostWords)
      found.set(key, cleaned);
  }
  return [...found.values()];
}

/** Keywords in one text, separated by semicolons, else by commas or line breaks. */
export function wordsInText(text: string): string[] {
  return wordsOf(text.split(text.includes(';') ? ';' : /[,\n]/));
}

/** Tags as the reader may have them, of words that a file calls tags. */
export function tagsOf(words: Iterable<string | null>): string[] {
  const clean = (word: string) => oneLine(word.replaceAll(/[,"]/g, ' '));
  return wordsOf(words, clean).filter((tag) => tagSchema.safeParse(tag).success);
}

/** A note as the reader may have it: as it is, up to the longest one. */
export function noteOf(text: string): string {
  return atMost(text, longestNote);
}

/** Most authors kept of one paper: the largest collaborations have some five thousand. */
const mostAuthors = 20_000;

/** Longest name kept, in UTF-16 units: collaborations write sentences. */
const longestName = 300;

/** Names as they are read aloud, cleaned; what has no letter goes. */
export function namesOf(names: Iterable<string | null>, clean: Clean = oneLine): string[] {
  const found: string[] = [];
  for (const name of names) {
    const cleaned = name === null ? '' : atMost(clean(atMost(name, longestLine)), longestName);
    if (found.length < mostAuthors && /[\p{L}\p{N}]/u.test(cleaned)) found.push(cleaned);
  }
  return found;
}

/** A name of parts in the order in which they are read aloud; null when there is none. */
export function nameOf(...parts: readonly (string | null)[]): string | null {
  return parts.filter((part) => part !== null && part !== '').join(' ') || null;
}

/** Volume, issue and pages as one line, `12(3), 45–67`; null when nothing is known. */
export function placeInJournal(volume: string | null, issue: string | null, pages: string | null): string | null {
  const number = issue === null ? volume : `${volume ?? ''}(${issue})`;
  return lineOf([number, pages].filter((part) => part !== null).join(', '));
}
