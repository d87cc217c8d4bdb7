import { useApp, useSession } from '../frame/session-context.ts';
import { CloseIcon, SourceIcon } from '../icons/icons.tsx';

/**
 * One quiet line at the foot of the views when there is a newer version to be had, or one is ready. It moves nothing
 * that is read, and goes when the reader says so.
 */
export function UpdateLine() {
  const { session, run } = useSession();
  const updates = useApp((state) => state.updates);
  const dismissed = useApp((state) => state.dismissedUpdate);
  const isNews = updates?.kind === 'available' || updates?.kind === 'ready';
  if (!isNews || updates.version === dismissed) return null;
  const words = updates.kind === 'ready' ? `${updates.version} is ready` : `${updates.version} is out`;
  return (
    <div className="update-line">
      <button
        type="button"
        className="view"
        aria-label={`Offprint ${words}`}
        title={`Offprint ${words}: see the settings`}
        onClick={() => run('checkForUpdates')}
      >
        <SourceIcon />
        <span className="clip">{words}</span>
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Dismiss"
        title="Dismiss"
        onClick={() => {
          session.program.dismissUpdate();
          document.querySelector<HTMLElement>('[role="grid"]')?.focus();
        }}
      >
        <CloseIcon />
      </button>
    </div>
  );
}
