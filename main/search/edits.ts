const letters = [...'abcdefghijklmnopqrstuvwxyzßæøþðđħıłœ'];
const digits = [...'0123456789'];

/**
 * All words that one slip of the hand makes of `word`, or that it was made of: one letter more,
 * one less, another one, or two neighbours that have changed places.
 * @param word folded, see `fold`
 * @returns each once, `word` not among them
 */
export function singleEdits(word: string): string[] {
  const characters = [...word];
  const alphabet = /\d/.test(word) ? [...letters, ...digits] : letters;
  const found = new Set<string>();
  for (let at = 0; at <= characters.length; at += 1) {
    const before = characters.slice(0, at).join('');
    const [here = '', next = ''] = characters.slice(at);
    const after = characters.slice(at + 1).join('');
    for (const letter of alphabet) found.add(before + letter + here + after);
    if (here === '') continue;
    found.add(before + after);
    for (const letter of alphabet) found.add(before + letter + after);
    if (next !== '') found.add(before + next + here + characters.slice(at + 2).join(''));
  }
  found.delete(word);
  found.delete('');
  return [...found];
}

/**
 * How many slips are between two words, as {@link singleEdits} counts them (optimal string
 * alignment: no piece is edited twice).
 * @param most distances above this need not be known
 * @returns the distance, or more than `most` when it is greater than that
 */
export function editDistance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const distance = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + Number(!same),
        swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
      row.push(distance);
      least = Math.min(least, distance);
    }
    if (least > most) return most + 1;
    before = last;
    last = row;
  }
  return last[other.length] ?? 0;
}
