/** A half-open range of row indices `[from, to)`, `from < to`. */
export type IndexRange = readonly [from: number, to: number];

/**
 * A set of row indices as ranges: sorted, disjoint, never touching. What is selected costs what
 * its ranges cost, so that all of a million rows is one entry.
 */
export type Ranges = readonly IndexRange[];

/** No rows. */
export const noRows: Ranges = [];

/** The rows between two indices, both included, whichever comes first. */
export function between(one: number, other: number): Ranges {
  return [[Math.min(one, other), Math.max(one, other) + 1]];
}

/** True when `index` is in the set. Binary search. */
export function includes(ranges: Ranges, index: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (!range) return false;
    if (index < range[0]) high = middle - 1;
    else if (index >= range[1]) low = middle + 1;
    else return true;
  }
  return false;
}

/** How many rows the set holds. */
export function sizeOf(ranges: Ranges): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** Brings any list of ranges into the form that {@link Ranges} promises; empty ones fall away. */
export function tidy(ranges: readonly IndexRange[]): Ranges {
  const sorted = ranges.filter(([from, to]) => from < to).sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** The rows that are in either set. */
export function union(one: Ranges, other: Ranges): Ranges {
  return tidy([...one, ...other]);
}

/** The rows of `ranges` that are not in `[from, to)`. */
export function without(ranges: Ranges, [from, to]: IndexRange): Ranges {
  return tidy(
    ranges.flatMap(([start, end]): IndexRange[] => [
      [start, Math.min(end, from)],
      [Math.max(start, to), end],
    ]),
  );
}

/** Puts one row in, or takes it out when it was in. */
export function toggle(ranges: Ranges, index: number): Ranges {
  const row: IndexRange = [index, index + 1];
  return includes(ranges, index) ? without(ranges, row) : union(ranges, [row]);
}

/** The rows of the set that exist among the first `total`. */
export function clampTo(ranges: Ranges, total: number): Ranges {
  return without(ranges, [total, Number.POSITIVE_INFINITY]);
}

/** The first `limit` indices of the set, in order. */
export function firstOf(ranges: Ranges, limit: number): number[] {
  const indices: number[] = [];
  for (const [from, to] of ranges) {
    for (let index = from; index < to; index += 1) {
      if (indices.length >= limit) return indices;
      indices.push(index);
    }
  }
  return indices;
}

/** The last index of the set, or null when it is empty. */
export function lastOf(ranges: Ranges): number | null {
  const last = ranges.at(-1);
  return last ? last[1] - 1 : null;
}
