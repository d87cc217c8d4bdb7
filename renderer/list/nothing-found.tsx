import { type KeyboardEvent, useEffect } from 'react';
import { useSession } from '../frame/session-context.ts';
import { useSearchHelp } from './use-search-help.ts';

/** Suggestions of one kind that are shown, at most. */
const mostShown = 3;

interface NothingFoundProps {
  view: string;
  /** What the view is called. */
  label: string;
  query: string;
}

/** What stands where a search has found no paper: which part of it is why, and what to search for instead. */
export function NothingFound({ view, label, query }: NothingFoundProps) {
  const { session, run } = useSession();
  const help = useSearchHelp(view, query);
  const spelling = help?.spelling.slice(0, mostShown) ?? [];
  const without = help?.without.slice(0, mostShown) ?? [];
  const first = spelling[0];
  const part = without[0];
  const advice = first
    ? `Did you mean ${first.suggestion}?`
    : part
      ? `Without ${part.part}: ${papers(part.total)}.`
      : '';

  useEffect(() => {
    if (advice !== '') session.announce(`Nothing found. ${advice} Enter goes to the suggestions.`);
  }, [session, advice]);

  function search(text: string, inView?: string): void {
    session.search(text, inView);
    // The button goes with what it stands in; the papers that come take the focus.
    run('focusList');
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of its buttons
    <div className="empty nothing-found" onKeyDown={stepThrough}>
      <p className="empty-head">No paper matches</p>
      <p>
        Nothing in {label} matches <q className="empty-query">{query.trim()}</q>.
      </p>
      {help && (
        <>
          {spelling.length > 0 && (
            <div className="empty-help">
              <p id="empty-spelling">Did you mean</p>
              <ul aria-labelledby="empty-spelling">
                {spelling.map((each) => (
                  <li key={each.query}>
                    <button type="button" className="button" onClick={() => search(each.query)}>
                      <bdi className="clip">{each.suggestion}</bdi>
                      <span className="empty-papers count">{papers(each.total)}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          )}
          {without.length > 0 && (
            <div className="empty-help">
              <p id="empty-without">Search without</p>
              <ul aria-labelledby="empty-without">
                {without.map((each) => (
                  <li key={each.query}>
                    <button type="button" className="button" onClick={() => search(each.query)}>
                      <bdi className="clip empty-part">{each.part}</bdi>
                      <span className="empty-papers count">{papers(each.total)}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          )}
          <div className="empty-actions">
            {view !== 'all' && (
              <button type="button" className="button" onClick={() => search(query, 'all')}>
                Search all papers
              </button>
            )}
            <button type="button" className="button" onClick={() => search('')}>
              Clear the search
            </button>
          </div>
        </>
      )}
    </div>
  );
}

function papers(count: number): string {
  return count === 1 ? '1 paper' : `${count.toLocaleString()} papers`;
}

/** The arrows go from one button to the next, as in the list that is not there. */
function stepThrough(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const buttons: Element[] = [...event.currentTarget.querySelectorAll('button')];
  const next = buttons[document.activeElement ? buttons.indexOf(document.activeElement) + step : 0];
  event.preventDefault();
  if (next instanceof HTMLElement) next.focus();
}
