import { useLayoutEffect, useRef } from 'react';
import { KeyCaps } from '../frame/key-hint.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { CloseIcon, WarningIcon } from '../icons/icons.tsx';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { wordsOf } from './decisions.ts';
import { TriageActions } from './triage-actions.tsx';
import { TriageNote } from './triage-note.tsx';
import { TriagePaperView } from './triage-paper.tsx';
import type { TriageState } from './triage-state.ts';
import { TriageSummaryView } from './triage-summary.tsx';
import { rateText } from './words.ts';
import '../frame/failure-line.css';
import './triage-head.css';
import './triage-layer.css';

/** Rounds of at least so many papers are told how fast they go. */
const large = 100;

/** The mode for going through a view, over the whole window while it is open. Its way out is the mode's own. */
export function TriageLayer(_props: { onClose(): void }) {
  const triage = useApp((state) => state.triage);
  return triage && <Layer triage={triage} />;
}

function Layer({ triage }: { triage: TriageState }) {
  const { session } = useSession();
  const page = useRef<HTMLDivElement>(null);
  const { label, phase, at, size, current, note } = triage;
  const inSummary = phase === 'summary';

  // biome-ignore lint/correctness/useExhaustiveDependencies: another paper begins at its top
  useLayoutEffect(() => {
    if (page.current) page.current.scrollTop = 0;
  }, [current?.id, phase]);

  useLayoutEffect(() => {
    if (!inSummary && !note) page.current?.focus({ preventScroll: true });
  }, [inSummary, note]);

  return (
    <main className="triage" data-phase={phase}>
      <header className="triage-head">
        <h1 className="triage-name clip">{label}</h1>
        {!inSummary && <Progress triage={triage} />}
        <p className="triage-last clip">
          <LastDecision triage={triage} />
        </p>
        <button
          type="button"
          className="triage-help"
          title="Keyboard shortcuts (?)"
          aria-label="Keyboard shortcuts"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => session.dialog({ kind: 'help' })}
        >
          <KeyCaps of="?" />
        </button>
        <button
          type="button"
          className="icon-button"
          title="Back to the list (Esc)"
          aria-label="Back to the list"
          onClick={() => session.triage.leave()}
        >
          <CloseIcon />
        </button>
        <div
          role="progressbar"
          className="triage-bar"
          aria-label="Papers gone through"
          aria-valuemin={0}
          aria-valuemax={Math.max(size, 1)}
          aria-valuenow={inSummary ? Math.max(size, 1) : at}
          aria-valuetext={inSummary ? 'All' : `${at} of ${size}`}
        >
          <span style={{ scale: `${inSummary ? 1 : size === 0 ? 0 : at / size} 1` }} />
        </div>
      </header>
      {triage.failure !== null && (
        <div className="failure-line" role="alert">
          <WarningIcon />
          <p className="failure-words">
            Not saved: {triage.failure}{' '}
            {triage.waiting === 1 ? 'The decision is kept here.' : `${triage.waiting} decisions are kept here.`}
          </p>
          <button type="button" className="button" onClick={() => session.triage.retry()}>
            Retry
          </button>
        </div>
      )}
      {triage.summary ? (
        <TriageSummaryView triage={triage} summary={triage.summary} />
      ) : (
        <>
          {/* Its keys decide about papers, and would else move a screen reader's own cursor. */}
          <div
            ref={page}
            className="triage-page"
            role="application"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it has the mode's keys, and scrolls
            tabIndex={0}
            aria-roledescription="Paper"
            aria-label={`${at + 1} of ${size}: ${current?.row?.title ?? ''}`}
          >
            <div role="document">{current && <TriagePaperView key={current.id} current={current} />}</div>
          </div>
          {current?.id && current.paper && (
            <TriageNote
              key={current.id}
              id={current.id}
              note={current.paper.note}
              stamp={current.stamp}
              matches={current.paper.noteMatches}
              saver={noteSaverOf(session.client)}
              open={note}
            />
          )}
          <TriageActions triage={triage} />
        </>
      )}
    </main>
  );
}

/** `12 of 50`, and in a long round how fast it goes. */
function Progress({ triage }: { triage: TriageState }) {
  const { at, size, decided, spent } = triage;
  const rate = size >= large ? rateText(decided, spent) : null;
  return (
    <p className="triage-place count">
      {(at + 1).toLocaleString()} of {size.toLocaleString()}
      {rate !== null && <span className="triage-rate"> · {rate}</span>}
    </p>
  );
}

/** What was decided last, so that a wrong key is seen. */
function LastDecision({ triage: { last, at, phase } }: { triage: TriageState }) {
  // What is done to the paper in sight is seen there.
  if (!last || (last.place === at && phase === 'papers')) return null;
  return (
    <>
      <strong>{wordsOf(last)}</strong> {last.title}
    </>
  );
}
