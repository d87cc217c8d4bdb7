/** A text as a menu must be given it: `&` alone would underline the letter after it. */
export function plainLabel(text: string): string {
  return text.replaceAll('&', '&&');
}

const letter = /\p{L}|\p{N}/u;

/** Where the letters of a label begin that may be underlined, the best first: those that begin a word. */
function candidates(label: string): number[] {
  const places = label.split('').flatMap((each, at) => (letter.test(each) ? [at] : []));
  const beginsWord = (at: number) => at === 0 || label[at - 1] === ' ';
  return [...places.filter(beginsWord), ...places.filter((at) => !beginsWord(at))];
}

/**
 * Marks in each label of one menu the letter that chooses it there, with `&` before it; no two get the same.
 * @param labels as they are to be read; where one has no letter left for it, it goes without
 */
export function withMnemonics(labels: readonly string[]): string[] {
  const taken = new Set<string>();
  return labels.map((label) => {
    const at = candidates(label).find((each) => !taken.has(label[each]?.toLowerCase() ?? ''));
    if (at === undefined) return plainLabel(label);
    taken.add(label[at]?.toLowerCase() ?? '');
    return `${plainLabel(label.slice(0, at))}&${plainLabel(label.slice(at))}`;
  });
}
