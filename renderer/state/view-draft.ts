import { type ColumnId, columnIds, type Sort } from '../../shared/settings.ts';
import { queryOfView, type SavedView } from '../../shared/views.ts';
import type { AppState } from './app-state.ts';
import { columnsNow, sortNow } from './arrangement.ts';
import { joinedQuery } from './joined-query.ts';
import { suggestedName } from './suggested-name.ts';

/** A view that is about to be saved, as its dialog begins. */
export interface ViewDraft extends Pick<SavedView, 'name' | 'icon' | 'query'> {
  /** The saved view that it may take the place of, or null. */
  existing: SavedView | null;
  /** True when it most likely is to be another view than that one. */
  isNew: boolean;
  /** The order and the columns that can be kept with it, and whether they are. */
  sort: Sort;
  keepSort: boolean;
  columns: ColumnId[];
  keepColumns: boolean;
}

/** What is shown now, to be saved: the view with what is searched for in it. Null when the view is not there any more. */
export function draftOfShown(state: AppState): ViewDraft | null {
  const { library, settings, query } = state;
  const views = library?.views ?? [];
  const existing = views.find(({ id }) => id === settings.view) ?? null;
  const viewQuery = queryOfView(settings.view, views);
  if (viewQuery === null) return null;
  const isNew = existing === null || query.trim() !== '';
  const joined = joinedQuery(viewQuery, query);
  const sort = sortNow(state);
  return {
    existing,
    isNew,
    name: existing && !isNew ? existing.name : suggestedName(joined),
    icon: existing?.icon ?? 'search',
    query: joined,
    sort,
    keepSort: existing ? existing.sort !== null : sort.length > 0,
    columns: [...known(columnsNow(state))],
    keepColumns: existing !== null && existing.columns !== null,
  };
}

/** A saved view, to be changed; of the list it takes only what the view does not have itself. */
export function draftOfView(view: SavedView, state: AppState): ViewDraft {
  const isShown = state.settings.view === view.id;
  const { name, icon, query } = view;
  return {
    ...{ existing: view, isNew: false, name, icon, query },
    sort: view.sort !== null && !isShown ? view.sort : sortNow(state),
    keepSort: view.sort !== null,
    columns: [...known(view.columns !== null && !isShown ? view.columns : columnsNow(state))],
    keepColumns: view.columns !== null,
  };
}

function known(columns: readonly ColumnId[]): ColumnId[] {
  return [...new Set(columns)].filter((id) => columnIds.includes(id));
}
