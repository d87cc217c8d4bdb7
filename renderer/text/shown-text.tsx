import { memo } from 'react';
import type { PlacedHighlight } from '../../shared/highlighting/edit.ts';
import type { TextRange } from '../../shared/paper.ts';
import { hasLatex } from '../../shared/reading/has-latex.ts';
import { mayBeDamaged } from '../../shared/reading/may-be-damaged.ts';
import { useMathematics } from '../mathematics/use-mathematics.ts';
import { layeredPart } from './layered-text.tsx';
import { LinkedText, paragraphsOf } from './linked-text.tsx';
import { MarkedText } from './marked-text.tsx';
import { tidyRanges } from './spans.ts';

interface ShownTextProps {
  /** As it is stored. */
  text: string;
  /** Search matches in it, in UTF-16 units; out of order or outside of it is fine. */
  ranges: readonly TextRange[];
  /** In the order of the text. */
  highlights?: readonly PlacedHighlight[];
  /** False shows what lost its backslashes and dollars as it is stored. */
  repair?: boolean;
  /** False where nothing can be followed, as on paper. */
  links?: boolean;
}

const none: readonly PlacedHighlight[] = [];

/**
 * A stored text as paragraphs, to be read: its mathematics set, LaTeX's commands for text read, addresses as links,
 * with highlights and search matches over it. Until what that needs is loaded, and where it cannot be, the text is shown
 * as it is stored.
 */
export const ShownText = memo(function ShownText({
  text,
  ranges,
  highlights = none,
  repair = true,
  links = true,
}: ShownTextProps) {
  const tools = useMathematics(hasLatex(text) || (repair && mayBeDamaged(text)));
  const pieces = tools?.piecesFor(text, repair) ?? [];
  const layers = { matches: tidyRanges(ranges, text.length), highlights };
  if (tools === null || tools.isAsStored(text, pieces)) {
    if (links) return <LinkedText text={text} ranges={ranges} highlights={highlights} />;
    return paragraphsOf(text).map(([from, to]) => <p key={from}>{layeredPart(text, from, to, layers)}</p>);
  }
  return tools
    .paragraphsAround(text, pieces)
    .map((range) => <p key={range[0]}>{tools.shownPieces(text, pieces, range, layers, { links, display: true })}</p>);
});

/**
 * A stored text within a line, a title above all: as {@link ShownText}, without paragraphs, links, and formulas on lines
 * of their own.
 */
export const ShownWords = memo(function ShownWords({
  text,
  ranges = noRanges,
  repair = true,
}: {
  text: string;
  ranges?: readonly TextRange[];
  repair?: boolean;
}) {
  const tools = useMathematics(hasLatex(text) || (repair && mayBeDamaged(text)));
  const pieces = tools?.piecesFor(text, repair) ?? [];
  if (tools === null || tools.isAsStored(text, pieces)) return <MarkedText text={text} ranges={ranges} />;
  const layers = { matches: tidyRanges(ranges, text.length), highlights: none };
  return tools.shownPieces(text, pieces, [0, text.length], layers, { links: false, display: false });
});

const noRanges: readonly TextRange[] = [];
