import type { TextRange } from '../paper.ts';

/** What is not seen in a text, or only breaks its lines: a soft hyphen, spaces of no width, a byte order mark. */
const unseen = /[\u00ad\u200b-\u200d\u2060\ufeff]/;

/** A text with every run of white space as one space and nothing unseen, and where each of its units came from. */
export interface FoldedText {
  text: string;
  /** Where units `[from, to)` stand in the text that was folded. */
  range(from: number, to: number): TextRange;
  /** The unit at or behind a place of the text that was folded. */
  indexOf(place: number): number;
}

/** See {@link FoldedText}. All places are UTF-16 units. */
export function foldedText(source: string): FoldedText {
  const starts: number[] = [];
  let text = '';
  let inSpace = false;
  for (let at = 0; at < source.length; at += 1) {
    const unit = source.charAt(at);
    if (unseen.test(unit)) continue;
    const isSpace = /\s/.test(unit);
    if (!isSpace || !inSpace) {
      text += isSpace ? ' ' : unit;
      starts.push(at);
    }
    inSpace = isSpace;
  }
  return {
    text,
    range: (from, to) => [starts[from] ?? source.length, (starts[to - 1] ?? source.length - 1) + 1],
    indexOf(place) {
      let [low, high] = [0, starts.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? Number.POSITIVE_INFINITY) < place) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}
