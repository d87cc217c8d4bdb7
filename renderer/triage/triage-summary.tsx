import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useSession } from '../frame/session-context.ts';
import { StarIcon, StatusIcon, TagIcon } from '../icons/icons.tsx';
import type { TriageSummary } from './decisions.ts';
import type { TriageState } from './triage-state.ts';
import { durationText, paceText, papersText } from './words.ts';
import './triage-summary.css';

/** How a round ended: what was decided, how long it took, and where to go from here. */
export function TriageSummaryView({ triage, summary }: { triage: TriageState; summary: TriageSummary }) {
  const { session } = useSession();
  const main = useRef<HTMLButtonElement>(null);
  const heading = useId();
  const { label, size, decided, spent, undoable } = triage;
  useLayoutEffect(() => main.current?.focus(), []);

  if (size === 0) {
    return (
      <section className="triage-summary" aria-labelledby={heading}>
        <h2 id={heading}>Nothing to go through</h2>
        <p className="triage-time">No paper is in {label}.</p>
        <div className="triage-next">
          <button ref={main} type="button" className="button main" onClick={() => session.triage.leave()}>
            Back to the list
          </button>
        </div>
      </section>
    );
  }
  return (
    <section className="triage-summary" aria-labelledby={heading}>
      <h2 id={heading}>{summary.left === 0 ? 'All decided' : `The end of ${label}`}</h2>
      <p className="triage-time count">
        {decided === size ? papersText(size) : `${decided.toLocaleString()} of ${papersText(size)}`} in{' '}
        {durationText(Math.max(spent, 1000))}
        {decided > 1 && `, ${paceText(spent / decided)} a paper`}
      </p>
      <ul className="triage-tally">
        <Line count={summary.read} label="read" icon={<StatusIcon status="read" />} />
        <Line count={summary.queued} label="to read" icon={<StatusIcon status="queued" />} />
        <Line count={summary.reading} label="reading" icon={<StatusIcon status="reading" />} />
        <Line count={summary.skipped} label="skipped" icon={<StatusIcon status="skipped" />} />
        <Line count={summary.starred} label="starred" icon={<StarIcon filled />} />
        <Line count={summary.tagged} label="tagged" icon={<TagIcon />} />
        <Line count={summary.left} label="left" icon={<StatusIcon status="unread" />} />
      </ul>
      <div className="triage-next">
        <button ref={main} type="button" className="button main" onClick={() => session.triage.leave()}>
          Back to the list
        </button>
        {summary.left > 0 && (
          <button type="button" className="button" onClick={() => session.triage.again()}>
            Go through {summary.left === 1 ? 'the one' : `the ${summary.left.toLocaleString()}`} left
          </button>
        )}
        {summary.queued > 0 && (
          <button type="button" className="button" onClick={() => session.triage.leaveTo('queued')}>
            Go to To read
          </button>
        )}
        {undoable > 0 && (
          <button type="button" className="button" onClick={() => session.triage.undoAll()}>
            Undo all
          </button>
        )}
      </div>
    </section>
  );
}

function Line({ count, label, icon }: { count: number; label: string; icon: ReactNode }) {
  if (count === 0) return null;
  return (
    <li>
      {icon}
      <span className="triage-number count">{count.toLocaleString()}</span>
      <span>{label}</span>
    </li>
  );
}
