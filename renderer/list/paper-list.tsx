import { functionalUpdate, type SortingState, useTable } from '@tanstack/react-table';
import {
  type CSSProperties,
  type MouseEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type ColumnId, columnIds, type Sort } from '../../shared/settings.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import { columnsNow } from '../state/arrangement.ts';
import { includes } from '../state/ranges.ts';
import {
  columnShapes,
  columns,
  features,
  fittingColumns,
  type Item,
  shownColumns,
  trackSizes,
  withWaiting,
} from './columns.ts';
import { HeaderRow } from './header-row.tsx';
import { PaperRow, rowDomId } from './paper-row.tsx';
import { textScale } from './text-scale.ts';
import { useRowWindow } from './use-row-window.ts';
import { useShownSort } from './use-shown-sort.ts';
import { useWidth } from './use-width.ts';
import './list.css';

/** Heights in pixels where text is as large as usual; as in list.css and tokens.css. */
const usualHeader = 28;
/** Room for a message below the last row and the focused one, in pixels. */
const footRoom = 64;
const rowHeights = { compact: 32, comfortable: 52 } as const;

/** What the window asks of the list. */
export interface PaperListHandle {
  focus(): void;
  /** How many rows can be seen at once. */
  rowsPerPage(): number;
}

interface PaperListProps {
  ref: Ref<PaperListHandle>;
  /** What the grid is called. */
  label: string;
  /** A paper was clicked. */
  onPick(): void;
  /** The reader of the focused paper is wanted: Enter, or a double click. */
  onOpen(): void;
  /** Where the list was scrolled to when it was last shown, kept over its absence. */
  scroll: { offset: number };
}

/** The table of papers: a grid whose rows exist only while they are in sight. */
export function PaperList({ ref, label, onPick, onOpen, scroll }: PaperListProps) {
  const { session } = useSession();
  const list = useApp((state) => state.list);
  const settings = useApp((state) => state.settings);
  const sorting = useShownSort();
  const order = useApp(columnsNow);
  const { widths } = settings.columns;
  const { total, focus, opened, selection } = list;
  const comfortable = settings.density === 'comfortable';
  const [scale] = useState(textScale);
  const headerHeight = usualHeader * scale;
  const rowHeight = rowHeights[settings.density] * scale;
  const scroller = useRef<HTMLDivElement>(null);

  const rowWindow = useRowWindow({
    ...{ scroller, count: total, rowHeight, headHeight: headerHeight, footRoom, memory: scroll },
  });
  const { first, last, rows } = rowWindow;
  // The focused row always exists, so that the grid can name it to a screen reader.
  const isFocusDrawn = focus < 0 || focus >= total || rows.includes(focus);
  const drawn = isFocusDrawn ? rows : [...rows, focus].sort((one, other) => one - other);

  useImperativeHandle(ref, () => ({
    focus: () => scroller.current?.focus({ preventScroll: true }),
    rowsPerPage: () => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headerHeight) / rowHeight) - 1),
  }));

  // biome-ignore lint/correctness/useExhaustiveDependencies: the sizes of rows are no reason to fetch
  useEffect(() => session.list.want(first - 10, last + 30), [session, first, last, opened, focus]);

  const seen = useRef(opened);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a moved focus or a new list may scroll
  useLayoutEffect(() => {
    if (focus >= 0) rowWindow.scrollTo(focus, seen.current === opened ? 'auto' : 'center');
    if (focus <= 0 && seen.current !== opened) rowWindow.scrollToTop();
    seen.current = opened;
  }, [focus, opened, list.revealed]);

  const width = useWidth(scroller);
  const shown = useMemo(() => {
    const chosen = shownColumns(order).map((id) => ({ id, width: widths[id] ?? columnShapes[id].width }));
    return fittingColumns(chosen, width);
  }, [order, widths, width]);
  const tableState = useMemo(
    () => ({
      columnOrder: [...shown],
      columnSizing: widths as Record<string, number>,
      columnVisibility: Object.fromEntries(columnIds.map((id) => [id, shown.includes(id)])),
      sorting: sorting.map(({ field, desc }) => ({ id: field, desc })),
    }),
    [shown, widths, sorting],
  );
  const items: Item[] = drawn.map((index) => ({ index, row: session.list.row(index) }));
  const table = useTable({
    features,
    columns,
    data: items,
    getRowId: (item) => String(item.index),
    manualSorting: true,
    enableMultiSort: true,
    state: tableState,
    onSortingChange: (change) => session.sort(sortOf(functionalUpdate(change, tableState.sorting))),
  });
  const visible = table.getVisibleLeafColumns();

  function onClick(event: MouseEvent<HTMLElement>): void {
    const target = event.target as Element;
    const row = target.closest<HTMLElement>('[data-index]');
    if (!row) return;
    const index = Number(row.dataset['index']);
    if (target.closest('[data-action="star"]')) session.papers.toggleStarOf(index);
    else session.papers.choose(index, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'besides' : 'alone');
    const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey;
    if (plain && !target.closest('[data-action]')) onPick();
  }

  const { template, least } = trackSizes(
    visible.map((column) => ({ id: column.id as ColumnId, width: column.getSize() })),
  );
  const now = new Date().setHours(12, 0, 0, 0);

  return (
    // Keys are commands and so are handled by the window, whatever has the focus.
    // biome-ignore lint/a11y/useSemanticElements: a virtualised table cannot be a <table>
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      className="grid"
      data-density={settings.density}
      data-opened={opened}
      aria-label={label}
      aria-multiselectable="true"
      // Unknown, as a screen reader is told, while they are counted.
      aria-rowcount={list.complete ? total + 1 : -1}
      aria-colcount={visible.length}
      aria-activedescendant={focus >= 0 && focus < total ? rowDomId(focus) : undefined}
      aria-busy={list.slow}
      style={{ '--columns': template, '--least': `${least}px` } as CSSProperties}
      onScroll={rowWindow.onScroll}
      onClick={onClick}
      onDoubleClick={(event) => {
        if ((event.target as Element).closest('[data-index]')) onOpen();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
        event.preventDefault();
        onOpen();
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="rowgroup" className="grid-head">
        <HeaderRow
          columns={visible}
          sortedBy={sorting.length}
          onOrder={(chosen) => session.showColumns(withWaiting(chosen, shownColumns(order)))}
          onWidth={(id, width) => session.showColumns(shownColumns(order), { ...widths, [id]: width })}
        />
      </div>
      {total > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: as above
        <div role="rowgroup" className="grid-body" style={{ blockSize: rowWindow.height }}>
          {table.getRowModel().rows.map(({ original }) => (
            <PaperRow
              key={original.index}
              item={original}
              columns={shown}
              top={rowWindow.topOfRow(original.index)}
              selected={includes(selection, original.index)}
              focused={original.index === focus}
              comfortable={comfortable}
              now={now}
            />
          ))}
        </div>
      )}
    </div>
  );
}

function sortOf(sorting: SortingState): Sort {
  return sorting.flatMap(({ id, desc }) => (id in columnShapes ? [{ field: id as ColumnId, desc }] : []));
}
