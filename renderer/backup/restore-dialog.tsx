import { useRef } from 'react';
import type { BackupSummary } from '../../shared/backup.ts';
import { Dialog } from '../dialogs/dialog.tsx';
import { WrittenDialog } from '../folders/written-dialog.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { WarningIcon } from '../icons/icons.tsx';
import { longDate } from '../list/dates.ts';
import type { RestoreState } from '../state/backing-up.ts';
import { counted } from '../state/import-words.ts';
import { momentInWords, size } from './words.ts';
import '../dialogs/progress.css';
import './restore-dialog.css';

/** The restoring of a backup: how far its check is, what it holds and replaces, and what became of it. */
export function RestoreDialog({ onClose }: { onClose(): void }) {
  const restoring = useApp((state) => state.restoring);
  if (restoring === null) return null;
  switch (restoring.phase) {
    case 'preview':
      return <Preview file={restoring.file} summary={restoring.summary} onClose={onClose} />;
    case 'done':
      return <Done state={restoring} onClose={onClose} />;
    case 'failed':
      return <Failed state={restoring} onClose={onClose} />;
    default:
      return <Progress state={restoring} onClose={onClose} />;
  }
}

const doing = {
  sending: 'Opening the file',
  checking: 'Checking the file',
  writing: 'Writing what is there now into a backup',
  restoring: 'Restoring',
} as const;

function Progress({
  state,
  onClose,
}: {
  state: Exclude<RestoreState, { phase: 'preview' | 'done' | 'failed' }>;
  onClose(): void;
}) {
  const words = doing[state.phase === 'restoring' ? state.step : state.phase];
  return (
    <Dialog
      title={state.phase === 'restoring' ? 'Restoring the backup' : 'Checking the backup'}
      onClose={onClose}
      className="confirm restore"
      foot={
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
      }
    >
      <progress className="import-progress" aria-label={words} value={state.done ?? undefined} />
      <p className="import-words" role="status">
        {words}
      </p>
      <p className="import-file">{state.file}</p>
    </Dialog>
  );
}

function Preview({ file, summary, onClose }: { file: string; summary: BackupSummary; onClose(): void }) {
  const { session } = useSession();
  const library = useApp((state) => state.library);
  const now = library && {
    papers: library.counts.all,
    notes: library.counts.notes,
    views: library.views.length,
    sources: library.sources.length,
  };
  return (
    <Dialog
      title="Restore this backup?"
      onClose={onClose}
      className="restore"
      foot={
        <>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="button" className="button main" onClick={() => void session.backingUp.confirm()}>
            Replace the library
          </button>
        </>
      }
    >
      <p className="restore-file">{file}</p>
      <p className="restore-made">
        Made <time title={longDate(summary.madeAt)}>{momentInWords(summary.madeAt, Date.now())}</time> by Offprint{' '}
        {summary.appVersion} · {size(summary.bytes)}, checked
      </p>
      <table className="restore-table">
        <thead>
          <tr>
            <td />
            <th scope="col" className="number">
              In the backup
            </th>
            <th scope="col" className="number">
              In the library now
            </th>
          </tr>
        </thead>
        <tbody>
          {(['papers', 'notes', 'views', 'sources'] as const).map((what) => (
            <tr key={what}>
              <th scope="row">
                {{ papers: 'Papers', notes: 'Notes', views: 'Saved views', sources: 'Sources' }[what]}
              </th>
              <td className="number count">{summary[what].toLocaleString()}</td>
              <td className="number count">{now?.[what].toLocaleString()}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        The backup takes the place of everything in this library. What is there now is written into a backup of its own
        first, so that you can come back to it.
      </p>
    </Dialog>
  );
}

function Done({ state, onClose }: { state: Extract<RestoreState, { phase: 'done' }>; onClose(): void }) {
  const { summary, kept } = state;
  return (
    <WrittenDialog title="The backup is restored" path={kept} onClose={onClose} className="restore">
      <p role="status">
        The library is what it was {momentInWords(summary.madeAt, Date.now())}: {counted(summary.papers, 'paper')} and{' '}
        {counted(summary.notes, 'note')}.
      </p>
      <p className="restore-kept">What was there before is in this backup. Restore it to come back:</p>
    </WrittenDialog>
  );
}

function Failed({ state, onClose }: { state: Extract<RestoreState, { phase: 'failed' }>; onClose(): void }) {
  const { session } = useSession();
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      title="The backup cannot be restored"
      onClose={onClose}
      className="confirm restore"
      foot={
        <>
          <BackupInput
            inputRef={input}
            onChoose={(file) => {
              onClose();
              void session.backingUp.begin({ name: file.name, content: file });
            }}
          />
          <button type="button" className="button" onClick={() => input.current?.click()}>
            Choose another file…
          </button>
          <button type="button" className="button main" onClick={onClose}>
            Close
          </button>
        </>
      }
    >
      <p className="restore-file">{state.file}</p>
      <p className="restore-reason" role="alert">
        <WarningIcon />
        <span>{state.reason}</span>
      </p>
      <p className="quiet">The library is as it was.</p>
    </Dialog>
  );
}

/** Unseen: what the browser's own dialog for a backup file is opened with. */
export function BackupInput({
  inputRef,
  onChoose,
}: {
  inputRef: React.RefObject<HTMLInputElement | null>;
  onChoose(file: File): void;
}) {
  return (
    <input
      ref={inputRef}
      type="file"
      accept=".offprint"
      hidden
      aria-label="Backup to restore"
      onChange={({ target }) => {
        const [file] = target.files ?? [];
        target.value = '';
        if (file) onChoose(file);
      }}
    />
  );
}
