import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { CloseIcon } from '../icons/icons.tsx';
import './dialogs.css';
import './forms.css';

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
 * goes back to where it was, or to the list where that is gone. What is marked `data-first` has the
 * focus, else its first control, else its main button, else what there is to read.
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
    const marked = body?.querySelector<HTMLElement>('[data-first]');
    const control = marked ?? body?.querySelector<HTMLElement>('input:not(:disabled), button:not(:disabled)');
    const main = element.querySelector<HTMLElement>('.dialog-foot .main');
    (control ?? main ?? body)?.focus();
    return () => {
      // Taken out of the page while open, it would not give the focus back.
      element.close();
      // Where a dialog closed with the one around it, the focus is still in what nobody sees any more.
      const focused = document.activeElement;
      const isLost = focused === null || focused === document.body || focused.closest('dialog:not([open])') !== null;
      if (isLost) document.querySelector<HTMLElement>('[role="grid"]')?.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      className={className}
      aria-labelledby={heading}
      onKeyDown={(event) => scrollBody(event)}
      onCancel={(event) => {
        // React also tells of a dialog within this one.
        if (event.target !== event.currentTarget) return;
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

/** Pixels that an arrow scrolls by. */
const line = 40;

/** With the focus on a button at the foot, the keys for scrolling scroll what there is to read all the same. */
function scrollBody(event: KeyboardEvent<HTMLDialogElement>): void {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { target, currentTarget } = event;
  const inFoot = target instanceof HTMLButtonElement && target.closest('.dialog-foot') !== null;
  const body = currentTarget.querySelector('.dialog-body');
  if (!inFoot || target.closest('dialog') !== currentTarget || body === null) return;
  const page = body.clientHeight - line;
  const steps: Record<string, [across: number, down: number]> = {
    ArrowDown: [0, line],
    ArrowUp: [0, -line],
    ArrowRight: [line, 0],
    ArrowLeft: [-line, 0],
    PageDown: [0, page],
    PageUp: [0, -page],
    End: [0, body.scrollHeight],
    Home: [0, -body.scrollHeight],
  };
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  body.scrollBy(...step);
}
