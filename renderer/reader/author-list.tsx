import { useState } from 'react';

/** Authors shown of a long list. One more is never folded away alone. */
const mostShown = 12;

/** The authors of a paper. Beyond a dozen the rest is one click away. */
export function AuthorList({ authors }: { authors: readonly string[] }) {
  const [unfolded, setUnfolded] = useState(false);
  if (authors.length === 0) return null;
  const folds = authors.length > mostShown + 1;
  const shown = folds && !unfolded ? authors.slice(0, mostShown) : authors;
  return (
    <p className="paper-authors" dir="auto">
      {shown.join(', ')}
      {folds && (
        <>
          {' '}
          <button type="button" className="in-text" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
            {unfolded ? 'Show fewer' : `and ${(authors.length - mostShown).toLocaleString()} more`}
          </button>
        </>
      )}
    </p>
  );
}
