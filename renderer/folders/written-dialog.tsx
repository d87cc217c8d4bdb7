import type { ReactNode } from 'react';
import { Dialog } from '../dialogs/dialog.tsx';
import { useSession } from '../frame/session-context.ts';
import { copyText } from '../state/clipboard.ts';
import { Path } from './path.tsx';

interface WrittenDialogProps {
  title: string;
  /** What was written. */
  path: string;
  /** What is lacking of it, as a sentence. */
  trouble?: string | null;
  onClose(): void;
  className?: string;
  /** What is said of it, before its path. */
  children: ReactNode;
}

/** Tells where something was written: its path, whole, and to be copied. */
export function WrittenDialog({
  title,
  path,
  trouble = null,
  onClose,
  className = 'confirm',
  children,
}: WrittenDialogProps) {
  const { session } = useSession();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      className={className}
      foot={
        <>
          <button
            type="button"
            className="button"
            onClick={() => void copyText(session.toasts, path, 'Copied the path')}
          >
            Copy the path
          </button>
          <button type="button" className="button main" onClick={onClose}>
            Done
          </button>
        </>
      }
    >
      {children}
      <Path of={path} />
      {trouble !== null && (
        <p className="form-problem" role="alert">
          {trouble}
        </p>
      )}
    </Dialog>
  );
}
