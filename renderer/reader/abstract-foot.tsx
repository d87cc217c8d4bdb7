import type { Piece } from '../../shared/reading/pieces.ts';
import { withKey } from '../frame/key-hint.tsx';

interface AbstractFootProps {
  source: string;
  /** The text as it is shown when it is not shown as it came. */
  pieces: readonly Piece[];
  original: boolean;
  onOriginal(): void;
  onCopy(): void;
}

/** A quiet line under the abstract: to copy it, and, where it is shown otherwise than it came, to see it as it came. */
export function AbstractFoot({ source, pieces, original, onOriginal, onCopy }: AbstractFootProps) {
  const isRepaired = pieces.some((piece) => piece.kind === 'math' && piece.repaired);
  const isOtherwise = pieces.some(
    (piece) => piece.kind === 'math' || piece.text !== source.slice(piece.from, piece.to),
  );
  return (
    <p className="abstract-foot">
      <button type="button" className="in-text" onClick={onCopy}>
        Copy abstract
      </button>
      {(isOtherwise || original) && (
        <>
          {isRepaired && !original && <span>Mathematics was repaired</span>}
          {original && <span>The text as it came</span>}
          <button
            type="button"
            className="in-text"
            title={withKey(original ? 'Show the mathematics' : 'Show the original', 'showOriginal')}
            onClick={onOriginal}
          >
            {original ? 'Show the mathematics' : 'Show the original'}
          </button>
        </>
      )}
    </p>
  );
}
