import { atMost, longestLine, oneLine, withoutControls } from './clean-text.ts';

/**
 * A name as it is read aloud. `Gogh, Vincent van` and `Smith, Jr., Bob` are turned round; anything
 * else stays in its order.
 * @returns one clean line; empty when nothing is left
 */
export function nameAsRead(text: string): string {
  const parts = oneLine(text)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return nameOfParts(parts);
}

/** A name of the parts that commas separate: family name, then what comes behind it, then given names. */
export function nameOfParts(parts: readonly string[]): string {
  const [family = '', ...others] = parts;
  const suffix = others.findIndex(isSuffix);
  // With three parts BibTeX has the suffix in the middle, whatever it is.
  const [behind] = others.length > 1 || suffix !== -1 ? others.splice(Math.max(0, suffix), 1) : [];
  const inOrder = [...others, family, behind ?? ''];
  return atMost(inOrder.filter((part) => part !== '').join(' '), longestLine);
}

/** `King, Jr.` and `Tukey, John, Jr.`: what is behind the last comma belongs behind the name. */
function isSuffix(text: string): boolean {
  return /^(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d|esq)\.?$/i.test(text);
}

/**
 * Names out of one cell or line, separated by semicolons, line breaks, ` and `, `&`, or commas
 * where each part is a whole name. `et al.` and `others` are no names.
 */
export function splitNames(text: string): string[] {
  const folded = withoutControls(text)
    .replaceAll(/[^\S\n]+/g, ' ')
    .trim()
    .replace(/[,;]? ?(?:et\.? al\.?|and others)$/i, '');
  if (/[;\n]/.test(folded)) return cleanNames(folded.split(/[;\n]/));
  const byAnd = folded.split(/,? (?:and|&) /i);
  // "A, B and C" lists names; "Smith, John and Doe, Jane" are two.
  const list = byAnd.flatMap((part) => {
    const byComma = part.split(',').map((name) => name.trim());
    return byComma.length > 2 || (byComma.length === 2 && byComma.every(isWholeName)) ? wholeNames(byComma) : [part];
  });
  return cleanNames(list);
}

function isWholeName(text: string): boolean {
  return /\S \S/.test(text);
}

/** Parts of a list of names: each is one, or each two are one (`Smith, J., Doe, K.`). */
function wholeNames(parts: readonly string[]): string[] {
  const inPairs =
    parts.length % 2 === 0 && parts.every((part, index) => index % 2 === 0 || /^(?:\p{Lu}\.?[ -]?){1,4}$/u.test(part));
  if (!inPairs) return [...parts];
  return parts.flatMap((part, index) => (index % 2 === 0 ? [`${part}, ${parts[index + 1] ?? ''}`] : []));
}

/** The names that there are among some texts, each as it is read aloud. */
export function cleanNames(texts: readonly string[]): string[] {
  return texts
    .map((text) => nameAsRead(text.replace(/^\s*(?:and|&)\s+/i, '')))
    .filter((name) => /[\p{L}\p{N}]/u.test(name) && !/^(?:others|et\.? al\.?)$/i.test(name));
}
