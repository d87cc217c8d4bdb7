import { statuses, statusLabels } from '../../shared/paper.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import { StatusIcon } from '../icons/icons.tsx';
import { statusesIn, toggleStatus } from './status-clause.ts';

/** Five toggles that write `status:` into the search box, and read what stands there. */
export function StatusFilter() {
  const { session } = useSession();
  const query = useApp((state) => state.query);
  const asked = statusesIn(query);
  return (
    <fieldset className="status-filter">
      <legend className="unseen">Show only</legend>
      {statuses.map((status) => (
        <button
          key={status}
          type="button"
          className="icon-button"
          aria-pressed={asked.includes(status)}
          aria-label={statusLabels[status]}
          title={`Show only: ${statusLabels[status]}`}
          onClick={() => session.search(toggleStatus(query, status))}
        >
          <StatusIcon status={status} />
        </button>
      ))}
    </fieldset>
  );
}
