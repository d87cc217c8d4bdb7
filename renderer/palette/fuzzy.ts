import type { TextRange } from '../../shared/paper.ts';

/** How well a text answers to what was typed. */
export interface FuzzyMatch {
  /** Larger is better. */
  score: number;
  /** Where the typed letters stand in the text. */
  ranges: TextRange[];
}

/** What a letter is worth: at the start of a word, right behind the one before, or anywhere. */
const atStart = 10;
const following = 11;
const anywhere = 1;
/** What each word that is passed over before the first letter takes away. */
const late = 0.5;
/** What the letters must be worth on average: less, and they are there by chance. */
const least = 4;

/**
 * Finds what was typed in a text, letter by letter in order: `gtr` is in "Go to Read". Letters beside
 * each other and at the start of words count for more; case, accents and spaces do not matter.
 * @returns null when the letters are not all there in that order, or only strewn over it
 */
export function fuzzyMatch(typed: string, text: string): FuzzyMatch | null {
  const letters = lettersOf(typed).map(({ letter }) => letter);
  if (letters.length === 0) return { score: 0, ranges: [] };
  const places = lettersOf(text);
  // best[at] is the best score of the letters so far with the last of them at this place.
  let best = places.map(({ letter, starts, word }) =>
    letter === letters[0] ? (starts ? atStart : anywhere) - word * late : Number.NEGATIVE_INFINITY,
  );
  const cameFrom: Int32Array[] = [];
  for (const letter of letters.slice(1)) {
    const from = new Int32Array(places.length).fill(-1);
    let bestBefore = Number.NEGATIVE_INFINITY;
    let bestAt = -1;
    const next = places.map((place, at) => {
      const beside = best[at - 1] ?? Number.NEGATIVE_INFINITY;
      let score = Number.NEGATIVE_INFINITY;
      if (place.letter === letter) {
        const worth = place.starts ? atStart : anywhere;
        const jumped = bestBefore + worth;
        const followed = beside + Math.max(worth, following);
        score = Math.max(jumped, followed);
        from[at] = followed >= jumped ? at - 1 : bestAt;
      }
      // From the next place on, the one before this is one to jump from.
      if (beside > bestBefore) {
        bestBefore = beside;
        bestAt = at - 1;
      }
      return score;
    });
    cameFrom.push(from);
    best = next;
  }
  const end = best.reduce((top, score, at) => (score > (best[top] ?? Number.NEGATIVE_INFINITY) ? at : top), 0);
  const score = best[end] ?? Number.NEGATIVE_INFINITY;
  if (score < letters.length * least) return null;
  const found = [end];
  for (const from of cameFrom.toReversed()) found.unshift(from[found[0] ?? 0] ?? 0);
  return { score: score - text.length / 100, ranges: joined(found.map((at) => places[at]?.range ?? [0, 0])) };
}

interface Letter {
  letter: string;
  range: TextRange;
  /** True for the first letter of a word. */
  starts: boolean;
  /** How many words come before. */
  word: number;
}

/** The letters and digits of a text, folded, with where they stand. */
function lettersOf(text: string): Letter[] {
  const letters: Letter[] = [];
  let at = 0;
  let starts = true;
  let word = -1;
  for (const each of text) {
    if (!/[\p{L}\p{N}]/u.test(each)) starts = true;
    else {
      if (starts) word += 1;
      for (const letter of folded(each)) letters.push({ letter, range: [at, at + each.length], starts, word });
      starts = false;
    }
    at += each.length;
  }
  return letters;
}

/** Without case and accents. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Ranges that touch are one. */
function joined(ranges: readonly TextRange[]): TextRange[] {
  const result: TextRange[] = [];
  for (const [from, to] of ranges) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
