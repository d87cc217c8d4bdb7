/** More names than this are not looked at: enough to tell papers apart, little enough for a list of thousands. */
const mostNames = 300;
/** Likewise for the length of a name, in UTF-16 units. */
const longestName = 200;

const suffixes = new Set(['jr', 'sr', 'ii', 'iii', 'iv', 'junior', 'phd', 'md']);
const nobody = /^(?:and\s+)?(?:others|et\.?\s*al\.?|anonymous|unknown|n\/?a)$/iu;
const organisation = /\b(?:collaboration|consortium|team|group|project|committee|initiative)$/iu;

/** Letters that Unicode does not take apart into a base and an accent. */
const strokes: Record<string, string> = { ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'a', œ: 'o', ı: 'i' };

/** Case, accents, umlauts written out and everything that is no letter or digit taken away. */
function folded(text: string): string {
  let plain = text.toLowerCase();
  if (/[^ -~]/.test(plain)) {
    plain = plain
      .normalize('NFKD')
      .replaceAll(/\p{M}+/gu, '')
      .toLowerCase()
      .replaceAll(/[øłđðþßæœı]/gu, (letter) => strokes[letter] ?? letter);
  }
  // Schölkopf is Schoelkopf.
  return plain.replaceAll(/[^\p{L}\p{N}]+/gu, '').replaceAll(/([aou])e/g, '$1');
}

/** Words with a letter or digit, without a suffix at the end. */
function words(text: string): string[] {
  const all = text.split(/[\s~]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  while (all.length > 1 && suffixes.has(folded(all.at(-1) ?? ''))) all.pop();
  return all;
}

const initials = /^(?:\p{Lu}[.-]?){1,3}$/u;

/** The last part of a double name: it is the one that stays when such a name is cut or misread. */
function lastPart(word: string): string {
  return folded(word.split(/[-\u2010-\u2015]/u).findLast((part) => /[\p{L}\p{N}]/u.test(part)) ?? word);
}

/**
 * The family names that an author's name may be meant to have, folded, so that the usual spellings
 * of one person agree: `Jan van der Berg`, `van der Berg, Jan`, `Berg, J. van der`, `BERG J`. Of a
 * name of several words the last one counts. Where it cannot be told whether the last word is a
 * name or initials (`Weinan E`, `Smith J`), both.
 * @returns the likeliest first; empty for `et al.` and the like
 */
export function familyNames(name: string): string[] {
  const clean = name
    .slice(0, longestName)
    .replaceAll('，', ',')
    .replace(/[\s,]+et\.?\s+al\.?\s*$/iu, '')
    .trim();
  if (clean === '' || nobody.test(clean)) return [];
  if (organisation.test(clean)) return [folded(clean.replace(/^the\s/iu, ''))].filter(Boolean);

  const [beforeComma = '', ...afterComma] = clean.split(',');
  const familyFirst = afterComma.some((part) => words(part).some((word) => !suffixes.has(folded(word))));
  const parts = words(familyFirst ? beforeComma : clean.replaceAll(',', ' '));
  const last = parts.at(-1);
  if (last === undefined) return [];
  if (familyFirst) return [lastPart(last)].filter(Boolean);
  if (parts.length === 1) return [folded(last)].filter(Boolean);
  // "Smith J. A." ends in initials. "Wei LI" does not, but nothing shows that.
  const family = parts.findLast((part) => !initials.test(part));
  const unclear = family === last || last.includes('.') || parts.at(-2) !== family ? [] : [lastPart(last)];
  return [lastPart(family ?? last), ...unclear].filter(Boolean);
}

/** The folded family names of authors, each once, in their order. */
export function peopleOf(authors: readonly string[]): string[] {
  const people = new Set<string>();
  for (const author of authors.slice(0, mostNames)) for (const name of familyNames(author)) people.add(name);
  return [...people];
}
