import type { Stretch } from './mathematics-spans.ts';

// Each starts only where a word starts and has no repetition within another: linear in the text.
const kept = new RegExp(
  [
    // An address. A dollar or tilde in it is its own. One in \url{…} is LaTeX's.
    String.raw`(?<![\p{L}\p{N}]|\\(?:url|href|path|nolinkurl)[ \t]?\{[ \t]?)(?:https?:\/\/|www\.)[^\s\p{C}<>"“”‘’{}\\]+`,
    String.raw`(?<![\p{L}\p{N}./@-])github\.com\/[\w./~%#?=&-]+`,
    String.raw`(?<![\p{L}\p{N}./])10\.\d{4,9}\/[^\s\p{C}<>"“”‘’{}\\$]+`,
    // Code between backquotes, which open no quotation: those end with '.
    "(?<![\\p{L}\\p{N}`\\\\])`[^`'\\n]{1,200}`(?![\\p{L}\\p{N}`])",
  ].join('|'),
  'gu',
);

/** Stretches of a text in which no LaTeX is read: addresses, DOIs, and code between backquotes; in order. */
export function keptStretches(text: string): Stretch[] {
  if (!/[`/]|www\./.test(text)) return [];
  return Array.from(text.matchAll(kept), (match) => ({ from: match.index, to: match.index + match[0].length }));
}
