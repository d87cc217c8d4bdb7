/** The most frequent words of English that no other language of the Latin script has in such numbers. */
const frequent = new Set(
  'the of and to in we that is for with this are on by which as be can our from these an it have not'.split(' '),
);

/** Fewer words than these say too little. */
const fewestWords = 12;

/**
 * Whether a text is in English for all that can be seen of it: only of such a text it is known how its words are
 * hyphenated and read aloud.
 */
export function isEnglish(text: string): boolean {
  const words =
    text
      .slice(0, 4000)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  if (words.length < fewestWords) return false;
  return words.filter((word) => frequent.has(word)).length / words.length > 0.15;
}
