import type { ColumnId, Sort } from '../../shared/settings.ts';
import type { SavedView } from '../../shared/views.ts';
import type { AppState } from './app-state.ts';

/**
 * The order and the columns that a saved view brought with it, as they are now, while it is shown.
 * Null where it brought none: then the list's own hold, as they do in every other view.
 */
export interface Arrangement {
  sort: Sort | null;
  columns: readonly ColumnId[] | null;
}

/** What a view without an order and columns of its own brings. */
export const noArrangement: Arrangement = { sort: null, columns: null };

/** The order that the list has now. */
export function sortNow({ arrangement, settings }: AppState): Sort {
  return arrangement.sort ?? settings.sort;
}

/** The columns that the reader has chosen for what is shown now, in order. */
export function columnsNow({ arrangement, settings }: AppState): readonly ColumnId[] {
  return arrangement.columns ?? settings.columns.order;
}

/** True when the order or the columns are no longer those that the view was saved with. */
export function isRearranged(view: Pick<SavedView, 'sort' | 'columns'>, now: Arrangement): boolean {
  return !sameSort(view.sort, now.sort) || !sameColumns(view.columns, now.columns);
}

function sameSort(one: Sort | null, other: Sort | null): boolean {
  if (one === null || other === null) return one === other;
  return one.length === other.length && one.every(({ field, desc }, at) => is(other[at], field, desc));
}

function is(key: Sort[number] | undefined, field: ColumnId, desc: boolean): boolean {
  return key?.field === field && key.desc === desc;
}

function sameColumns(one: readonly ColumnId[] | null, other: readonly ColumnId[] | null): boolean {
  if (one === null || other === null) return one === other;
  return one.length === other.length && one.every((id, at) => id === other[at]);
}
