import type { MathematicsPiece, Piece } from './pieces.ts';
import type { TextStyle } from './text-commands.ts';

interface Closer {
  /** What is shown in the place of the closing brace. */
  text: string;
  style: TextStyle | undefined;
  href: string | undefined;
}

/** Goes through a text from left to right and puts down what is shown, so that the pieces cover it without gap. */
export class PieceWriter {
  protected readonly text: string;
  /** Where it is; nothing from here on has been put down. */
  protected at = 0;
  /** How the text looks from here on, and where it leads. */
  protected style: TextStyle | undefined;
  protected href: string | undefined;
  private readonly pieces: Piece[] = [];
  private readonly closers = new Map<number, Closer>();
  /** Start of what is shown as it is written. */
  private plainFrom = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** All pieces, with the rest of the text as it is written. */
  protected finish(): Piece[] {
    this.flush(this.text.length);
    return this.pieces;
  }

  /** Shows `text` in the place of what stands from here to `to`. */
  protected show(text: string, to: number): void {
    if (to === this.at) return;
    this.flush(this.at);
    this.push(text, this.at, to);
    this.plainFrom = to;
    this.at = to;
  }

  /** Shows a formula in the place of what stands from here to `to`. */
  protected showMathematics(latex: string, to: number): void {
    this.put({ kind: 'math', latex, display: false, from: this.at, to, repaired: false });
  }

  /** Puts down a piece that begins here or further on. */
  protected put(piece: MathematicsPiece): void {
    this.flush(piece.from);
    this.pieces.push(piece);
    this.plainFrom = piece.to;
    this.at = piece.to;
  }

  /** Has what looks as it does now end at a brace, in the place of which `text` is shown. */
  protected open(close: number, text: string): void {
    this.closers.set(close, { text, style: this.style, href: this.href });
  }

  /** The brace here, which ends a group. */
  protected closeGroup(): void {
    const closer = this.closers.get(this.at);
    if (closer === undefined) {
      this.at += 1;
      return;
    }
    // The sign itself belongs to the text around the group.
    this.flush(this.at);
    this.style = closer.style;
    this.href = closer.href;
    this.show(closer.text, this.at + 1);
  }

  private flush(to: number): void {
    if (to > this.plainFrom) this.push(this.text.slice(this.plainFrom, to), this.plainFrom, to);
    this.plainFrom = to;
  }

  private push(text: string, from: number, to: number): void {
    const { style, href } = this;
    this.pieces.push({ kind: 'text', text, from, to, ...(style && { style }), ...(href !== undefined && { href }) });
  }
}
