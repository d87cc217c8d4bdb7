import { announcesName, followsTitle, isFurniture } from './page-furniture.ts';
import type { Paragraph } from './paragraphs.ts';

/** What the lines around a paragraph say it is. */
export type Hint = 'title' | 'byline';

/** Lines of a card between its title and "12 authors": an organisation, a conference. */
const mostBetween = 3;
const longestByline = 80;

const name = String.raw`\p{Lu}[\p{L}\p{M}.'’-]*(?: (?:\p{Lu}[\p{L}\p{M}.'’-]*|de|del|der|van|von|da|di|la|le|bin|al)){1,4}`;
const nameList = new RegExp(`^${name}(?:, (?:and )?${name}){2,}(?:,? and ${name}|,? et al\\.?|,? …|,? \\.{3})?$`, 'u');

/** Index of the line that ends a card begun by "Submitted by", or null when none does so near. */
function endOfCard(paragraphs: readonly Paragraph[], title: number): number | null {
  const near = paragraphs.slice(title + 1, title + 2 + mostBetween);
  const end = near.findIndex(({ text }) => followsTitle(text));
  const between = near.slice(0, Math.max(end, 0));
  const isCard =
    end >= 0 && between.every(({ text }) => text.length <= longestByline && !/^submitted by\b/i.test(text));
  return isCard ? title + 1 + end : null;
}

function hintCards(paragraphs: readonly Paragraph[], hints: Map<number, Hint>): void {
  for (const [index, { text }] of paragraphs.entries()) {
    if (!/^submitted by\b/i.test(text)) continue;
    // The name, then the count of votes, then the title.
    let title = index + (announcesName(text) ? 2 : 1);
    while (isFurniture(paragraphs[title]?.text ?? '')) title += 1;
    const end = endOfCard(paragraphs, title);
    if (end === null) continue;
    hints.set(title, 'title');
    for (let at = title + 1; at < end; at += 1) hints.set(at, 'byline');
  }
}

function endsAuthors(paragraph: Paragraph | undefined): boolean {
  return paragraph !== undefined && /^(?:abstract|authors?):?$/i.test(paragraph.text);
}

/** On the page of one paper, the authors stand between "Authors:" and "Abstract". */
function hintAuthorBlocks(paragraphs: readonly Paragraph[], hints: Map<number, Hint>): void {
  for (const [index, { text }] of paragraphs.entries()) {
    if (!/^authors?:$/i.test(text)) continue;
    let end = index + 1;
    while ((paragraphs[end]?.text.length ?? longestByline + 1) <= longestByline && !endsAuthors(paragraphs[end]))
      end += 1;
    if (!endsAuthors(paragraphs[end])) continue;
    for (let at = index; at < end; at += 1) hints.set(at, 'byline');
  }
}

/** Lists of names under the titles. A single one could be a title of three topics. */
function hintNameLists(paragraphs: readonly Paragraph[], hints: Map<number, Hint>): void {
  const lists = [...paragraphs.entries()].filter(([, { text }]) => text.length <= 4000 && nameList.test(text));
  if (lists.length < 2) return;
  for (const [index] of lists) if (index > 0 && !hints.has(index)) hints.set(index, 'byline');
}

/** What the fixed lines of a page tell of the others, by their index. */
export function hintsOf(paragraphs: readonly Paragraph[]): Map<number, Hint> {
  const hints = new Map<number, Hint>();
  hintCards(paragraphs, hints);
  hintAuthorBlocks(paragraphs, hints);
  hintNameLists(paragraphs, hints);
  return hints;
}
