import { type ReactNode, type Ref, type RefObject, useEffect } from 'react';
import { withKey } from '../frame/key-hint.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { SearchBox, type SearchBoxHandle } from '../search/search-box.tsx';
import { StatusFilter } from '../search/status-filter.tsx';
import { sizeOf } from '../state/ranges.ts';
import { namedView } from '../state/view-names.ts';
import { EmptyList } from './empty-list.tsx';
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
  const total = useApp((state) => state.list.total);
  const selection = useApp((state) => state.list.selection);
  const slow = useApp((state) => state.list.slow);
  const viewId = useApp((state) => state.settings.view);
  const view = library && namedView(shown?.view ?? viewId, library);
  const label = view?.label ?? (shown?.view ?? viewId).replace(/^(tag|source):/, '');
  const searching = shown !== null && shown.query.trim() !== '';
  const chosen = sizeOf(selection);
  const opened = useApp((state) => state.list.opened);

  // biome-ignore lint/correctness/useExhaustiveDependencies: told once per list, when typing has paused
  useEffect(() => {
    if (opened === 0) return;
    const timer = setTimeout(() => session.announce(`${label}: ${total === 0 ? 'no' : total} papers`), 500);
    return () => clearTimeout(timer);
  }, [opened]);

  return (
    <div className="list-pane">
      <div className="list-bar">
        {viewsButton}
        <SearchBox ref={searchRef} onLeave={() => run('focusList')} />
      </div>
      <div className="list-head">
        <h2 className="list-title clip">{label}</h2>
        <p className="list-count count clip" data-slow={slow || undefined}>
          {shown && <CountText total={total} held={view?.count ?? total} searching={searching} chosen={chosen} />}
        </p>
        <StatusFilter />
        <SortMenu />
      </div>
      <PaperList ref={listRef} label={label} onPick={onPick} onOpen={onOpen} scroll={scroll} />
      {shown && total === 0 && <EmptyList view={view} label={label} searching={searching} />}
    </div>
  );
}

interface CountTextProps {
  /** Rows of the list. */
  total: number;
  /** Papers that the view holds now; rows that have left it stay until it is refreshed. */
  held: number;
  searching: boolean;
  /** Rows selected. */
  chosen: number;
}

/** `55 papers`; `41 of 55` for a search; `54 papers, 55 shown` when a row has left the view. */
function CountText({ total, held, searching, chosen }: CountTextProps) {
  const rows = total.toLocaleString('en');
  if (chosen > 1) return <span className="chosen">{`${chosen.toLocaleString('en')} of ${rows} selected`}</span>;
  if (searching && held >= total) return `${rows} of ${held.toLocaleString('en')}`;
  const papers = searching ? total : held;
  const text = papers === 1 ? '1 paper' : `${papers.toLocaleString('en')} papers`;
  if (papers === total) return text;
  return (
    <span title={withKey('Rows stay where they are until the list is refreshed', 'refresh')}>
      {text}
      <span className="count-shown">, {rows} shown</span>
    </span>
  );
}
