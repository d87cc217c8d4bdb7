const longestNumber = 12;

/**
 * Folds text so that order does not depend on case, accents or punctuation, and numbers sort by
 * value (`GPT-4` before `GPT-10`). Empty when the text has no letter or digit.
 */
export function sortKey(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replaceAll(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(longestNumber, '0'));
}

function familyNameFirst(name: string): string {
  if (name.includes(',')) return name;
  const words = name.trim().split(/\s+/);
  return [words.at(-1), ...words.slice(0, -1)].join(' ');
}

/** Key to sort papers by author: family name of the first author first; null without authors. */
export function authorsKey(authors: readonly string[]): string | null {
  const key = authors.slice(0, 5).map(familyNameFirst).map(sortKey).join(' ');
  return key.trim() === '' ? null : key;
}

/** Key to sort papers by their tags in alphabetical order; null without tags. */
export function tagsKey(tags: readonly string[]): string | null {
  return tags.length === 0 ? null : tags.map(sortKey).sort().join(' , ');
}
