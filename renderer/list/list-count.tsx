import { useState } from 'react';
import { withKey } from '../frame/key-hint.tsx';
import { useApp } from '../frame/session-context.ts';
import { sizeOf } from '../state/ranges.ts';

const grouped = new Intl.NumberFormat();

interface ListCountProps {
  /** Papers that the view holds now, or null while they are counted; rows that have left it stay until it is refreshed. */
  held: number | null;
  searching: boolean;
}

/**
 * `55 papers`; `41 of 55` for a search; `54 papers, 55 shown` when a row has left the view;
 * `3 of 55 selected`. While the library counts it stays as it was, and says `10,000+` once that
 * has taken long enough to be noticed.
 */
export function ListCount({ held, searching }: ListCountProps) {
  const list = useApp((state) => state.list);
  const now = list.shown && (list.complete || list.counting) ? { list, held, searching } : null;
  const [told, setTold] = useState(now);
  if (now && (now.list !== told?.list || held !== told.held || searching !== told.searching)) setTold(now);
  const says = now ?? told;
  return (
    <p className="list-count count clip" data-slow={list.slow || undefined}>
      {says && <CountText {...says} />}
    </p>
  );
}

type CountTextProps = ListCountProps & {
  list: { total: number; complete: boolean; selection: Parameters<typeof sizeOf>[0] };
};

function CountText({ list, held: viewHolds, searching }: CountTextProps) {
  const { total, complete, selection } = list;
  const chosen = sizeOf(selection);
  const count = (papers: number) => `${grouped.format(papers)}${complete || papers < total ? '' : '+'}`;
  const rows = count(total);
  const held = viewHolds ?? total;
  if (chosen > 1) return <span className="chosen">{`${count(chosen)} of ${rows} selected`}</span>;
  if (searching && viewHolds !== null && held >= total) return `${rows} of ${grouped.format(held)}`;
  const papers = searching ? total : held;
  const text = papers === 1 ? '1 paper' : `${searching ? rows : grouped.format(papers)} papers`;
  if (papers === total) return text;
  return (
    <span title={withKey('Rows stay where they are until the list is refreshed', 'refresh')}>
      {text}
      <span className="count-shown">, {rows} shown</span>
    </span>
  );
}
