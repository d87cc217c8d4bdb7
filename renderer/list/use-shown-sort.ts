import { useMemo } from 'react';
import { parseQuery } from '../../shared/query/parse.ts';
import type { Sort } from '../../shared/settings.ts';
import { queryOfView } from '../../shared/views.ts';
import { useApp } from '../frame/session-context.ts';
import { sortNow } from '../state/arrangement.ts';

/**
 * What the list is sorted by: `sort:` in the search or in the query of the view where it stands there,
 * else what has been chosen for the list.
 */
export function useShownSort(): Sort {
  const query = useApp((state) => state.list.shown?.query ?? '');
  const ofView = useApp(({ library, settings }) => queryOfView(settings.view, library?.views) ?? '');
  const chosen = useApp(sortNow);
  return useMemo(() => parseQuery(query).sort ?? parseQuery(ofView).sort ?? chosen, [query, ofView, chosen]);
}
