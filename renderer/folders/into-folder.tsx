import type { ReactNode } from 'react';
import { FolderField } from './folder-field.tsx';
import type { TypedFolder } from './use-folder.ts';
import '../dialogs/progress.css';

interface IntoFolderProps {
  into: TypedFolder;
  disabled?: boolean;
  /** How far the writing is, from 0 to 1, and what is said of it; null while nothing is written. */
  writing: { what: string; done: number; words: string } | null;
  /** What is said while nothing is written. */
  children: ReactNode;
}

/** The end of a dialog that writes a file: the folder that it goes into, and how far it is. */
export function IntoFolder({ into, disabled = false, writing, children }: IntoFolderProps) {
  return (
    <>
      <FolderField label="Into the folder" {...into} disabled={disabled} />
      {writing === null ? (
        <p className="quiet">{children}</p>
      ) : (
        <div className="into-folder-progress">
          <progress className="import-progress" aria-label={writing.what} value={writing.done} />
          <p className="import-words" role="status">
            {writing.words}
          </p>
        </div>
      )}
    </>
  );
}
