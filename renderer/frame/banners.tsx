import { useId } from 'react';
import { WarningIcon } from '../icons/icons.tsx';
import { counted } from '../state/import-words.ts';
import { useApp, useSession } from './session-context.ts';
import './banners.css';

/** What is so with the library for now, over the panes: that it cannot be changed, what is under way, what happened. */
export function Banners() {
  return (
    <div className="banners">
      <ReadOnly />
      <CopiesTrouble />
      <Rebuilding />
      <Notices />
    </div>
  );
}

function ReadOnly() {
  const { session, run } = useSession();
  const readOnly = useApp((state) => state.library?.readOnly ?? null);
  if (readOnly === null) return null;
  return (
    <section className="banner" data-kind="trouble" aria-label="Read-only">
      <WarningIcon />
      <p className="banner-words">
        <strong>Nothing can be changed.</strong> {readOnly}
      </p>
      <span className="banner-buttons">
        <button type="button" className="button small" onClick={() => void session.keeping.showFolder()}>
          Show data folder
        </button>
        <button type="button" className="button small" onClick={() => run('backups')}>
          Backups…
        </button>
      </span>
    </section>
  );
}

/** The copy that could not be made, until one can. */
function CopiesTrouble() {
  const { session, run } = useSession();
  const trouble = useApp((state) => state.library?.copies.trouble ?? null);
  const copies = useApp((state) => state.library?.settings.copies ?? null);
  if (trouble === null || copies === null) return null;
  return (
    <section className="banner" data-kind="trouble" aria-label="Automatic backups">
      <WarningIcon />
      <p className="banner-words" role="alert">
        <strong>No backup was written.</strong> {trouble}
      </p>
      <span className="banner-buttons">
        <button type="button" className="button small" onClick={() => void session.keeping.retryCopy()}>
          Retry
        </button>
        <button type="button" className="button small" onClick={() => run('backups')}>
          Backups…
        </button>
      </span>
    </section>
  );
}

/** How far the papers are with being read again. */
function Rebuilding() {
  const rebuilding = useApp((state) => state.library?.rebuilding ?? null);
  if (rebuilding === null) return null;
  const words = 'Reading your papers again from the files they came from';
  return (
    <section className="banner" data-kind="quiet" aria-label="Papers">
      <progress className="toast-progress" aria-label={words} value={rebuilding.done} />
      <p className="banner-words">
        {words}. <span className="count">{counted(rebuilding.papers, 'paper')} so far.</span> Your notes and marks are
        not touched.
      </p>
    </section>
  );
}

const none: readonly string[] = [];

/** What happened at opening and since, until it is dismissed. */
function Notices() {
  const { session } = useSession();
  const notices = useApp((state) => state.library?.notices ?? none);
  const heading = useId();
  if (notices.length === 0) return null;
  const several = notices.length > 1;
  return (
    <section
      className="banner"
      data-kind="notice"
      data-several={several || undefined}
      {...(several ? { 'aria-labelledby': heading } : { 'aria-label': 'What Offprint found' })}
    >
      {several ? (
        <div className="banner-words">
          <h2 id={heading}>What Offprint found when it opened</h2>
          {/* Scrolls by the keyboard when it is long. */}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
          <ul className="banner-list" tabIndex={0} aria-labelledby={heading}>
            {notices.map((notice) => (
              <li key={notice}>{notice}</li>
            ))}
          </ul>
        </div>
      ) : (
        <p className="banner-words">{notices[0]}</p>
      )}
      <span className="banner-buttons">
        <button type="button" className="button small" onClick={() => void session.keeping.showFolder()}>
          Show data folder
        </button>
        <button type="button" className="button small" onClick={() => void session.keeping.copyNotices()}>
          Copy
        </button>
        <button type="button" className="button small" onClick={() => void session.keeping.dismissNotices()}>
          Dismiss
        </button>
      </span>
    </section>
  );
}
