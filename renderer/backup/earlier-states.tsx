import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import type { Generation } from '../../shared/generations.ts';
import { failureOf } from '../../shared/outcome.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import { ChevronIcon } from '../icons/icons.tsx';
import { longDate, shortDate } from '../list/dates.ts';
import type { Outcome } from '../state/keeping.ts';
import { GenerationDialog } from './generation-dialog.tsx';
import { holdings, reasonWords, timeOf } from './words.ts';
import './earlier-states.css';

/**
 * The earlier states of the library that are kept, by day, newest first; each can be looked into.
 * @param onRestored called when all of one was restored
 */
export function EarlierStates({ onRestored }: { onRestored(): void }) {
  const { session } = useSession();
  const version = useApp((state) => state.library?.version);
  const isReadOnly = useApp((state) => (state.library?.readOnly ?? null) !== null);
  const [generations, setGenerations] = useState<readonly Generation[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [told, setTold] = useState<Outcome | null>(null);
  const [taken, setTaken] = useState(0);
  const [open, setOpen] = useState<Generation | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew whenever the library has changed, or one was kept
  useEffect(() => {
    let stale = false;
    session.client.call('generations.list', {}).then(
      (answer) => {
        if (stale) return;
        setGenerations(answer.generations);
        setProblem(null);
      },
      (error) => {
        if (!stale) setProblem(failureOf(error).message);
      },
    );
    return () => {
      stale = true;
    };
  }, [session, version, taken]);

  async function keep(): Promise<void> {
    setTold(await session.keeping.take(generations ?? []));
    setTaken((before) => before + 1);
  }

  return (
    <section aria-labelledby="backups-states">
      <div className="backups-heading">
        <h3 id="backups-states">Earlier states</h3>
        <span role="status" className="quiet">
          {told && 'done' in told && told.done}
        </span>
        <button type="button" className="button small" disabled={isReadOnly} onClick={() => void keep()}>
          Keep this state now
        </button>
      </div>
      <p className="backups-lead">
        Offprint keeps what you said of your papers as it was, by the hour and before anything that changes much. Look
        into any of them, and bring back one paper or everything.
      </p>
      {told && 'problem' in told && (
        <p className="form-problem" role="alert">
          {told.problem}
        </p>
      )}
      {problem !== null && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      {generations?.length === 0 && <p className="states-none">None is kept yet.</p>}
      {generations && generations.length > 0 && <States generations={generations} onOpen={setOpen} />}
      {open && <GenerationDialog generation={open} onClose={() => setOpen(null)} onRestored={onRestored} />}
    </section>
  );
}

interface StatesProps {
  generations: readonly Generation[];
  onOpen(generation: Generation): void;
}

/** The list itself: one stop for Tab, gone through by the arrows. */
function States({ generations, onOpen }: StatesProps) {
  const now = Date.now();
  const days = useMemo(() => byDay(generations, now), [generations, now]);
  const [active, setActive] = useState<string | null>(null);
  const reachable = generations.some(({ id }) => id === active) ? active : generations[0]?.id;

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('.state')];
    const focused = lines.find((line) => line === document.activeElement);
    const at = focused ? lines.indexOf(focused) : -1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    lines[Math.max(0, Math.min(to, lines.length - 1))]?.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: moves the focus between the buttons within
    <div className="states" onKeyDown={onKeyDown}>
      {days.map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <h4 className="states-day">{day}</h4>
          <ul>
            {ofDay.map((generation) => (
              <li key={generation.id}>
                <button
                  type="button"
                  className="state"
                  tabIndex={generation.id === reachable ? 0 : -1}
                  title={longDate(generation.takenAt)}
                  onFocus={() => setActive(generation.id)}
                  onClick={() => onOpen(generation)}
                >
                  <time className="state-time count" dateTime={new Date(generation.takenAt).toISOString()}>
                    {timeOf(generation.takenAt)}
                  </time>
                  <span className="state-reason">
                    {reasonWords[generation.reason]}
                    {generation.current && <span className="state-current">as now</span>}
                  </span>
                  <span className="state-holds count">{holdings(generation)}</span>
                  <ChevronIcon />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** The same states under the days they were kept on, in their order. */
function byDay(generations: readonly Generation[], now: number): [day: string, generations: Generation[]][] {
  const days = new Map<string, Generation[]>();
  for (const generation of generations) {
    const day = shortDate(generation.takenAt, now);
    days.set(day, [...(days.get(day) ?? []), generation]);
  }
  return [...days];
}
