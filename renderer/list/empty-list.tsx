import { useApp, useSession } from '../frame/session-context.ts';
import type { NamedView } from '../state/view-names.ts';
import { NothingFound } from './nothing-found.tsx';

interface EmptyListProps {
  view: NamedView | null;
  label: string;
  searching: boolean;
}

/** What stands where no paper is: what the view is for, or what to do about a search without result. */
export function EmptyList({ view, label, searching }: EmptyListProps) {
  const { run } = useSession();
  const shown = useApp((state) => state.list.shown);
  const library = useApp((state) => state.library);
  if (searching && shown) return <NothingFound view={shown.view} label={label} query={shown.query} />;
  if (library?.rebuilding) {
    return (
      <div className="empty">
        <p className="empty-head">Your papers are on their way</p>
        <p>They are being read again from the files they came from, and come in here as they do.</p>
      </div>
    );
  }
  const bare = library?.counts.all === 0;
  return (
    <div className="empty">
      <p className="empty-head">{bare ? 'No papers yet' : `${label} is empty`}</p>
      <p>{bare ? 'Import a capture, or drop its file anywhere on this window.' : view?.empty}</p>
      {(bare || shown?.view === 'inbox') && (
        <div className="empty-actions">
          <button type="button" className="button" onClick={() => run('import')}>
            Import…
          </button>
        </div>
      )}
    </div>
  );
}
