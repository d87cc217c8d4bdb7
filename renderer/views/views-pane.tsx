import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { type BuiltInViewId, builtInViews } from '../../shared/views.ts';
import { withKey } from '../frame/key-hint.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { AllIcon, DuplicatesIcon, NoteIcon, SourceIcon, StarIcon, StatusIcon, TagIcon } from '../icons/icons.tsx';
import { shortDate } from '../list/dates.ts';
import { Options } from './options.tsx';
import './views.css';

const icons: Record<BuiltInViewId, ReactNode> = {
  inbox: <StatusIcon status="unread" />,
  queued: <StatusIcon status="queued" />,
  reading: <StatusIcon status="reading" />,
  read: <StatusIcon status="read" />,
  skipped: <StatusIcon status="skipped" />,
  starred: <StarIcon filled />,
  notes: <NoteIcon />,
  all: <AllIcon />,
};

/** Every view with its count. Up and Down go through them, as in one list. */
export function ViewsPane() {
  const { session } = useSession();
  const library = useApp((state) => state.library);
  const current = useApp((state) => state.settings.view);
  const list = useRef<HTMLElement>(null);
  if (!library) return <div className="views" />;
  const now = Date.now();

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const entries: Element[] = [...event.currentTarget.querySelectorAll('[data-view]')];
    const at = document.activeElement ? entries.indexOf(document.activeElement) : -1;
    const next = entries[Math.min(Math.max(at + step, 0), entries.length - 1)];
    if (at < 0 || !(next instanceof HTMLElement)) return;
    event.preventDefault();
    next.focus();
    const view = next.dataset['view'];
    if (view !== undefined) session.goTo(view, { keepDrawer: true });
  }

  function entry(id: string, icon: ReactNode, label: string, count: number, title?: string) {
    return (
      <ViewEntry key={id} id={id} icon={icon} label={label} count={count} current={id === current} title={title} />
    );
  }

  return (
    <div className="views">
      <p className="wordmark">Offprint</p>
      <nav className="views-list" aria-label="Views" ref={list} onKeyDown={onKeyDown}>
        <ul aria-label="Reading">
          {builtInViews.map(({ id, label }) => entry(id, icons[id], label, library.counts[id]))}
        </ul>
        {library.tags.length > 0 && (
          <>
            <h2 id="views-tags">Tags</h2>
            <ul aria-labelledby="views-tags">
              {library.tags.map(({ name, count }) => entry(`tag:${name}`, <TagIcon />, name, count))}
            </ul>
          </>
        )}
        {library.sources.length > 0 && (
          <>
            <h2 id="views-sources">Sources</h2>
            <ul aria-labelledby="views-sources">
              {library.sources.map(({ id, name, count, importedAt }) =>
                entry(`source:${id}`, <SourceIcon />, name, count, `${name}, imported ${shortDate(importedAt, now)}`),
              )}
            </ul>
          </>
        )}
      </nav>
      {library.duplicates > 0 && (
        <button
          type="button"
          className="view duplicates-found"
          title={withKey('Compare papers that may be the same', 'findDuplicates')}
          onClick={() => session.dialog({ kind: 'duplicates' })}
        >
          <DuplicatesIcon />
          <span className="clip">Possible duplicates</span>
          <span className="count">{library.duplicates.toLocaleString('en')}</span>
        </button>
      )}
      <footer className="views-foot">
        <span className="count">{library.counts.inbox.toLocaleString('en')} unread</span>
        <Options />
      </footer>
    </div>
  );
}

interface ViewEntryProps {
  id: string;
  icon: ReactNode;
  label: string;
  count: number;
  current: boolean;
  title: string | undefined;
}

function ViewEntry({ id, icon, label, count, current, title }: ViewEntryProps) {
  const { session } = useSession();
  return (
    <li>
      <button
        type="button"
        className="view"
        data-view={id}
        tabIndex={current ? 0 : -1}
        aria-current={current ? 'page' : undefined}
        title={title}
        onClick={() => session.goTo(id)}
      >
        {icon}
        <span className="clip">{label}</span>
        <span className="count">
          {count.toLocaleString('en')}
          <span className="unseen"> {count === 1 ? 'paper' : 'papers'}</span>
        </span>
      </button>
    </li>
  );
}
