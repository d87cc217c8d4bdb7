import { type ReactNode, type Ref, type RefObject, useCallback, useEffect, useRef } from 'react';
import { useApp, useSession } from '../frame/session-context.ts';
import { Explanation } from '../search/explanation.tsx';
import { SearchBox, type SearchBoxHandle } from '../search/search-box.tsx';
import { StatusFilter } from '../search/status-filter.tsx';
import { namedView } from '../state/view-names.ts';
import { KeepView } from '../views/keep-view.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { EmptyList } from './empty-list.tsx';
import { ListCount } from './list-count.tsx';
import { PaperList, type PaperListHandle } from './paper-list.tsx';
import { SortMenu } from './sort-menu.tsx';

interface ListPaneProps {
  listRef: Ref<PaperListHandle>;
  searchRef: RefObject<SearchBoxHandle | null>;
  onPick(): void;
  onOpen(): void;
  scroll: { offset: number };
  /** The button that shows the views, where they are hidden. */
  viewsButton: ReactNode;
}

/** The middle pane: search, what is shown and how, and the table of papers. */
export function ListPane({ listRef, searchRef, onPick, onOpen, scroll, viewsButton }: ListPaneProps) {
  const { session, run } = useSession();
  const library = useApp((state) => state.library);
  const shown = useApp((state) => state.list.shown);
  const empty = useApp((state) => state.list.total === 0 && state.list.complete);
  const viewId = useApp((state) => state.settings.view);
  const view = library && namedView(shown?.view ?? viewId, library);
  const label = view?.label ?? (shown?.view ?? viewId).replace(/^(tag|source):/, '');
  const searching = shown !== null && shown.query.trim() !== '';
  const opened = useApp((state) => state.list.opened);

  const pane = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: told once per list, when typing has paused
  useEffect(() => {
    if (opened === 0) return;
    return session.announceAfter(500, () => {
      const { total, complete } = session.store.get().list;
      const count = total === 0 ? 'no' : `${complete ? '' : 'more than '}${total.toLocaleString()}`;
      return `${label}: ${count} ${total === 1 && complete ? 'paper' : 'papers'}`;
    });
  }, [opened]);

  /** From the search box to the papers found, or to what could be searched for instead. */
  const leaveSearch = useCallback(() => {
    const instead = pane.current?.querySelector<HTMLElement>('.nothing-found button');
    if (instead) instead.focus();
    else run('focusList');
  }, [run]);

  return (
    <div className="list-pane" ref={pane}>
      <div className="list-bar">
        {viewsButton}
        <SearchBox ref={searchRef} onLeave={leaveSearch} />
      </div>
      <div className="list-head">
        <h2 className="list-title clip">{label}</h2>
        <ListCount held={view?.count ?? null} searching={searching} />
        <KeepView />
        <StatusFilter />
        <SortMenu />
      </div>
      <Explanation />
      <PaperList ref={listRef} label={label} onPick={onPick} onOpen={onOpen} scroll={scroll} />
      <BulkBar />
      {shown && empty && <EmptyList view={view} label={label} searching={searching} />}
    </div>
  );
}
