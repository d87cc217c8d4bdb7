import {
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { Row } from '../../shared/paper.ts';
import { type ColumnId, columnIds, type Settings, settingsSchema } from '../../shared/settings.ts';

/** One row of the table: where it stands, and the paper once it has been fetched. */
export interface Item {
  index: number;
  row: Row | undefined;
}

/** How a column is named, how wide it is, and which way it sorts first. Widths are in pixels. */
interface ColumnShape {
  label: string;
  width: number;
  narrowest: number;
  /** Newest and marked first, where that is what one looks for. */
  descFirst?: true;
  /** Text stands at the end of the column. */
  atEnd?: true;
  /** The header has no room for words; screen readers and tooltips have the label. */
  unlabelled?: true;
}

/** Every column. */
export const columnShapes: Record<ColumnId, ColumnShape> = {
  order: { label: 'Page order', width: 88, narrowest: 48, atEnd: true },
  status: { label: 'Status', width: 36, narrowest: 32, unlabelled: true },
  starred: { label: 'Starred', width: 28, narrowest: 28, descFirst: true, unlabelled: true },
  title: { label: 'Title', width: 120, narrowest: 120 },
  authors: { label: 'Authors', width: 160, narrowest: 64 },
  published: { label: 'Published', width: 96, narrowest: 56, descFirst: true, atEnd: true },
  source: { label: 'Source', width: 128, narrowest: 64 },
  tags: { label: 'Tags', width: 176, narrowest: 56, atEnd: true },
  note: { label: 'Note', width: 28, narrowest: 28, descFirst: true, unlabelled: true },
  added: { label: 'Added', width: 78, narrowest: 64, descFirst: true, atEnd: true },
  changed: { label: 'Changed', width: 92, narrowest: 64, descFirst: true, atEnd: true },
  votes: { label: 'Votes', width: 60, narrowest: 48, descFirst: true, atEnd: true },
  venue: { label: 'Venue', width: 144, narrowest: 64 },
};

/** Widest a column gets, in pixels. */
export const widestColumn = 800;

/** What of TanStack Table is used: the library sorts and filters, so no row model is. */
export const features = tableFeatures({
  columnSizingFeature,
  columnOrderingFeature,
  columnVisibilityFeature,
  rowSortingFeature,
});

const helper = createColumnHelper<typeof features, Item>();

/** The column definitions, one per column that can be shown. */
export const columns = helper.columns(
  columnIds.map((id) => {
    const shape = columnShapes[id];
    return helper.accessor((item) => item.row?.id, {
      id,
      header: shape.label,
      size: shape.width,
      minSize: shape.narrowest,
      maxSize: widestColumn,
      sortDescFirst: shape.descFirst ?? false,
    });
  }),
);

/** The columns as they are for a new reader. */
export const usualColumns: Settings['columns'] = settingsSchema.parse({}).columns;

/** The shown columns in order, each once; the title is always among them. */
export function shownColumns(order: readonly ColumnId[]): ColumnId[] {
  const shown = [...new Set(order)];
  return shown.includes('title') ? shown : ['title', ...shown];
}

/** Space at the two ends of a row, in pixels; as in paper-row.css. */
const rowPadding = 16;

/** Columns that wait for more room, the first to go first. The marks and the title always stay. */
const dispensable: readonly ColumnId[] = [
  'order',
  'changed',
  'source',
  'venue',
  'added',
  'votes',
  'published',
  'authors',
  'tags',
];

/** A title below this width in pixels says too little. */
const legibleTitle = 200;

/**
 * The columns that there is room for beside a title that can be read.
 * @param shown the columns the reader has chosen, in order, with their widths
 * @param available the width of the list in pixels
 */
export function fittingColumns(shown: readonly { id: ColumnId; width: number }[], available: number): ColumnId[] {
  const kept = [...shown];
  const needed = () =>
    kept.reduce((sum, { id, width }) => {
      if (id === 'title') return sum + Math.max(width, legibleTitle);
      return sum + (id === 'tags' ? columnShapes.tags.narrowest : width);
    }, rowPadding);
  for (const id of dispensable) {
    if (needed() <= available) break;
    const at = kept.findIndex((column) => column.id === id);
    if (at >= 0) kept.splice(at, 1);
  }
  return kept.map(({ id }) => id);
}

/**
 * A new order of the columns in sight, with those that wait for room put back behind the column
 * that they stood behind.
 */
export function withWaiting(order: readonly ColumnId[], chosen: readonly ColumnId[]): ColumnId[] {
  const whole = [...order];
  for (const [at, id] of chosen.entries()) {
    if (!whole.includes(id)) whole.splice(whole.indexOf(chosen[at - 1] ?? id) + 1, 0, id);
  }
  return whole;
}

/** The order with one column moved to stand before or after another. */
export function moveColumn(order: readonly ColumnId[], id: ColumnId, target: ColumnId, after: boolean): ColumnId[] {
  if (id === target) return [...order];
  const others = order.filter((each) => each !== id);
  const at = others.indexOf(target);
  if (at < 0) return [...order];
  return others.toSpliced(after ? at + 1 : at, 0, id);
}

/** The order with a column moved by one place, as far as there is one. */
export function shiftColumn(order: readonly ColumnId[], id: ColumnId, by: 1 | -1): ColumnId[] {
  const target = order[order.indexOf(id) + by];
  return target === undefined ? [...order] : moveColumn(order, id, target, by === 1);
}

/** A width that the column can have, in whole pixels. */
export function fittingWidth(id: ColumnId, width: number): number {
  return Math.round(Math.min(Math.max(width, columnShapes[id].narrowest), widestColumn));
}

/**
 * The CSS grid tracks of the shown columns, and the least width of a row in pixels, below which
 * the list scrolls sideways. The title takes what is left; tags beside it make way before it does.
 */
export function trackSizes(shown: readonly { id: ColumnId; width: number }[]): { template: string; least: number } {
  const tracks = shown.map(({ id, width }, at) => {
    if (id === 'title') return { track: `minmax(${width}px, 1fr)`, least: width };
    if (id !== 'tags' || shown[at - 1]?.id !== 'title') return { track: `${width}px`, least: width };
    const least = columnShapes.tags.narrowest;
    return { track: `minmax(${least}px, ${width}px)`, least };
  });
  return {
    template: tracks.map(({ track }) => track).join(' '),
    least: tracks.reduce((sum, { least }) => sum + least, rowPadding),
  };
}
