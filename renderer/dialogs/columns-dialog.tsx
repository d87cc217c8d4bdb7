import { useState } from 'react';
import { type ColumnId, columnIds } from '../../shared/settings.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import { ChevronIcon } from '../icons/icons.tsx';
import { columnShapes, moveColumn, shiftColumn, shownColumns, usualColumns } from '../list/columns.ts';
import { Dialog } from './dialog.tsx';

const dragType = 'application/x-offprint-shown-column';

/** Which columns the list has and in which order: by pointer, or with the arrows beside each. */
export function ColumnsDialog({ onClose }: { onClose(): void }) {
  const { session } = useSession();
  const { order, widths } = useApp((state) => state.settings.columns);
  const shown = shownColumns(order);
  const hidden = columnIds.filter((id) => !shown.includes(id));
  const [told, setTold] = useState('');

  function change(next: readonly ColumnId[]): void {
    session.settings.change({ columns: { order: [...next], widths } });
  }

  function shift(id: ColumnId, by: 1 | -1): void {
    const next = shiftColumn(shown, id, by);
    change(next);
    setTold(`${columnShapes[id].label} is now column ${next.indexOf(id) + 1} of ${next.length}`);
  }

  return (
    <Dialog
      title="Columns"
      onClose={onClose}
      className="columns"
      foot={
        <>
          <button type="button" className="button" onClick={() => session.settings.change({ columns: usualColumns })}>
            Reset
          </button>
          <button type="button" className="button main" onClick={onClose}>
            Done
          </button>
        </>
      }
    >
      <ul className="columns-list">
        {shown.map((id, at) => (
          <li
            key={id}
            draggable
            onDragStart={(event) => event.dataTransfer.setData(dragType, id)}
            onDragOver={(event) => {
              if (event.dataTransfer.types.includes(dragType)) event.preventDefault();
            }}
            onDrop={(event) => {
              const dragged = shown.find((each) => each === event.dataTransfer.getData(dragType));
              if (!dragged) return;
              event.preventDefault();
              change(moveColumn(shown, dragged, id, shown.indexOf(dragged) < at));
            }}
          >
            <label>
              <input
                type="checkbox"
                checked
                disabled={id === 'title'}
                onChange={() => change(shown.filter((each) => each !== id))}
              />
              {columnShapes[id].label}
            </label>
            {([-1, 1] as const).map((by) => (
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
        ))}
        {hidden.map((id) => (
          <li key={id} className="columns-hidden">
            <label>
              <input type="checkbox" checked={false} onChange={() => change([...shown, id])} />
              {columnShapes[id].label}
            </label>
          </li>
        ))}
      </ul>
      <p className="unseen" role="status">
        {told}
      </p>
    </Dialog>
  );
}
