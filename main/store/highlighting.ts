import { isDeepStrictEqual } from 'node:util';
import { type Highlight, highlightSchema } from '../../shared/highlights.ts';
import type { PaperId } from '../../shared/paper.ts';
import type { PaperRecord } from './library-data.ts';
import { type Direction, type Records, recordToTurn, type TurnContext, turnWhole } from './marking.ts';
import { changeRecord } from './records.ts';
import type { HighlightsPatch } from './step.ts';

/** Highlights of one paper from several records of it: each once, in the order of the text. */
export function joinedHighlights(highlights: readonly Highlight[]): Highlight[] {
  return inOrder([...new Map(highlights.map((highlight) => [highlight.id, highlight])).values()]);
}

/** Highlights in the order of the text; of two at one place, the older one first. */
export function inOrder(highlights: readonly Highlight[]): Highlight[] {
  return highlights.toSorted((one, other) => one.from - other.from || one.at - other.at);
}

/** What a change of highlights is called. */
export function highlightsLabel({ removed, added }: Pick<HighlightsPatch, 'removed' | 'added'>): string {
  const ids = new Set(removed.map(({ id }) => id));
  if (added.length === 0) return removed.length === 1 ? 'Removed a highlight' : `Removed ${removed.length} highlights`;
  const fresh = added.filter(({ id }) => !ids.has(id)).length;
  if (fresh === 0) return added.length === 1 ? 'Changed a highlight' : `Changed ${added.length} highlights`;
  return fresh === 1 ? 'Highlighted words' : `Highlighted words in ${fresh} places`;
}

/**
 * What stands in the record after a change: the wanted ones, each with what only a newer Offprint knows of it, and those
 * that the change knew nothing of.
 * @param known ids of those it knew; all of them where it is not given
 */
export function highlightsToKeep(
  before: readonly Highlight[],
  wanted: readonly Highlight[],
  known?: readonly string[],
): Highlight[] {
  const own = new Map(before.map((highlight) => [highlight.id, highlight]));
  const told = new Set([...(known ?? own.keys()), ...wanted.map(({ id }) => id)]);
  return [
    ...wanted.map((highlight) => ({ ...own.get(highlight.id), ...highlight })),
    ...before.filter(({ id }) => !told.has(id)),
  ];
}

/**
 * What makes highlights others; null when they are the same.
 * @param before the record as it stands, or stood together with others that the change takes up
 * @param after what is to be highlighted
 */
export function highlightsChange(
  before: readonly Highlight[],
  after: readonly Highlight[],
): Pick<HighlightsPatch, 'removed' | 'added'> | null {
  const isIn = (list: readonly Highlight[], highlight: Highlight) =>
    list.some((other) => other.id === highlight.id && isDeepStrictEqual(other, highlight));
  const removed = before.filter((highlight) => !isIn(after, highlight));
  const added = after.filter((highlight) => !isIn(before, highlight));
  return removed.length === 0 && added.length === 0 ? null : { removed, added };
}

/** What a change of highlights did to the record under an id. @param takesUp as in `CombinedRecord` */
export function highlightsPatch(
  id: PaperId,
  change: Pick<HighlightsPatch, 'removed' | 'added'>,
  before: PaperRecord | undefined,
  after: PaperRecord | null,
  takesUp: boolean,
): HighlightsPatch {
  return {
    ...{ id, ...change, before: before?.changedAt ?? null, after: after?.changedAt ?? null },
    ...(takesUp && { whole: { before: before ?? null, after } }),
  };
}

/** The record that turning a change of highlights makes. Those that came by another way stay. */
export function turnHighlights(
  { id, removed, added, before, after, whole }: HighlightsPatch,
  direction: Direction,
  { recordOf, targetOf, now }: TurnContext,
  records: Records,
): void {
  if (turnWhole(id, whole, direction, recordOf, records)) return;
  const { at, record } = recordToTurn(id, direction, targetOf(id), recordOf);
  const [going, coming] = direction === 'do' ? [removed, added] : [added, removed];
  const [fromTime, toTime] = direction === 'do' ? [before, after] : [after, before];
  const gone = new Set([...going, ...coming].map((highlight) => highlight.id));
  const staying = (record?.highlights ?? []).filter((highlight) => !gone.has(highlight.id));
  const untouchedSince = at === id && (record?.changedAt ?? null) === fromTime;
  const highlights = inOrder([...staying, ...coming]) as NonNullable<PaperRecord['highlights']>;
  records.set(at, changeRecord(record, { highlights, changedAt: untouchedSince ? (toTime ?? now) : now }));
}

/** What a record says is highlighted, in the order of the text, without what only a newer Offprint knows. */
export function highlightsOf(record: { highlights?: readonly unknown[] } | undefined): Highlight[] {
  return (record?.highlights ?? []).map((highlight) => highlightSchema.parse(highlight));
}
