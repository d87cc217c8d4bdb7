import { type FormEvent, useState } from 'react';
import { Dialog } from '../dialogs/dialog.tsx';
import { suggestedFolder } from '../folders/folders.ts';
import { IntoFolder } from '../folders/into-folder.tsx';
import { useFolder } from '../folders/use-folder.ts';
import { WrittenDialog } from '../folders/written-dialog.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { size } from './words.ts';

/** Writes a backup into a folder: where to, how far it is, and what it is called. */
export function BackUpDialog({ onClose }: { onClose(): void }) {
  const { session } = useSession();
  const { backingUp } = session;
  const progress = useApp((state) => state.backingUp);
  const copies = useApp((state) => state.library?.settings.copies ?? null);
  const dataFolder = useApp((state) => state.library?.dataFolder ?? '');
  const into = useFolder(copies?.folder ?? backingUp.lastFolder ?? suggestedFolder(dataFolder));
  const [written, setWritten] = useState<{ path: string; bytes: number } | null>(null);
  const isWriting = progress !== null;

  async function write(event: FormEvent): Promise<void> {
    event.preventDefault();
    const wanted = into.checked();
    if (wanted === null) return;
    const answer = await backingUp.write(wanted);
    if ('problem' in answer) into.setProblem(answer.problem);
    else setWritten(answer);
  }

  if (written !== null) {
    return (
      <WrittenDialog title="The backup is written" path={written.path} onClose={onClose}>
        <p role="status">Everything is in one file of {size(written.bytes)}:</p>
      </WrittenDialog>
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
        <IntoFolder
          into={into}
          disabled={isWriting}
          writing={isWriting ? { what: 'Writing the backup', done: progress, words: 'Writing the backup' } : null}
        >
          The file is called after today’s date. Nothing that is there is written over.
        </IntoFolder>
      </Dialog>
    </form>
  );
}
