import { useEffect, useState } from 'react';
import { useApp, useSession } from '../frame/session-context.ts';
import { CloseIcon, WarningIcon } from '../icons/icons.tsx';
import type { Toast } from '../state/app-state.ts';
import './toasts.css';

/** How long a message that needs no answer stays, in milliseconds. */
const stay = 6000;

/** The messages that float at the foot of the window. Screen readers hear each as it comes. */
export function ToastList() {
  const toasts = useApp((state) => state.toasts);
  const announcement = useApp((state) => state.announcement);
  const importing = useApp((state) => state.importing);
  return (
    <>
      <section className="toasts" aria-label="Messages">
        <div role="status" className="toast-group">
          {importing && <ImportProgress {...importing} />}
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
  const { id, kind, message, action } = toast;
  const [held, setHeld] = useState(false);

  useEffect(() => {
    if (kind !== 'done' || held) return;
    const timer = setTimeout(() => session.toasts.close(id), stay);
    return () => clearTimeout(timer);
  }, [session, id, kind, held]);

  return (
    // Under the pointer or with the focus it stays, so that there is time to read and to press.
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
      {action && (
        <button
          type="button"
          className="toast-action"
          onClick={() => {
            session.toasts.close(id);
            action.run();
          }}
        >
          {action.label}
        </button>
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

/** Shown once an import has taken longer than a reader notices. */
function ImportProgress({ done, of }: { done: number; of: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 100);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div className="toast" data-kind="notice">
      <span className="toast-message count">{of === 1 ? 'Importing…' : `Importing file ${done + 1} of ${of}…`}</span>
    </div>
  );
}
