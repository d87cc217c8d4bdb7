import type { FormEvent, ReactNode } from 'react';
import { FolderField } from './folder-field.tsx';
import { useFolder } from './use-folder.ts';
import './folder-form.css';

interface FolderFormProps {
  /** What the folder is for. */
  label: string;
  /** The folder that is written into now; null where that is to be turned on. */
  folder: string | null;
  /** Why it could not be saved; null when nothing is wrong. */
  problem: string | null;
  /** True while it is being saved. */
  busy?: boolean;
  /** Given a folder that may be one. */
  onSave(folder: string): void;
  onCancel(): void;
  /** What else is chosen. */
  children: ReactNode;
}

/** Asks, in its place among other things, for a folder that Offprint is to go on writing into. */
export function FolderForm({
  label,
  folder: before,
  problem,
  busy = false,
  onSave,
  onCancel,
  children,
}: FolderFormProps) {
  const typed = useFolder(before ?? '');

  function submit(event: FormEvent): void {
    event.preventDefault();
    const wanted = typed.checked();
    if (wanted !== null) onSave(wanted);
  }

  return (
    <form className="folder-form" onSubmit={submit}>
      <FolderField label={label} {...typed} problem={typed.problem ?? problem} focused />
      {children}
      <p className="folder-form-buttons">
        <button type="submit" className="button main" disabled={busy}>
          {before === null ? 'Turn on' : 'Save'}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
      </p>
    </form>
  );
}
