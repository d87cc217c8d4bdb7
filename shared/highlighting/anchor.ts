import type { Highlight } from '../highlights.ts';
import type { TextRange } from '../paper.ts';
import { type FoldedText, foldedText } from './folded-text.ts';

/** What says where a highlight's words stand. */
export type Quoted = Pick<Highlight, 'quote' | 'before' | 'after' | 'from'>;

/** Letters from which on words are hardly the same by chance. */
const tellingLetters = 8;
/** Of fewer words, so much of what stood around them must stand there still, in UTF-16 units. */
const tellingContext = 8;
/** Places looked at on either side of where the words stood: of a text that says nothing else, not each. */
const mostPlaces = 500;

/**
 * Where the words of a highlight stand in a text: `[from, to)` in UTF-16 units, or null where they stand no more.
 * First where they stood, then wherever they stand with the most of the same words around them, the nearest of
 * several; then without regard to white space and soft hyphens. A few letters alone are not enough: a text has
 * many an "of".
 * @param fold gives the text folded; given where many highlights are of one text
 */
export function placeOf(
  quoted: Quoted,
  text: string,
  fold: () => FoldedText = () => foldedText(text),
): TextRange | null {
  const { quote, from } = quoted;
  if (quote === '') return null;
  const stayed = contextAt(quoted, text, from) === quoted.before.length + quoted.after.length;
  if (stayed && text.startsWith(quote, from)) return [from, from + quote.length];
  const exact = bestPlace(quoted, text);
  if (exact !== null) return [exact, exact + quote.length];
  const folded = fold();
  const inFolded = {
    quote: foldedText(quote).text.trim(),
    before: foldedText(quoted.before).text,
    after: foldedText(quoted.after).text,
    from: folded.indexOf(from),
  };
  const place = inFolded.quote === '' ? null : bestPlace(inFolded, folded.text);
  return place === null ? null : folded.range(place, place + inFolded.quote.length);
}

/** The best of the places where exactly these words stand; null where none is good enough. */
function bestPlace(quoted: Quoted, text: string): number | null {
  const { quote, before, after, from } = quoted;
  let best: { at: number; context: number } | null = null;
  for (const at of placesAround(quote, text, from)) {
    const context = contextAt(quoted, text, at);
    const isNearer = best !== null && Math.abs(at - from) < Math.abs(best.at - from);
    if (best === null || context > best.context || (context === best.context && isNearer)) best = { at, context };
  }
  if (best === null) return null;
  const letters = quote.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const isSure = letters >= tellingLetters || best.context >= Math.min(tellingContext, before.length + after.length);
  return isSure ? best.at : null;
}

/** The places where a text has these words, the ones nearest to a place, not in their order. */
function placesAround(quote: string, text: string, from: number): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(quote, from); at >= 0 && places.length < mostPlaces; at = text.indexOf(quote, at + 1)) {
    places.push(at);
  }
  if (from === 0) return places;
  const most = places.length + mostPlaces;
  for (let at = text.lastIndexOf(quote, from - 1); at >= 0 && places.length < most; ) {
    places.push(at);
    at = at === 0 ? -1 : text.lastIndexOf(quote, at - 1);
  }
  return places;
}

/** How much of what stood before and after the words stands around a place still, in UTF-16 units. */
function contextAt({ quote, before, after }: Quoted, text: string, at: number): number {
  let ahead = 0;
  while (ahead < before.length && before.at(-1 - ahead) === text[at - 1 - ahead]) ahead += 1;
  const end = at + quote.length;
  let behind = 0;
  while (behind < after.length && after[behind] === text[end + behind]) behind += 1;
  return ahead + behind;
}
