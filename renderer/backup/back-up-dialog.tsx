import { type FormEvent, useState } from 'react';
import { Dialog } from '../dialogs/dialog.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { copyText } from '../state/clipboard.ts';
import { FolderField } from './folder-field.tsx';
import { folderProblem, suggestedFolder } from './folders.ts';
import { Path } from './path.tsx';
import { size } from './words.ts';

/** Writes a backup into a folder: where to, how far it is, and what it is called. */
export function BackUpDialog({ onClose }: { onClose(): void }) {
  const { session } = useSession();
  const { backingUp } = session;
  const progress = useApp((state) => state.backingUp);
  const copies = useApp((state) => state.library?.settings.copies ?? null);
  const dataFolder = useApp((state) => state.library?.dataFolder ?? '');
  const [folder, setFolder] = useState(copies?.folder ?? backingUp.lastFolder ?? suggestedFolder(dataFolder));
  const [problem, setProblem] = useState<string | null>(null);
  const [written, setWritten] = useState<{ path: string; bytes: number } | null>(null);
  const isWriting = progress !== null;

  async function write(event: FormEvent): Promise<void> {
    event.preventDefault();
    const wanted = folder.trim();
    const wrong = folderProblem(wanted);
    setProblem(wrong);
    if (wrong !== null) return;
    const answer = await backingUp.write(wanted);
    if ('problem' in answer) setProblem(answer.problem);
    else setWritten(answer);
  }

  if (written !== null) {
    return (
      <Dialog
        title="The backup is written"
        onClose={onClose}
        className="confirm"
        foot={
          <>
            <button
              type="button"
              className="button"
              onClick={() => void copyText(session.toasts, written.path, 'Copied the path')}
            >
              Copy the path
            </button>
            <button type="button" className="button main" onClick={onClose}>
              Done
            </button>
          </>
        }
      >
        <p role="status">Everything is in one file of {size(written.bytes)}:</p>
        <Path of={written.path} />
      </Dialog>
    );
  }
  return (
    <form onSubmit={(event) => void write(event)}>
      <Dialog
        title="Back up now"
        onClose={onClose}
        className="confirm"
        foot={
          <>
            <button
              type="button"
              className="button"
              onClick={() => (isWriting ? void backingUp.cancelWrite() : onClose())}
            >
              Cancel
            </button>
            <button type="submit" className="button main" disabled={isWriting}>
              Back up
            </button>
          </>
        }
      >
        <FolderField
          label="Into the folder"
          value={folder}
          onChange={setFolder}
          disabled={isWriting}
          {...{ problem }}
        />
        {isWriting ? (
          <div className="backup-progress">
            <progress className="import-progress" aria-label="Writing the backup" value={progress} />
            <p className="import-words" role="status">
              Writing the backup
            </p>
          </div>
        ) : (
          <p className="quiet">The file is called after today’s date. Nothing that is there is written over.</p>
        )}
      </Dialog>
    </form>
  );
}
