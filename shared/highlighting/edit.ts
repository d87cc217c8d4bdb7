import { type Highlight, type HighlightColour, highlightColours, longestQuote } from '../highlights.ts';
import type { TextRange } from '../paper.ts';
import { placeOf } from './anchor.ts';
import { type FoldedText, foldedText } from './folded-text.ts';

/** So much of what stands before and after the words is remembered, in UTF-16 units. */
const contextLength = 64;

/** A highlight whose words stand in a text, and where. */
export interface PlacedHighlight extends Pick<Highlight, 'id' | 'colour'> {
  from: number;
  to: number;
}

/** Highlights and a text: those whose words stand in it, in the order of the text, and those whose words do not. */
export function placedIn(
  text: string,
  highlights: readonly Highlight[],
): { placed: PlacedHighlight[]; lost: Highlight[] } {
  const placed: PlacedHighlight[] = [];
  const lost: Highlight[] = [];
  let folded: FoldedText | null = null;
  const fold = () => {
    folded ??= foldedText(text);
    return folded;
  };
  for (const highlight of highlights) {
    const place = placeOf(highlight, text, fold);
    if (place === null) lost.push(highlight);
    else placed.push({ id: highlight.id, colour: highlight.colour, from: place[0], to: place[1] });
  }
  return { placed: placed.toSorted((one, other) => one.from - other.from || one.to - other.to), lost };
}

/** What is new of a highlight beside its words. */
export type NewHighlight = Pick<Highlight, 'id' | 'colour' | 'at'>;

/**
 * A highlight of `[from, to)` of a text, without the space at either end and never with half a character. Null
 * where nothing else is there. What is longer than a highlight may be is cut.
 */
export function highlightOf(text: string, [from, to]: TextRange, given: NewHighlight): Highlight | null {
  let [start, end] = [onCharacter(text, Math.max(0, from), -1), onCharacter(text, Math.min(text.length, to), 1)];
  if (end - start > longestQuote) end = onCharacter(text, start + longestQuote, -1);
  while (start < end && /\s/.test(text.charAt(start))) start += 1;
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
  if (start >= end) return null;
  return {
    ...given,
    quote: text.slice(start, end),
    before: text.slice(onCharacter(text, Math.max(0, start - contextLength), 1), start),
    after: text.slice(end, onCharacter(text, Math.min(text.length, end + contextLength), -1)),
    from: start,
  };
}

/** A place that splits no character of two units, found in a direction. */
function onCharacter(text: string, at: number, direction: 1 | -1): number {
  const isWithin = at > 0 && at < text.length && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
  return isWithin ? at + direction : at;
}

/**
 * Highlights with `[from, to)` of the text highlighted, too. It takes up those that it overlaps, and has all of
 * their words. The same list where there is nothing to highlight.
 */
export function withHighlight(
  text: string,
  highlights: readonly Highlight[],
  [from, to]: TextRange,
  given: NewHighlight,
): readonly Highlight[] {
  const { placed } = placedIn(text, highlights);
  const own = highlightOf(text, [from, to], given);
  if (own === null) return highlights;
  let [start, end] = [own.from, own.from + own.quote.length];
  const taken = new Set<string>();
  // In the order of the text, but one that was taken up may reach another that came before.
  for (let before = -1; before !== taken.size; ) {
    before = taken.size;
    for (const other of placed) {
      if (taken.has(other.id) || other.to <= start || other.from >= end) continue;
      const [first, last] = [Math.min(start, other.from), Math.max(end, other.to)];
      // Longer than a highlight may be, they stay two.
      if (last - first > longestQuote) continue;
      [start, end] = [first, last];
      taken.add(other.id);
    }
  }
  const joined = highlightOf(text, [start, end], given) ?? own;
  const others = highlights.filter(({ id }) => !taken.has(id));
  return [...others, joined].toSorted((one, other) => one.from - other.from);
}

/** Highlights with one of them in another colour. */
export function withColour(highlights: readonly Highlight[], id: string, colour: HighlightColour): Highlight[] {
  return highlights.map((highlight) => (highlight.id === id ? { ...highlight, colour } : highlight));
}

/** Highlights without one of them. */
export function withoutHighlight(highlights: readonly Highlight[], id: string): Highlight[] {
  return highlights.filter((highlight) => highlight.id !== id);
}

/** The highlight that a stretch lies within, or a caret; of several the last one, which lies above the others. */
export function highlightAt(placed: readonly PlacedHighlight[], [from, to]: TextRange): PlacedHighlight | null {
  return placed.findLast((one) => one.from <= from && to <= one.to) ?? null;
}

/** The colour that comes after one, around and around. */
export function nextColour(colour: HighlightColour): HighlightColour {
  return highlightColours[(highlightColours.indexOf(colour) + 1) % highlightColours.length] ?? 'yellow';
}
