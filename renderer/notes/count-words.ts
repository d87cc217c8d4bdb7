import type { DifferencePiece } from '../text/text-difference.ts';

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** How many words a text has, in any script. */
export function countWords(text: string): number {
  let count = 0;
  for (const { isWordLike } of words.segment(text)) if (isWordLike) count += 1;
  return count;
}

/**
 * What bringing an older text back would do, in words that it adds and takes away.
 * @param pieces the difference of the older text to that of now
 */
export function restoringInWords(pieces: readonly DifferencePiece[]): { back: number; gone: number } {
  const count = (side: 'older' | 'newer') =>
    pieces.reduce((sum, piece) => sum + (piece.in === side ? countWords(piece.text) : 0), 0);
  return { back: count('older'), gone: count('newer') };
}
