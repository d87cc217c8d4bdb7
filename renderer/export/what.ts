import type { ExportedSelection } from '../../shared/export-calls.ts';
import type { AppState } from '../state/app-state.ts';
import { sizeOf } from '../state/ranges.ts';
import { namedView } from '../state/view-names.ts';

/** Something that can be exported. */
export interface Exportable {
  id: 'selected' | 'view' | 'all';
  label: string;
  /** How many papers it is; null while they are being counted. */
  count: number | null;
  papers: ExportedSelection;
}

const shortened = (query: string) => (query.length > 40 ? `${query.slice(0, 39).trimEnd()}…` : query);

/** What the reader may mean: the selected papers, the list with its search, everything; each only where it is another. */
export function exportables({ list, library }: Pick<AppState, 'list' | 'library'>): Exportable[] {
  if (!library) return [];
  const { selection, shown, result, total, complete } = list;
  const found: Exportable[] = [];
  const size = sizeOf(selection);
  if (size > 0 && result !== null) {
    const ranges = selection.map(([from, to]): [number, number] => [from, to]);
    const label = size === 1 ? 'The selected paper' : 'The selected papers';
    found.push({ id: 'selected', label, count: size, papers: { result, ranges } });
  }
  const query = shown?.query.trim() ?? '';
  if (shown && (shown.view !== 'all' || query !== '')) {
    const name = namedView(shown.view, library)?.label ?? 'This view';
    const label = query === '' ? name : `${name}, search “${shortened(query)}”`;
    const papers = { view: shown.view, query: shown.query };
    found.push({ id: 'view', label, count: complete ? total : null, papers });
  }
  found.push({ id: 'all', label: 'Everything', count: library.counts.all, papers: { view: 'all', query: '' } });
  return found;
}
