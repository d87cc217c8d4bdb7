import { type DragEvent, useState } from 'react';
import type { LibraryState } from '../../shared/contract.ts';
import { useSession } from '../frame/session-context.ts';
import { ViewIcon } from '../icons/view-icon.tsx';
import { dropSide, type LineMenu, ViewLine } from './view-line.tsx';

/** What a dragged view carries. */
const dragType = 'application/x-offprint-view';

interface SavedViewsListProps {
  views: LibraryState['views'];
  current: string;
  /** The view that Tab goes to. */
  reachable: string;
  menu: LineMenu;
}

/** The saved views in the reader's order, which dragging changes. */
export function SavedViewsList({ views, current, reachable, menu }: SavedViewsListProps) {
  const { session } = useSession();
  const [drop, setDrop] = useState<{ id: string; side: 'before' | 'after' } | null>(null);

  function onDrop(event: DragEvent<HTMLElement>, at: number): void {
    const dragged = views.findIndex(({ id }) => id === event.dataTransfer.getData(dragType));
    const side = dropSide(event);
    setDrop(null);
    if (dragged < 0) return;
    event.preventDefault();
    const gap = side === 'before' ? at : at + 1;
    const moved = views[dragged];
    // Taken out, it leaves the gaps behind it one place nearer.
    if (moved) void session.views.move(moved.id, gap > dragged ? gap - 1 : gap);
  }

  return (
    <ul aria-labelledby="views-saved">
      {views.map(({ id, name, icon, query, count }, at) => (
        <li
          key={id}
          draggable
          data-drop={drop?.id === id ? drop.side : undefined}
          onDragStart={(event) => {
            event.dataTransfer.setData(dragType, id);
            event.dataTransfer.effectAllowed = 'move';
          }}
          onDragOver={(event) => {
            if (!event.dataTransfer.types.includes(dragType)) return;
            event.preventDefault();
            const side = dropSide(event);
            if (drop?.id !== id || drop.side !== side) setDrop({ id, side });
          }}
          onDragLeave={() => setDrop(null)}
          onDragEnd={() => setDrop(null)}
          onDrop={(event) => onDrop(event, at)}
        >
          <ViewLine
            id={id}
            icon={<ViewIcon icon={icon} />}
            label={name}
            count={count}
            current={id === current}
            reachable={id === reachable}
            title={`${name}\n${query}`}
            menu={menu}
          />
        </li>
      ))}
    </ul>
  );
}
