import { Parser } from './parser.ts';
import type { Token } from './query.ts';

/**
 * The pieces of a text and what each was understood as, ascending and without overlap. They come
 * from the parser itself: what it took for text is a word here, whatever it looks like.
 */
export function tokensOf(text: string): Token[] {
  return new Parser(text).tokens;
}
