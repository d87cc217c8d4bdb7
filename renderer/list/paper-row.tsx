import { memo } from 'react';
import type { ColumnId } from '../../shared/settings.ts';
import { cells } from './cells.tsx';
import { columnShapes, type Item } from './columns.ts';

interface PaperRowProps {
  item: Item;
  /** The shown columns, in order. */
  columns: readonly ColumnId[];
  /** Distance from the top of the rows, in pixels. */
  top: number;
  selected: boolean;
  focused: boolean;
  comfortable: boolean;
  now: number;
}

/** The DOM id of a row, for `aria-activedescendant`. */
export function rowDomId(index: number): string {
  return `row-${index}`;
}

/** One paper of the list. Drawn again only when something of it changed. */
export const PaperRow = memo(PaperRowContent, (before, after) =>
  (Object.keys(after) as (keyof PaperRowProps)[]).every((key) =>
    key === 'item' ? before.item.row === after.item.row : before[key] === after[key],
  ),
);

function PaperRowContent({ item, columns, top, selected, focused, comfortable, now }: PaperRowProps) {
  const { index, row } = item;
  const context = { index, now, comfortable };
  const cell = (id: ColumnId) => (
    // Focus stays on the grid, which names the row: cells of rows out of sight do not exist.
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    // biome-ignore lint/a11y/useSemanticElements: a virtualised table cannot be a <table>
    <div
      key={id}
      role="gridcell"
      className="cell"
      data-column={id}
      data-end={columnShapes[id].atEnd}
      aria-colindex={columns.indexOf(id) + 1}
    >
      {row && cells[id](row, context)}
    </div>
  );
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: as above
    // biome-ignore lint/a11y/useSemanticElements: as above
    <div
      role="row"
      id={rowDomId(index)}
      className="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={row === undefined || undefined}
      data-index={index}
      data-status={row?.status}
      data-focused={focused || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map((id, at) => {
        // A title may use the room that the tags beside it leave, so the two share one cell of the layout.
        if (id === 'tags' && columns[at - 1] === 'title') return null;
        if (id !== 'title') return cell(id);
        // Around a title alone too: it must not be drawn anew when the tags go for want of room, or come.
        const withTags = columns[at + 1] === 'tags';
        return (
          <div key={id} role="presentation" className="title-and-tags" data-tags={withTags || undefined}>
            {cell('title')}
            {withTags && cell('tags')}
          </div>
        );
      })}
    </div>
  );
}
