import { useRef, useState } from 'react';
import { Dialog } from '../dialogs/dialog.tsx';
import { Path } from '../folders/path.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { BackUpDialog } from './back-up-dialog.tsx';
import { CopiesForm } from './copies-form.tsx';
import { EarlierStates } from './earlier-states.tsx';
import { BackupInput } from './restore-dialog.tsx';
import './backups-dialog.css';

/** All that keeps the reader's data: backups by hand and by the clock, earlier states, and where it lies. */
export function BackupsDialog({ onClose }: { onClose(): void }) {
  const { session } = useSession();
  const dataFolder = useApp((state) => state.library?.dataFolder ?? '');
  const isReadOnly = useApp((state) => (state.library?.readOnly ?? null) !== null);
  const [writing, setWriting] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  return (
    <Dialog title="Backups and earlier states" onClose={onClose} className="backups">
      <section aria-labelledby="backups-file">
        <h3 id="backups-file">A backup in one file</h3>
        <p className="backups-lead">
          It holds everything: papers, notes and what they said before, tags, views and sources. Keep it on another
          disk, or take it to another computer.
        </p>
        <p className="backups-buttons">
          <button type="button" className="button" data-first onClick={() => setWriting(true)}>
            Back up now…
          </button>
          <button type="button" className="button" disabled={isReadOnly} onClick={() => input.current?.click()}>
            Restore from a backup…
          </button>
          <span className="quiet">or drop a backup on the window</span>
        </p>
      </section>
      <CopiesForm />
      <section aria-labelledby="backups-folder">
        <h3 id="backups-folder">Where your data is</h3>
        <div className="backups-folder">
          <Path of={dataFolder} />
          <button type="button" className="button small" onClick={() => void session.keeping.showFolder()}>
            Show data folder
          </button>
          <button type="button" className="button small" onClick={() => void session.keeping.copyFolder()}>
            Copy path
          </button>
        </div>
      </section>
      {/* Last, for it grows long. */}
      <EarlierStates onRestored={onClose} />
      <BackupInput
        inputRef={input}
        onChoose={(file) => void session.backingUp.begin({ name: file.name, content: file })}
      />
      {writing && <BackUpDialog onClose={() => setWriting(false)} />}
    </Dialog>
  );
}
