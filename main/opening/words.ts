/** Most characters of what was asked for that a sentence repeats. */
const longestShown = 200;

/** What was asked for, as a sentence can repeat it: short, and without characters that are not seen. */
export function shown(text: string): string {
  // Cut first: what is huge is not looked through.
  const seen = text
    .slice(0, longestShown * 2)
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, '�')
    .trim();
  return seen.length <= longestShown ? seen : `${seen.slice(0, longestShown - 1)}…`;
}

/** Most sentences of which each says why something could not be opened; the others are counted. */
const mostSentences = 3;

/** Why several things could not be opened, in words. */
export function inWords(sentences: readonly string[]): string {
  const different = [...new Set(sentences)];
  const left = different.length - mostSentences;
  const more = left > 0 ? [`${left} more could not be opened.`] : [];
  return [...different.slice(0, mostSentences), ...more].join(' ');
}
