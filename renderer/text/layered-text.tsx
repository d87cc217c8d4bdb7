import type { ReactNode } from 'react';
import type { PlacedHighlight } from '../../shared/highlighting/edit.ts';
import type { TextRange } from '../../shared/paper.ts';
import { markedPart } from './marked-text.tsx';
import { touchesAny } from './spans.ts';

/** What lies over a stored text, by its places: search matches from `tidyRanges`, and highlights in the order of the text. */
export interface Layers {
  matches: readonly TextRange[];
  highlights: readonly PlacedHighlight[];
}

/** Nothing over the text. */
export const noLayers: Layers = { matches: [], highlights: [] };

/** A stretch that lies within one highlight, or in none. */
interface Shade {
  from: number;
  to: number;
  highlight: PlacedHighlight | null;
}

/** Cuts `[from, to)` where highlights begin and end. Of several at one place the last one counts. */
export function shadesOf(from: number, to: number, highlights: readonly PlacedHighlight[]): Shade[] {
  const within = highlights.filter((one) => one.from < to && one.to > from);
  const places = within.flatMap((one) => [one.from, one.to]).filter((place) => place > from && place < to);
  const cuts = [...new Set([from, ...places, to])].toSorted((one, other) => one - other);
  const shades: Shade[] = [];
  for (const [at, start] of cuts.slice(0, -1).entries()) {
    const end = cuts[at + 1] ?? to;
    const highlight = within.findLast((one) => one.from <= start && one.to >= end) ?? null;
    const last = shades.at(-1);
    if (last && last.highlight === highlight) last.to = end;
    else shades.push({ from: start, to: end, highlight });
  }
  return shades;
}

/** Something of a text within its highlight, if it has one: in a colour and, for who does not see it, a kind of line. */
export function Highlighted({ by, children }: { by: PlacedHighlight | null; children: ReactNode }) {
  if (by === null) return children;
  return (
    <mark data-highlight={by.id} data-shade={by.colour}>
      {children}
    </mark>
  );
}

/** The part `[from, to)` of a text with its highlights, and within them its matches in `<mark>`. */
export function layeredPart(text: string, from: number, to: number, { matches, highlights }: Layers): ReactNode[] {
  return shadesOf(from, to, highlights).map((shade) => (
    <Highlighted key={shade.from} by={shade.highlight}>
      {markedPart(text, shade.from, shade.to, matches)}
    </Highlighted>
  ));
}

/**
 * Something shown in the place of `[from, to)` as one, mathematics for example: highlighted or marked as a whole where
 * a highlight or a match touches it.
 */
export function LayeredWhole({
  from,
  to,
  layers,
  children,
}: {
  from: number;
  to: number;
  layers: Layers;
  children: ReactNode;
}) {
  const by = layers.highlights.findLast((one) => one.from < to && one.to > from) ?? null;
  const isMatch = touchesAny(layers.matches, from, to);
  return <Highlighted by={by}>{isMatch ? <mark>{children}</mark> : children}</Highlighted>;
}
