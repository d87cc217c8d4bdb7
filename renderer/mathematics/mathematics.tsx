import { setMathematics } from './set-mathematics.ts';
import './mathematics.css';

/** A formula to show. */
export interface MathematicsProps {
  /** LaTeX, without delimiters. */
  latex: string;
  /** On a line of its own. */
  display?: boolean;
  /** What stands in the text, delimiters and all, where it cannot be set. */
  written?: string;
}

/**
 * A formula as MathML, which screen readers read as one; or, where it cannot be set, as it is written, quietly marked.
 * `data-latex` has its LaTeX, for who copies it.
 */
export function Mathematics({ latex, display = false, written = latex }: MathematicsProps) {
  const set = setMathematics(latex, display);
  if (set === null) {
    return (
      <span
        className="as-it-is-written"
        data-latex={latex}
        title="This mathematics could not be set: it is shown as it is written"
      >
        {written}
      </span>
    );
  }
  return (
    <span className="mathematics" data-latex={latex} data-display={display || undefined}>
      {set}
    </span>
  );
}
