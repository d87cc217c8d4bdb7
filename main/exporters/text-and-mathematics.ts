import { mathematicsIn } from '../../shared/reading/mathematics-spans.ts';

/** A stretch of a text: mathematics, by its marks, or anything else. */
export type Stretch =
  | { kind: 'text'; text: string }
  | {
      kind: 'mathematics';
      /** As it stands in the text, marks included. */
      written: string;
      /** What is between the marks. */
      latex: string;
      display: boolean;
    };

/** Divides a text into stretches that, put together as they are written, are the text again. */
export function textAndMathematics(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const { from, to, latex, display } of mathematicsIn(text, [])) {
    if (from > at) stretches.push({ kind: 'text', text: text.slice(at, from) });
    stretches.push({ kind: 'mathematics', written: text.slice(from, to), latex, display });
    at = to;
  }
  if (at < text.length) stretches.push({ kind: 'text', text: text.slice(at) });
  return stretches;
}
