import { withKey } from '../frame/key-hint.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { ViewIcon } from '../icons/view-icon.tsx';
import { isRearranged } from '../state/arrangement.ts';

/** Offers to keep what is shown: a search as a view, or the order and the columns that a saved view has got meanwhile. */
export function KeepView() {
  const { session, run } = useSession();
  const arrangement = useApp((state) => state.arrangement);
  const view = useApp((state) => state.library?.views.find(({ id }) => id === state.settings.view));
  const searching = useApp((state) => state.query.trim() !== '');
  const rearranged = view !== undefined && isRearranged(view, arrangement);
  return (
    <>
      {rearranged && (
        <button
          type="button"
          className="update-view"
          title={`Save this order and these columns with ${view.name}`}
          onClick={() => void session.views.update()}
        >
          Update view
        </button>
      )}
      {searching && (
        <button
          type="button"
          className="icon-button keep-search"
          aria-label="Save this search as a view"
          title={withKey('Save this search as a view', 'saveView')}
          onClick={() => run('saveView')}
        >
          <ViewIcon icon="bookmark" />
        </button>
      )}
    </>
  );
}
