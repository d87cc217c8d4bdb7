import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { CloseIcon } from '../icons/icons.tsx';
import './dialogs.css';

interface DialogProps {
  title: string;
  onClose(): void;
  children: ReactNode;
  /** Buttons at the foot. */
  foot?: ReactNode;
  className?: string;
}

/**
 * A modal dialog: the browser's own, so that focus stays within it, Escape closes it, and focus
 * goes back to where it was. Its first control has the focus, else what there is to read.
 */
export function Dialog({ title, onClose, children, foot, className }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();

  // A layout effect, because its end comes while the dialog is still in the page.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    const body = element.querySelector<HTMLElement>('.dialog-body');
    const control = body?.querySelector<HTMLElement>('input:not(:disabled), button:not(:disabled)');
    (control ?? body)?.focus();
    // Taken out of the page while open, it would not give the focus back.
    return () => element.close();
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the key for leaving is Escape
    <dialog
      ref={dialog}
      className={className}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <header className="dialog-head">
        <h2 id={heading}>{title}</h2>
        <button type="button" className="icon-button" aria-label="Close" title="Close (Esc)" onClick={onClose}>
          <CloseIcon />
        </button>
      </header>
      {/* Scrolls by the keyboard when it is higher than the window. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section className="dialog-body" tabIndex={0} aria-labelledby={heading}>
        {children}
      </section>
      {foot && <footer className="dialog-foot">{foot}</footer>}
    </dialog>
  );
}
