import { useRef, useState } from 'react';
import type { Generation } from '../../shared/generations.ts';
import type { PaperId } from '../../shared/paper.ts';
import { Dialog } from '../dialogs/dialog.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { counted } from '../state/import-words.ts';
import type { Outcome } from '../state/keeping.ts';
import { ThenNow } from './then-now.tsx';
import { useComparison } from './use-comparison.ts';
import { differenceSentence, holdings, momentInWords, reasonWords, wholeSentence } from './words.ts';
import './generation-dialog.css';

/** Papers of one page. */
const perPage = 25;

interface GenerationDialogProps {
  generation: Generation;
  onClose(): void;
  /** All of it was restored. */
  onRestored(): void;
}

/** An earlier state beside now, paper by paper: to be looked through, and brought back in part or whole. */
export function GenerationDialog({ generation, onClose, onRestored }: GenerationDialogProps) {
  const { session } = useSession();
  const isReadOnly = useApp((state) => (state.library?.readOnly ?? null) !== null);
  const [find, setFind] = useState('');
  const [offset, setOffset] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<PaperId>>(new Set());
  const [asking, setAsking] = useState<'chosen' | 'all' | null>(null);
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<Outcome | null>(null);
  const { compared, all, problem } = useComparison(generation.id, find, offset, perPage);
  const papers = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const total = compared?.total ?? 0;
  const differences = compared?.differences ?? [];
  const moment = momentInWords(generation.takenAt, Date.now());
  const isSame = compared !== null && all === 0 && compared.views + compared.tagColours + compared.merges === 0;

  // The last page may have gone with what was restored.
  if (compared !== null && offset > 0 && offset >= total) {
    setOffset(Math.max(0, Math.floor((total - 1) / perPage) * perPage));
  }

  function goTo(page: number): void {
    setOffset(page);
    papers.current?.scrollTo(0, 0);
  }

  function choose(ids: readonly PaperId[], wanted: boolean): void {
    const next = new Set(chosen);
    for (const id of ids) {
      if (wanted) next.add(id);
      else next.delete(id);
    }
    setChosen(next);
  }

  async function restore(ids: readonly PaperId[] | null): Promise<void> {
    setBusy(true);
    setAsking(null);
    const outcome = await session.keeping.restore(generation.id, ids);
    setBusy(false);
    if (ids === null && 'done' in outcome) {
      // Behind the dialog is the message with what was done, and the way to undo it.
      onRestored();
      return;
    }
    setTold(outcome);
    if ('problem' in outcome) return;
    choose(ids ?? [], false);
    // The button that was pressed goes with its paper.
    input.current?.focus();
  }

  const disabled = busy || isReadOnly;
  const onPage = differences.map(({ id }) => id);
  const allOnPage = onPage.length > 0 && onPage.every((id) => chosen.has(id));
  return (
    <Dialog
      title={`As it was ${moment}`}
      onClose={onClose}
      className="generation"
      foot={
        <>
          <p className="generation-told" role="status" data-problem={(told && 'problem' in told) || undefined}>
            {told && ('done' in told ? told.done : told.problem)}
          </p>
          {told && 'done' in told && (
            <button
              type="button"
              className="button"
              onClick={() => {
                setTold(null);
                input.current?.focus();
                void session.undo();
              }}
            >
              Undo
            </button>
          )}
          <button
            type="button"
            className="button"
            disabled={disabled || chosen.size === 0}
            onClick={() => setAsking('chosen')}
          >
            {chosen.size === 0 ? 'Restore the selected…' : `Restore ${counted(chosen.size, 'paper')}…`}
          </button>
          <button
            type="button"
            className="button main"
            disabled={disabled || isSame || compared === null}
            onClick={() => setAsking('all')}
          >
            Restore everything…
          </button>
        </>
      }
    >
      <p className="generation-facts">
        {reasonWords[generation.reason]} · {holdings(generation)}
      </p>
      <p className="generation-sentence" role="status">
        {compared !== null && all !== null && differenceSentence(compared, all)}
      </p>
      <div className="generation-tools">
        <input
          ref={input}
          type="search"
          className="field"
          aria-label="Find in titles and notes"
          placeholder="Find in titles and notes"
          autoComplete="off"
          spellCheck={false}
          value={find}
          onChange={({ target }) => {
            setFind(target.value);
            setOffset(0);
          }}
        />
        {differences.length > 0 && (
          <label className="generation-all">
            <input
              type="checkbox"
              checked={allOnPage}
              disabled={disabled}
              onChange={() => choose(onPage, !allOnPage)}
            />
            {total > perPage ? 'Select this page' : 'Select all'}
          </label>
        )}
      </div>
      {problem !== null && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="generation-papers" ref={papers}>
        {compared !== null && total === 0 && find.trim() !== '' && (
          <p className="states-none">No paper that differs has this in its title or note.</p>
        )}
        {differences.map((difference) => (
          <ThenNow
            key={difference.id}
            difference={difference}
            chosen={chosen.has(difference.id)}
            disabled={disabled}
            onChoose={(wanted) => choose([difference.id], wanted)}
            onRestore={() => void restore([difference.id])}
          />
        ))}
        {total > perPage && (
          <nav className="generation-pages" aria-label="Pages">
            <button
              type="button"
              className="button small"
              disabled={offset === 0}
              onClick={() => goTo(Math.max(0, offset - perPage))}
            >
              Previous
            </button>
            <span className="count" role="status">
              {(offset + 1).toLocaleString()} to {Math.min(total, offset + perPage).toLocaleString()} of{' '}
              {total.toLocaleString()}
            </span>
            <button
              type="button"
              className="button small"
              disabled={offset + perPage >= total}
              onClick={() => goTo(offset + perPage)}
            >
              Next
            </button>
          </nav>
        )}
      </div>
      {asking !== null && compared !== null && (
        <Dialog
          title={asking === 'all' ? `Go back to ${moment}?` : `Restore ${counted(chosen.size, 'paper')}?`}
          onClose={() => setAsking(null)}
          className="confirm"
          foot={
            <>
              <button type="button" className="button" onClick={() => setAsking(null)}>
                Cancel
              </button>
              <button
                type="button"
                className="button main"
                onClick={() => void restore(asking === 'all' ? null : [...chosen])}
              >
                {asking === 'all' ? 'Restore everything' : `Restore ${counted(chosen.size, 'paper')}`}
              </button>
            </>
          }
        >
          <p>
            {asking === 'all'
              ? wholeSentence(compared, all ?? 0)
              : `The status, star, tags and note of ${counted(chosen.size, 'paper')} become what they were then.`}
          </p>
          <p className="quiet">
            {asking === 'all' && 'Papers and sources stay as they are, and so do the settings of the window. '}
            The state of now is kept first, and Undo brings it back.
          </p>
        </Dialog>
      )}
    </Dialog>
  );
}
