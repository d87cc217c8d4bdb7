import { useEffect, useState } from 'react';
import { useApp, useSession } from '../frame/session-context.ts';
import { CloseIcon, WarningIcon } from '../icons/icons.tsx';
import type { Toast } from '../state/app-state.ts';
import { progressOf } from '../state/import-words.ts';
import type { ImportState } from '../state/importing.ts';
import './toasts.css';

/** How long a message that needs no answer stays, in milliseconds. */
const stay = 6000;

/** The messages that float at the foot of the window. Screen readers hear each as it comes. */
export function ToastList() {
  const toasts = useApp((state) => state.toasts);
  const announcement = useApp((state) => state.announcement);
  const importing = useApp((state) => state.importing);
  const shown = useApp((state) => state.dialog?.kind === 'import');
  return (
    <>
      <section className="toasts" aria-label="Messages">
        {importing && !shown && <ImportInBackground state={importing} />}
        <div role="status" className="toast-group">
          {toasts.map((toast) => toast.kind !== 'error' && <ToastView key={toast.id} toast={toast} />)}
        </div>
        <div role="alert" className="toast-group">
          {toasts.map((toast) => toast.kind === 'error' && <ToastView key={toast.id} toast={toast} />)}
        </div>
      </section>
      <p role="status" className="unseen">
        {announcement}
      </p>
    </>
  );
}

function ToastView({ toast }: { toast: Toast }) {
  const { session } = useSession();
  const { id, kind, message, action, second } = toast;
  const [held, setHeld] = useState(false);
  const covered = useApp((state) => state.dialog !== null);

  useEffect(() => {
    if (kind !== 'done' || held || covered) return;
    const timer = setTimeout(() => session.toasts.close(id), stay);
    return () => clearTimeout(timer);
  }, [session, id, kind, held, covered]);

  return (
    // Under the pointer, with the focus or behind a dialog it stays, so that there is time to read and to press.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      className="toast"
      data-kind={kind}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {kind === 'error' && <WarningIcon />}
      <span className="toast-message">{message}</span>
      {[action, second].map(
        (button) =>
          button && (
            <button
              key={button.label}
              type="button"
              className="toast-action"
              onClick={() => {
                session.toasts.close(id);
                button.run();
              }}
            >
              {button.label}
            </button>
          ),
      )}
      <button
        type="button"
        className="icon-button"
        aria-label="Close the message"
        onClick={() => session.toasts.close(id)}
      >
        <CloseIcon />
      </button>
    </div>
  );
}

/** The import that goes on behind the window's back, with the way to look at it and to stop it. */
function ImportInBackground({ state }: { state: ImportState }) {
  const { session } = useSession();
  const { words, done } = progressOf(state);
  return (
    <div className="toast" data-kind="notice">
      {state.phase !== 'preview' && (
        <progress className="toast-progress" aria-label={words} value={done ?? undefined} />
      )}
      <span className="toast-message count">{words}</span>
      <button type="button" className="toast-action" onClick={() => session.importing.show()}>
        {state.phase === 'preview' ? 'Review' : 'Show'}
      </button>
      <button type="button" className="toast-action" onClick={() => void session.importing.cancel()}>
        Cancel
      </button>
    </div>
  );
}
