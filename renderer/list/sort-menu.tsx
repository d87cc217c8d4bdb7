import { useId } from 'react';
import { type ColumnId, columnIds, type Sort } from '../../shared/settings.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import { SortIcon } from '../icons/icons.tsx';
import type { ListOrder } from '../state/app-state.ts';
import { columnShapes } from './columns.ts';
import { useShownSort } from './use-shown-sort.ts';

/** How the list stands, in words: `Title, Added`; without a choice `Page order`, `Best match` or `Title matches first`. */
export function sortText(sort: Sort, order: ListOrder): string {
  if (order === 'relevance') return 'Best match';
  if (order === 'title') return 'Title matches first';
  if (sort.length === 0) return 'Page order';
  return sort.map(({ field }) => columnShapes[field].label).join(', ');
}

/** The sort that choosing a field gives: that field alone, or the other way round when it was chosen. */
export function chooseSort(sort: Sort, field: ColumnId): Sort {
  const [only, ...more] = sort;
  if (only?.field === field && more.length === 0) return [{ field, desc: !only.desc }];
  return [{ field, desc: columnShapes[field].descFirst ?? false }];
}

/** Says how the list is sorted, and offers every other way, also by columns that are not shown. */
export function SortMenu() {
  const { session } = useSession();
  const sort = useShownSort();
  const order = useApp((state) => state.list.order);
  const menu = useId();
  const only = sort.length === 1 ? sort[0] : undefined;
  const text = sortText(sort, order);

  return (
    <>
      <button
        type="button"
        className="sort-button"
        popoverTarget={menu}
        aria-label={`Sorted by ${text}`}
        title="Sort by"
      >
        <span className="clip">{text}</span>
        <SortIcon desc={sort[0]?.desc ?? true} />
      </button>
      <div popover="auto" id={menu} className="sort-menu">
        <SortChoice label="Best match, else page order" chosen={sort.length === 0} onChoose={() => session.sort([])} />
        {columnIds.map((field) => (
          <SortChoice
            key={field}
            label={columnShapes[field].label}
            chosen={only?.field === field}
            desc={only?.field === field ? only.desc : undefined}
            onChoose={() => session.sort(chooseSort(sort, field))}
          />
        ))}
      </div>
    </>
  );
}

interface SortChoiceProps {
  label: string;
  chosen: boolean;
  desc?: boolean | undefined;
  onChoose(): void;
}

function SortChoice({ label, chosen, desc, onChoose }: SortChoiceProps) {
  return (
    <button type="button" className="option-button sort-choice" aria-pressed={chosen} onClick={onChoose}>
      <span>{label}</span>
      {desc !== undefined && (
        <>
          <SortIcon desc={desc} />
          <span className="unseen">{desc ? 'descending' : 'ascending'}</span>
        </>
      )}
    </button>
  );
}
