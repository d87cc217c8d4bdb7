import { hasLatex } from './has-latex.ts';
import { keptStretches } from './kept-stretches.ts';
import { type MathematicsSpan, mathematicsIn, type Stretch } from './mathematics-spans.ts';
import { PieceReader } from './piece-reader.ts';
import { damagedMathematics } from './repair.ts';
import type { TextStyle } from './text-commands.ts';

/**
 * A stretch `[from, to)` of a stored text, in UTF-16 units, as it is shown. A text is verbatim where `text` is what
 * stands there; else it is shown in the place of the whole stretch, and may be empty (`\emph{`). `href` is where
 * `\href` leads, unchecked.
 */
export type Piece =
  | { kind: 'text'; text: string; from: number; to: number; style?: TextStyle; href?: string }
  | { kind: 'math'; latex: string; display: boolean; from: number; to: number; repaired: boolean };

/** A piece of text. See {@link Piece}. */
export type TextPiece = Extract<Piece, { kind: 'text' }>;

/** A piece of mathematics. See {@link Piece}. */
export type MathematicsPiece = Extract<Piece, { kind: 'math' }>;

/**
 * Turns a stored title or abstract into what is shown: its mathematics (`$…$`, `$$…$$`, `\(…\)`, `\[…\]`, and
 * environments), and its text, with LaTeX's commands for text read (emphasis, accents, dashes, quotation marks, ties,
 * citations, addresses). A dollar that is money stays money; what is not understood stays as it is written.
 *
 * The pieces are in order and cover the text without gap or overlap, whatever it is. Never throws; takes time in
 * proportion to the text.
 * @param options `repair`: also find mathematics that lost its backslashes and dollars
 * @param look told how many places were looked at, in a test
 */
export function piecesOf(source: string, options: { repair: boolean }, look?: (places: number) => void): Piece[] {
  if (source === '') return [];
  const repairs = options.repair ? damagedMathematics(source) : [];
  if (repairs.length === 0 && !hasLatex(source)) return [{ kind: 'text', text: source, from: 0, to: source.length }];
  const kept = keptStretches(source);
  const opaque = inOrder(mathematicsIn(source, kept, look), repairs, kept);
  return new PieceReader(source, opaque, look).read();
}

/** What is shown as one: mathematics first, then what was repaired, then what is left alone, where they overlap. */
function inOrder(
  spans: readonly MathematicsSpan[],
  repairs: readonly { from: number; to: number; latex: string }[],
  kept: readonly Stretch[],
): (Stretch | MathematicsPiece)[] {
  const all = [
    ...spans.map((span) => ({ rank: 0, shown: { kind: 'math', ...span, repaired: false } as MathematicsPiece })),
    ...repairs.map(({ from, to, latex }) => ({
      rank: 1,
      shown: { kind: 'math', latex, display: false, from, to, repaired: true } as MathematicsPiece,
    })),
    ...kept.map((shown) => ({ rank: 2, shown })),
  ];
  const chosen: { rank: number; shown: Stretch | MathematicsPiece }[] = [];
  all.sort((a, b) => a.shown.from - b.shown.from || a.rank - b.rank);
  for (const next of all) {
    const last = chosen.at(-1);
    if (!last || last.shown.to <= next.shown.from) chosen.push(next);
    else if (next.rank < last.rank) chosen.splice(-1, 1, next);
  }
  return chosen.map(({ shown }) => shown);
}
