/** A stretch of a text that was mathematics before its backslashes and dollars were lost. */
export interface Damaged {
  /** First UTF-16 unit of the stretch in the stored text. */
  from: number;
  /** The unit after its last. */
  to: number;
  /** What was meant, as LaTeX without delimiters. */
  latex: string;
}

const signBetweenNumbers = /(?<![\w.])(\d+(?:\.\d+)?)(pm|times)(\d+(?:\.\d+)?)(?![\w])/g;

/**
 * The stretches of a text that lost its backslashes and dollars, in order, none overlapping; empty where the text is
 * sound. Never throws.
 */
export function damagedMathematics(source: string): Damaged[] {
  return [...source.matchAll(signBetweenNumbers)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    latex: `${match[1]}\\${match[2]} ${match[3]}`,
  }));
}
