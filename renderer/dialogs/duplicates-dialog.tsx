import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Duplicates } from '../../shared/contract.ts';
import type { Paper, PaperId } from '../../shared/paper.ts';
import { ButtonKey } from '../frame/button-key.tsx';
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
  /** Grows when a group has been dealt with: what follows is then read anew. */
  const [dealtWith, setDealtWith] = useState(0);
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
      (error) => {
        if (stale) return;
        session.toasts.fail(error);
        onClose();
      },
    );
    return () => {
      stale = true;
    };
  }, [session, at, version, dealtWith]);

  if (shown === null) return null;
  const { total, group } = shown;
  if (group === null) {
    return (
      <Dialog
        title="No duplicates"
        onClose={onClose}
        className="confirm"
        foot={
          <button type="button" className="button main" onClick={onClose}>
            Close
          </button>
        }
      >
        <p>No two papers look like the same one. Papers with nearly the same title would be compared here.</p>
        <p className="quiet">
          To merge papers that you know to be the same, select them in the list and press <Keys of="Shift+u" />.
        </p>
      </Dialog>
    );
  }
  const act = async (done: Promise<boolean>) => {
    const worked = await done;
    if (worked) setDealtWith((before) => before + 1);
    return worked;
  };
  return (
    <MergeDialog
      title="Are these the same paper?"
      position={total > 1 ? `${(at + 1).toLocaleString()} of ${total.toLocaleString()}` : null}
      reason={group.reason}
      papers={group.papers}
      onClose={onClose}
      onMerge={(ids) => act(session.duplicates.merge(ids))}
      onDifferent={(ids) => act(session.duplicates.dismiss(ids))}
      onStep={total > 1 ? (by) => setAt((at + by + total) % total) : null}
    />
  );
}

interface MergeDialogProps {
  title: string;
  /** Which of several comparisons it is; null when it is the only one. */
  position: string | null;
  reason: string | null;
  papers: readonly Paper[];
  onClose(): void;
  /** Makes them one; answers whether that was done. */
  onMerge(ids: PaperId[]): Promise<boolean>;
  /** Remembers that they are not the same; null where nobody has thought so. */
  onDifferent: ((ids: PaperId[]) => Promise<boolean>) | null;
  /** Goes to another group; null where there is none. */
  onStep: ((by: 1 | -1) => void) | null;
}

/** Papers side by side, with what can be done about them, by buttons and by their keys. */
export function MergeDialog(props: MergeDialogProps) {
  const { title, position, reason, papers, onClose, onMerge, onDifferent, onStep } = props;
  const { session } = useSession();
  const top = useRef<HTMLParagraphElement>(null);
  const ids = papers.map(({ id }) => id);
  const group = ids.join(' ');
  // Until another group is shown, what has been asked for once is not asked for again.
  const asked = useRef<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another group begins at its top
  useEffect(() => {
    top.current?.closest('.dialog-body')?.scrollTo(0, 0);
  }, [group]);

  async function once(act: (ids: PaperId[]) => Promise<boolean>): Promise<void> {
    if (asked.current === group) return;
    asked.current = group;
    if (!(await act(ids))) asked.current = null;
  }

  const merge = () => void once(onMerge);
  const tellApart = onDifferent && (() => void once(onDifferent));

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.shiftKey) return;
    const onControl = event.target instanceof HTMLButtonElement;
    const withMod = event.ctrlKey || event.metaKey;
    if (withMod && event.key === 'z') void session.undo();
    else if (withMod || event.repeat) return;
    else if (event.key === 'Enter' && !onControl) merge();
    else if (event.key === 'x' && tellApart) tellApart();
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
        className={tellApart ? 'merge one-of-several' : 'merge'}
        foot={
          <>
            {onStep && (
              <span className="merge-steps">
                <button type="button" className="button" onClick={() => onStep(-1)}>
                  Previous <ButtonKey of="k" />
                </button>
                <button type="button" className="button" onClick={() => onStep(1)}>
                  Next <ButtonKey of="j" />
                </button>
              </span>
            )}
            {tellApart && (
              <button type="button" className="button" onClick={tellApart}>
                Not the same <ButtonKey of="x" />
              </button>
            )}
            <button type="button" className="button main" onClick={merge}>
              Merge <ButtonKey of="Enter" />
            </button>
          </>
        }
      >
        <p className="merge-reason" role="status" ref={top}>
          {position !== null && <span className="merge-position count">{position}</span>}
          {reason}
        </p>
        <p className="merge-promise">
          Merging makes them one paper. It keeps what every source says, and your notes, tags and stars of all of them.
          It can be undone.
        </p>
        <Comparison papers={papers} />
      </Dialog>
    </div>
  );
}
