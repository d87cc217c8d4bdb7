import { accents, spacingAccents } from './latex-symbols.ts';

const accentOfSign = /\\(?<sign>['`^"~=.])[ \t]*/y;
const accentOfLetter = /\\(?<name>[uvHckdbrt])(?=[\s{\\])\s{0,4}/y;
const base =
  /\{\s{0,4}(?:\\(?<dotless>[ij])(?![a-zA-Z])\s{0,4}|(?<letter>\p{L}\p{M}*))?\}|\\(?<plainDotless>[ij])(?![a-zA-Z])(?:\{\}| )?|(?<plainLetter>\p{L}\p{M}*)/uy;
/** Accents on one letter. */
const mostAccents = 4;

/**
 * Reads a LaTeX accent with the letter it stands on: `\"u`, `\v{s}`, `\'{\i}`, also several on one letter.
 * @param at where its backslash stands
 * @returns the letter and the end of what was read; null where no letter follows
 */
export function readAccent(text: string, at: number, depth = 0): { text: string; end: number } | null {
  accentOfSign.lastIndex = at;
  accentOfLetter.lastIndex = at;
  const command = accentOfSign.exec(text) ?? accentOfLetter.exec(text);
  const mark = accents.get(command?.groups?.['sign'] ?? command?.groups?.['name'] ?? '');
  if (command === null || mark === undefined) return null;
  const from = at + command[0].length;
  base.lastIndex = from;
  const match = base.exec(text);
  if (match) {
    const { dotless, plainDotless, letter, plainLetter } = match.groups ?? {};
    const on = dotless ?? plainDotless ?? letter ?? plainLetter;
    const end = from + match[0].length;
    if (on !== undefined) return { text: (on + mark).normalize('NFC'), end };
    const alone = spacingAccents.get(mark) ?? (mark === '\u0303' ? '~' : undefined);
    return alone === undefined ? null : { text: alone, end };
  }
  if (depth >= mostAccents) return null;
  const inBraces = text.charAt(from) === '{';
  const inner = readAccent(text, from + (inBraces ? 1 : 0), depth + 1);
  if (inner === null || !/^\p{L}/u.test(inner.text)) return null;
  if (inBraces && text.charAt(inner.end) !== '}') return null;
  return { text: (inner.text + mark).normalize('NFC'), end: inner.end + (inBraces ? 1 : 0) };
}
