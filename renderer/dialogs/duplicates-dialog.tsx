import { type KeyboardEvent, useEffect, useState } from 'react';
import type { Duplicates } from '../../shared/contract.ts';
import type { Paper } from '../../shared/paper.ts';
import { Keys } from '../frame/key-hint.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { Comparison } from './comparison.tsx';
import { Dialog } from './dialog.tsx';
import './library-dialogs.css';

/** Papers that may be the same, one group after the other: to be merged, told apart, or left for later. */
export function DuplicatesDialog({ onClose }: { onClose(): void }) {
  const { session } = useSession();
  const version = useApp((state) => state.library?.version);
  const [at, setAt] = useState(0);
  const [shown, setShown] = useState<{ total: number; group: Duplicates | null } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew whenever the library has changed
  useEffect(() => {
    let stale = false;
    session.duplicates.group(at).then(
      (answer) => {
        if (stale) return;
        if (answer.group === null && at > 0) setAt(Math.max(0, Math.min(at - 1, answer.total - 1)));
        else setShown(answer);
      },
      (error) => session.toasts.fail(error),
    );
    return () => {
      stale = true;
    };
  }, [session, at, version]);

  if (shown === null) return null;
  const { total, group } = shown;
  if (group === null) {
    return (
      <Dialog
        title="Duplicates"
        onClose={onClose}
        className="confirm"
        foot={
          <button type="button" className="button main" onClick={onClose}>
            Close
          </button>
        }
      >
        <p>No duplicates were found. Papers of the same title or nearly the same one would be shown here.</p>
      </Dialog>
    );
  }
  return (
    <MergeDialog
      key={group.papers.map(({ id }) => id).join(' ')}
      title={
        total === 1 ? 'Is this the same paper?' : `Is this the same paper? ${at + 1} of ${total.toLocaleString('en')}`
      }
      reason={group.reason}
      papers={group.papers}
      onClose={onClose}
      onMerged={() => {}}
      onDifferent={() => void session.duplicates.dismiss(group.papers.map(({ id }) => id))}
      onStep={total > 1 ? (by) => setAt((at + by + total) % total) : null}
    />
  );
}

interface MergeDialogProps {
  title: string;
  reason: string | null;
  papers: readonly Paper[];
  onClose(): void;
  onMerged(): void;
  /** Remembers that they are not the same; null where nobody has thought so. */
  onDifferent: (() => void) | null;
  /** Goes to another group; null where there is none. */
  onStep: ((by: 1 | -1) => void) | null;
}

/** Papers side by side, with what can be done about them, by buttons and by their keys. */
export function MergeDialog({ title, reason, papers, onClose, onMerged, onDifferent, onStep }: MergeDialogProps) {
  const { session } = useSession();
  const [kept, setKept] = useState(0);
  const [busy, setBusy] = useState(false);

  async function merge(): Promise<void> {
    const first = papers[kept];
    if (!first || busy) return;
    setBusy(true);
    const others = papers.filter((paper) => paper !== first);
    if (await session.duplicates.merge([first, ...others].map(({ id }) => id))) onMerged();
    setBusy(false);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onControl = event.target instanceof HTMLButtonElement;
    if (event.key === 'Enter' && !onControl) void merge();
    else if (event.key === 'x' && onDifferent) onDifferent();
    else if (event.key === 'j' && onStep) onStep(1);
    else if (event.key === 'k' && onStep) onStep(-1);
    else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts of the buttons within
    <div onKeyDown={onKeyDown}>
      <Dialog
        title={title}
        onClose={onClose}
        className="merge"
        foot={
          <>
            {onStep && (
              <span className="merge-steps">
                <button type="button" className="button" onClick={() => onStep(-1)}>
                  Previous <Hint of="k" />
                </button>
                <button type="button" className="button" onClick={() => onStep(1)}>
                  Next <Hint of="j" />
                </button>
              </span>
            )}
            {onDifferent && (
              <button type="button" className="button" onClick={onDifferent}>
                Not the same <Hint of="x" />
              </button>
            )}
            <button type="button" className="button main" disabled={busy} onClick={() => void merge()}>
              Merge <Hint of="Enter" />
            </button>
          </>
        }
      >
        {reason !== null && <p className="merge-reason">{reason}</p>}
        <Comparison papers={papers} kept={kept} onKeep={setKept} />
        <p className="quiet">
          Merging keeps everything: what each source says, and your notes, tags and stars of all of them. It can be
          undone.
        </p>
      </Dialog>
    </div>
  );
}

/** The key of a button, for eyes only: its name stays what it does. */
function Hint({ of }: { of: string }) {
  return (
    <span className="button-key" aria-hidden="true">
      <Keys of={of} />
    </span>
  );
}
