import { Parser, type Part } from './parser.ts';
import type { Query } from './query.ts';

/**
 * Reads the text of the search box, of a saved view or of a command line. Never fails: whatever is no
 * clause is free text, so a title with a colon works as typed, and so does a pasted identifier.
 *
 * The language: words, all of which must match; `"a phrase"`; `-` or `NOT` before anything for its
 * opposite; `OR` or `|` between alternatives, which binds less than standing side by side;
 * parentheses. `title:`, `abstract:`, `author:` and `note:` before a word, phrase or group;
 * `tag:`, `status:`, `is:`, `has:`, `source:`, `venue:`, `id:`, `year:`, `votes:`, `published:`,
 * `added:`, `read:` with a value or several with commas; `sort:`. The last word matches as a prefix
 * until something follows it. A word that is an arXiv number, a DOI or a link to either asks for
 * that paper or for a text with the word in it. An operator with nothing to work on counts for nothing.
 */
export function parseQuery(text: string): Query {
  const { where, sort } = new Parser(text);
  return { where, sort };
}

/**
 * The pieces of a text that must hold together, in order, each with what it asks for. Alternatives at
 * the outermost are one piece.
 */
export function partsOf(text: string): Part[] {
  return new Parser(text).parts;
}
