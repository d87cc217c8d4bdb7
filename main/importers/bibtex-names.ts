import { oneLine } from './clean-text.ts';
import { latexToText } from './latex-text.ts';
import { nameOfParts, splitNames } from './read-names.ts';

/**
 * The people of a BibTeX field, as their names are read aloud: `Gogh, Vincent van and {NASA} and
 * others` is two. Takes BibLaTeX's `family=…, given=…` too, and lists that people separate by
 * semicolons or commas although BibTeX does not know them.
 * @param latex the value of the field, with its LaTeX
 */
export function bibtexNames(latex: string): string[] {
  const folded = latex.replaceAll(/\s+/g, ' ').trim();
  const parts = split(folded, / and(?= )/gi);
  const [only = ''] = parts;
  if (parts.length === 1) {
    const commas = split(only, /,/g).map((part) => part.trim());
    const isList = commas.length > 2 && commas.every((part) => part.includes(' '));
    if ((isList && !isExtended(only)) || split(only, /;/g).length > 1) return splitNames(latexToText(only));
  }
  return parts.map(nameOf).filter((name) => name !== '' && !/^(?:others|et\.? al\.?)$/i.test(name));
}

function nameOf(latex: string): string {
  const name = latex.trim();
  const parts = split(name, /,/g).map((part) => part.trim());
  if (isExtended(name)) return extendedName(parts);
  return nameOfParts(parts.map(textOf).filter((part) => part !== ''));
}

function textOf(latex: string): string {
  return oneLine(latexToText(latex));
}

/** BibLaTeX's names in parts, see its manual, "name list extended format". */
function isExtended(name: string): boolean {
  return /^"?(?:family|given|prefix|suffix)(?:-i)? *=/.test(name);
}

function extendedName(parts: readonly string[]): string {
  const named = new Map<string, string>();
  for (const part of parts) {
    const match = /^"?([a-z-]+) *= *([\s\S]*?)"?$/.exec(part);
    if (match) named.set(match[1] ?? '', textOf(match[2] ?? ''));
  }
  const inOrder = ['given', 'prefix', 'family', 'suffix'].map((name) => named.get(name) ?? '');
  return inOrder.filter((part) => part !== '').join(' ');
}

/**
 * Splits LaTeX at every match that stands outside of braces.
 * @param separator global; must not match a brace or a backslash
 */
export function split(latex: string, separator: RegExp): string[] {
  const parts: string[] = [];
  const tokens = new RegExp(`\\\\[\\s\\S]|[{}]|${separator.source}`, separator.flags);
  let depth = 0;
  let from = 0;
  for (const match of latex.matchAll(tokens)) {
    const [token] = match;
    if (token === '{') depth += 1;
    else if (token === '}') depth = Math.max(0, depth - 1);
    else if (!token.startsWith('\\') && depth === 0) {
      parts.push(latex.slice(from, match.index));
      from = match.index + token.length;
    }
  }
  parts.push(latex.slice(from));
  return parts;
}
