/**
 * Keywords or tags in one text, for programs that divide it at semicolons where there are any, else at commas: Zotero,
 * JabRef and Offprint do. Semicolons are taken where a word has a comma.
 */
export function joinedWords(words: readonly string[]): string {
  const isWithCommas = words.some((word) => /[,\n]/.test(word));
  return isWithCommas ? `${words.join('; ')};` : words.join(', ');
}
