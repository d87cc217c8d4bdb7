import * as z from 'zod';
import { instantSchema } from './instant.ts';

/** Colours of highlights, each of which also has a shape (see the interface): yellow is the first choice. */
export const highlightColours = ['yellow', 'green', 'blue', 'pink'] as const;

/** One of {@link highlightColours}. */
export const highlightColourSchema = z.enum(highlightColours);

/** See {@link highlightColourSchema}. */
export type HighlightColour = z.infer<typeof highlightColourSchema>;

/** Longest text that one highlight quotes, and most highlights of one paper. */
export const longestQuote = 20_000;
export const mostHighlights = 500;

/**
 * A highlighted stretch of an abstract, found again by its words: the W3C's TextQuoteSelector
 * (https://www.w3.org/TR/annotation-model/#text-quote-selector), with where it stood as a hint. All of them
 * are of the abstract as it is stored, not as it is shown.
 */
export const highlightSchema = z.object({
  id: z.uuid(),
  colour: highlightColourSchema,
  /** The words, and up to 64 UTF-16 units before and after them. */
  quote: z.string().min(1).max(longestQuote),
  before: z.string().max(64),
  after: z.string().max(64),
  /** Where the words stood when they were highlighted, in UTF-16 units. */
  from: z.int().nonnegative(),
  at: instantSchema,
});

/** See {@link highlightSchema}. */
export type Highlight = z.infer<typeof highlightSchema>;
