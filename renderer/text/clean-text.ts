import type { TextRange } from '../../shared/paper.ts';
import type { Piece } from '../../shared/reading/pieces.ts';

/** Joined letters that were one sign in print, as letters. */
const ligatures: Record<string, string> = {
  ...{ ﬀ: 'ff', ﬁ: 'fi', ﬂ: 'fl', ﬃ: 'ffi', ﬄ: 'ffl', ﬅ: 'st', ﬆ: 'st' },
};

/**
 * What of a stored text is copied as it is shown: mathematics as LaTeX between dollars, no soft hyphens, no spaces of
 * no width, no ligatures; each paragraph is one line, and an empty line stands between two.
 * @param range half-open, in UTF-16 units of `source`
 * @param pieces of `source` as it is shown; a piece that is not verbatim is copied whole
 */
export function cleanText(source: string, [from, to]: TextRange, pieces: readonly Piece[]): string {
  const words = pieces
    .filter((piece) => piece.from < to && piece.to > from)
    .map((piece) => {
      if (piece.kind === 'math') return piece.display ? `$$${piece.latex.trim()}$$` : `$${piece.latex.trim()}$`;
      const stored = source.slice(piece.from, piece.to);
      return piece.text === stored ? source.slice(Math.max(from, piece.from), Math.min(to, piece.to)) : piece.text;
    });
  return words
    .join('')
    .replaceAll(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replaceAll(/[\ufb00-\ufb06]/g, (letter) => ligatures[letter] ?? letter)
    .split(/[^\S\n]*\n\s*\n\s*/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}
