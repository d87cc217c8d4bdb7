import type { Highlight } from '../../shared/highlights.ts';

interface LostHighlightsProps {
  highlights: readonly Highlight[];
  canChange: boolean;
  onQuote(highlight: Highlight): void;
  onRemove(highlight: Highlight): void;
}

/** Highlights whose words are not in the abstract any more, with their words. */
export function LostHighlights({ highlights, canChange, onQuote, onRemove }: LostHighlightsProps) {
  if (highlights.length === 0) return null;
  return (
    <section className="lost-highlights" aria-label="Highlights no longer in the text">
      <h3>No longer in the text</h3>
      <ul>
        {highlights.map((highlight) => (
          <li key={highlight.id}>
            <p dir="auto">
              <mark data-shade={highlight.colour}>{highlight.quote}</mark>
            </p>
            {canChange && (
              <>
                <button type="button" className="in-text" onClick={() => onQuote(highlight)}>
                  Quote in the note
                </button>
                <button type="button" className="in-text" onClick={() => onRemove(highlight)}>
                  Remove
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
