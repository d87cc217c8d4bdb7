import type { TextRange } from '../../shared/paper.ts';

/** A run of a text that is wholly inside or wholly outside the marks. */
export interface Run {
  from: number;
  to: number;
  marked: boolean;
}

/**
 * Ranges as they can be shown: whole numbers, inside the text, in order, overlapping and touching
 * ones joined, empty ones dropped. Whatever comes in, the answer is usable.
 * @param length length of the text in UTF-16 units
 */
export function tidyRanges(ranges: readonly TextRange[], length: number): TextRange[] {
  const inside = ranges
    .map(([from, to]): TextRange => [Math.max(0, Math.trunc(from)), Math.min(length, Math.trunc(to))])
    .filter(([from, to]) => from < to)
    .sort(([a], [b]) => a - b);
  const joined: TextRange[] = [];
  for (const [from, to] of inside) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/**
 * Cuts `[from, to)` of a text into marked and unmarked runs that cover it without a gap.
 * @param tidy ranges from {@link tidyRanges}
 */
export function runsOf(from: number, to: number, tidy: readonly TextRange[]): Run[] {
  const runs: Run[] = [];
  let at = from;
  for (const [start, end] of tidy.slice(firstEndingAfter(tidy, from))) {
    if (start >= to) break;
    if (start > at) runs.push({ from: at, to: start, marked: false });
    runs.push({ from: Math.max(start, from), to: Math.min(end, to), marked: true });
    at = Math.min(end, to);
  }
  if (at < to) runs.push({ from: at, to, marked: false });
  return runs;
}

/** Index of the first range that ends after `position`, by halving. */
function firstEndingAfter(tidy: readonly TextRange[], position: number): number {
  let low = 0;
  let high = tidy.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tidy[middle]?.[1] ?? Number.POSITIVE_INFINITY) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether any of the ranges touches `[from, to)`. @param tidy ranges from {@link tidyRanges} */
export function touchesAny(tidy: readonly TextRange[], from: number, to: number): boolean {
  const [start] = tidy[firstEndingAfter(tidy, from)] ?? [Number.POSITIVE_INFINITY];
  return start < to;
}
