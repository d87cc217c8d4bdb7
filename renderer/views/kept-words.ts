import { explainSort } from '../../shared/query/sort-words.ts';
import type { ColumnId, Sort } from '../../shared/settings.ts';
import { columnShapes, shownColumns } from '../list/columns.ts';
import { sentence } from '../text/sentence.ts';

/** The order of a list in words; without a choice it depends on what is searched for. */
export function sortWords(sort: Sort): string {
  return sort.length === 0 ? 'Best match first, else page order' : sentence(explainSort(sort));
}

/** Columns in words: `Status, Title, Tags`. */
export function columnsWords(columns: readonly ColumnId[]): string {
  return shownColumns(columns)
    .map((id) => columnShapes[id].label)
    .join(', ');
}
