import { useState } from 'react';
import { type ColumnId, columnIds } from '../../shared/settings.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import { ChevronIcon } from '../icons/icons.tsx';
import { columnShapes, moveColumn, shiftColumn, shownColumns, usualColumns } from '../list/columns.ts';
import { columnsNow } from '../state/arrangement.ts';
import { Dialog } from './dialog.tsx';

const dragType = 'application/x-offprint-shown-column';

function withHidden(shown: readonly ColumnId[]): ColumnId[] {
  return [...shown, ...columnIds.filter((id) => !shown.includes(id))];
}

/** Which columns the list has and in which order: by pointer, or with the arrows beside each. */
export function ColumnsDialog({ onClose }: { onClose(): void }) {
  const { session } = useSession();
  const shown = shownColumns(useApp(columnsNow));
  // Hidden ones first come last, and stay where they are while the dialog is open: what is ticked off
  // can be ticked again, with the focus still on it, and is then where it was.
  const [all, setAll] = useState(() => withHidden(shown));
  const [told, setTold] = useState('');

  function change(next: readonly ColumnId[]): void {
    session.showColumns(next);
  }

  function reorder(next: readonly ColumnId[]): void {
    const places = next.values();
    setAll(all.map((id) => (shown.includes(id) ? (places.next().value ?? id) : id)));
    change(next);
  }

  function toggle(id: ColumnId): void {
    change(all.filter((each) => (each === id) !== shown.includes(each)));
  }

  function reset(): void {
    setAll(withHidden(usualColumns.order));
    session.showColumns(usualColumns.order, usualColumns.widths);
  }

  function shift(id: ColumnId, by: 1 | -1): void {
    const next = shiftColumn(shown, id, by);
    reorder(next);
    setTold(`${columnShapes[id].label} is now column ${next.indexOf(id) + 1} of ${next.length}`);
  }

  return (
    <Dialog
      title="Columns"
      onClose={onClose}
      className="columns"
      foot={
        <>
          <button type="button" className="button" onClick={reset}>
            Reset
          </button>
          <button type="button" className="button main" onClick={onClose}>
            Done
          </button>
        </>
      }
    >
      <ul className="columns-list">
        {all.map((id) => {
          const at = shown.indexOf(id);
          return (
            <li
              key={id}
              draggable={at >= 0}
              className={at < 0 ? 'columns-hidden' : undefined}
              onDragStart={(event) => event.dataTransfer.setData(dragType, id)}
              onDragOver={(event) => {
                if (at >= 0 && event.dataTransfer.types.includes(dragType)) event.preventDefault();
              }}
              onDrop={(event) => {
                const dragged = shown.find((each) => each === event.dataTransfer.getData(dragType));
                if (!dragged || at < 0) return;
                event.preventDefault();
                reorder(moveColumn(shown, dragged, id, shown.indexOf(dragged) < at));
              }}
            >
              <label>
                <input type="checkbox" checked={at >= 0} disabled={id === 'title'} onChange={() => toggle(id)} />
                {columnShapes[id].label}
              </label>
              {at >= 0 &&
                ([-1, 1] as const).map((by) => (
                  <button
                    key={by}
                    type="button"
                    className="icon-button"
                    data-by={by}
                    // Not disabled at the ends: a button that disables itself would lose the focus.
                    aria-disabled={at + by < 0 || at + by >= shown.length}
                    aria-label={`Move ${columnShapes[id].label} ${by < 0 ? 'earlier' : 'later'}`}
                    onClick={() => shift(id, by)}
                  >
                    <ChevronIcon />
                  </button>
                ))}
            </li>
          );
        })}
      </ul>
      <p className="unseen" role="status">
        {told}
      </p>
    </Dialog>
  );
}
