import type { Column } from '@tanstack/react-table';
import { type DragEvent, type KeyboardEvent, type PointerEvent, useState } from 'react';
import type { ColumnId } from '../../shared/settings.ts';
import { useSession } from '../frame/session-context.ts';
import { SortIcon } from '../icons/icons.tsx';
import { columnShapes, type features, fittingWidth, type Item, moveColumn, shiftColumn } from './columns.ts';

/** What a dragged column header carries. */
const dragType = 'application/x-offprint-column';

/** How many pixels the keyboard makes a column wider or narrower. */
const step = 16;

type TableColumn = Column<typeof features, Item>;

interface HeaderRowProps {
  columns: readonly TableColumn[];
  /** How many columns the list is sorted by. */
  sortedBy: number;
  onOrder(order: ColumnId[]): void;
  onWidth(id: ColumnId, width: number): void;
}

/** The header of the list: sorts, resizes and reorders its columns. */
export function HeaderRow({ columns, sortedBy, onOrder, onWidth }: HeaderRowProps) {
  const order = columns.map((column) => column.id as ColumnId);
  const titleAt = order.indexOf('title');
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus
    // biome-ignore lint/a11y/useSemanticElements: a virtualised table cannot be a <table>
    <div role="row" aria-rowindex={1} className="row header">
      {columns.map((column, at) => (
        <HeaderCell
          key={column.id}
          column={column}
          at={at}
          // The title takes what the others leave, so a column beyond it grows towards it.
          growsLeft={at > titleAt}
          several={sortedBy > 1}
          order={order}
          onOrder={onOrder}
          onWidth={onWidth}
        />
      ))}
    </div>
  );
}

interface HeaderCellProps extends Pick<HeaderRowProps, 'onOrder' | 'onWidth'> {
  column: TableColumn;
  at: number;
  growsLeft: boolean;
  several: boolean;
  order: readonly ColumnId[];
}

function HeaderCell({ column, at, growsLeft, several, order, onOrder, onWidth }: HeaderCellProps) {
  const { run } = useSession();
  const id = column.id as ColumnId;
  const { label, atEnd, unlabelled } = columnShapes[id];
  const sorted = column.getIsSorted();
  const place = column.getSortIndex() + 1;
  const [drop, setDrop] = useState<'before' | 'after' | null>(null);

  function onKeyDown(event: KeyboardEvent): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : null;
    if (by === null || !event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (event.shiftKey) onOrder(shiftColumn(order, id, by));
    else if (id !== 'title') onWidth(id, fittingWidth(id, column.getSize() + by * step));
  }

  function dropSide(event: DragEvent<HTMLElement>): 'before' | 'after' | null {
    if (!event.dataTransfer.types.includes(dragType)) return null;
    const box = event.currentTarget.getBoundingClientRect();
    return event.clientX < box.left + box.width / 2 ? 'before' : 'after';
  }

  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
    // biome-ignore lint/a11y/useSemanticElements: a virtualised table cannot be a <table>
    <div
      role="columnheader"
      className="cell"
      aria-colindex={at + 1}
      aria-sort={sorted === false ? 'none' : sorted === 'desc' ? 'descending' : 'ascending'}
      data-column={id}
      data-end={atEnd}
      data-drop={drop ?? undefined}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(dragType, id);
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event) => {
        const side = dropSide(event);
        if (side) event.preventDefault();
        setDrop(side);
      }}
      onDragLeave={() => setDrop(null)}
      onDrop={(event) => {
        const side = dropSide(event);
        setDrop(null);
        if (!side) return;
        event.preventDefault();
        const dragged = order.find((each) => each === event.dataTransfer.getData(dragType));
        if (dragged) onOrder(moveColumn(order, dragged, id, side === 'after'));
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        run('chooseColumns');
      }}
    >
      <button
        type="button"
        className="sort"
        title={`Sort by ${label.toLowerCase()}; Shift adds to the sort. Alt+←/→ resizes, Alt+Shift+←/→ moves the column.`}
        onClick={(event) => column.toggleSorting(undefined, event.shiftKey)}
        onKeyDown={onKeyDown}
      >
        <span className={unlabelled ? 'unseen' : 'clip'}>{label}</span>
        {sorted !== false && <SortIcon desc={sorted === 'desc'} />}
        {sorted !== false && several && <span className="sort-place count">{place}</span>}
      </button>
      {id !== 'title' && (
        <ResizeHandle
          width={column.getSize()}
          growsLeft={growsLeft}
          onWidth={(width) => onWidth(id, fittingWidth(id, width))}
        />
      )}
    </div>
  );
}

interface ResizeHandleProps {
  width: number;
  growsLeft: boolean;
  onWidth(width: number): void;
}

/** The edge of a header that a pointer can drag. The keyboard resizes from the header's button. */
function ResizeHandle({ width, growsLeft, onWidth }: ResizeHandleProps) {
  const [start, setStart] = useState<{ x: number; width: number } | null>(null);

  function onPointerMove(event: PointerEvent): void {
    if (!start) return;
    const by = event.clientX - start.x;
    onWidth(start.width + (growsLeft ? -by : by));
  }

  return (
    <span
      aria-hidden="true"
      className="resize"
      data-side={growsLeft ? 'start' : 'end'}
      data-active={start !== null || undefined}
      draggable
      onDragStart={(event) => {
        // The header itself must not be dragged by its edge.
        event.preventDefault();
        event.stopPropagation();
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        setStart({ x: event.clientX, width });
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => setStart(null)}
      onPointerCancel={() => setStart(null)}
    />
  );
}
