import { Fragment, type ReactNode } from 'react';
import type { TextRange } from '../../shared/paper.ts';
import { runsOf, tidyRanges } from './spans.ts';

/**
 * A text with its search matches in `<mark>`. The text is only ever text, never HTML.
 * @param ranges half-open ranges in UTF-16 units; out of order, overlapping or outside the text is fine
 */
export function MarkedText({ text, ranges }: { text: string; ranges: readonly TextRange[] }) {
  if (ranges.length === 0) return text;
  return markedPart(text, 0, text.length, tidyRanges(ranges, text.length));
}

/**
 * The part `[from, to)` of a text with its matches in `<mark>`.
 * @param tidy ranges from `tidyRanges`
 */
export function markedPart(text: string, from: number, to: number, tidy: readonly TextRange[]): ReactNode[] {
  return runsOf(from, to, tidy).map((run) => {
    const part = text.slice(run.from, run.to);
    return run.marked ? <mark key={run.from}>{part}</mark> : <Fragment key={run.from}>{part}</Fragment>;
  });
}
