import { useMemo } from 'react';
import { placedIn } from '../../shared/highlighting/edit.ts';
import { statusLabels } from '../../shared/paper.ts';
import { useSession } from '../frame/session-context.ts';
import { StarIcon, StatusIcon } from '../icons/icons.tsx';
import { shortAuthors } from '../list/cells.tsx';
import { publishedDate } from '../list/dates.ts';
import { AuthorList } from '../reader/author-list.tsx';
import { PaperFacts } from '../reader/paper-facts.tsx';
import { TagName } from '../tags/tag-name.tsx';
import { ShownText, ShownWords } from '../text/shown-text.tsx';
import type { TriagePaper } from './triage-state.ts';
import './triage-paper.css';

/** One paper to decide on: its title, who wrote it, what is known of it, and the abstract. */
export function TriagePaperView({ current }: { current: TriagePaper }) {
  const { session } = useSession();
  const { row, paper, marks, failure } = current;
  const shown = paper ?? row;
  const highlights = useMemo(() => placedIn(paper?.abstract ?? '', paper?.highlights ?? []).placed, [paper]);
  return (
    <article className="triage-paper" aria-busy={paper === null && failure === null}>
      <p className="triage-marks">
        {marks && (
          <>
            <StatusIcon status={marks.status} />
            <span>{statusLabels[marks.status]}</span>
            {marks.starred && (
              <span className="triage-starred">
                <StarIcon filled /> Starred
              </span>
            )}
            {marks.tags.map((tag) => (
              <TagName key={tag} className="triage-tag" tag={tag} />
            ))}
          </>
        )}
      </p>
      {shown && (
        <h2 className="triage-title" dir="auto">
          <ShownWords text={shown.title} ranges={shown.titleMatches} />
        </h2>
      )}
      {paper ? (
        <>
          <AuthorList authors={paper.authors} />
          <PaperFacts paper={paper} />
        </>
      ) : (
        row && (
          <>
            <p className="paper-authors">{shortAuthors(row.authors)}</p>
            <ul className="paper-facts">{row.published !== null && <li>{publishedDate(row.published)}</li>}</ul>
          </>
        )
      )}
      {failure !== null && !paper && (
        <div className="triage-unread" role="alert">
          <p>The paper could not be read. {failure}</p>
          <button type="button" className="button" onClick={() => session.triage.retry()}>
            Retry
          </button>
        </div>
      )}
      {paper && (paper.abstract ?? '').trim() === '' ? (
        <p className="no-abstract">This paper came without an abstract.</p>
      ) : (
        <div className="triage-abstract">
          {paper?.abstract ? (
            <ShownText text={paper.abstract} ranges={paper.abstractMatches} highlights={highlights} />
          ) : (
            // The beginning, until the rest is there.
            <p dir="auto">
              <ShownWords text={row?.excerpt ?? ''} />
            </p>
          )}
        </div>
      )}
    </article>
  );
}
