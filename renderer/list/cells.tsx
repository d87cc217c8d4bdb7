import type { ReactNode } from 'react';
import { type Row, statusLabels } from '../../shared/paper.ts';
import type { ColumnId } from '../../shared/settings.ts';
import { NoteIcon, StarIcon, StatusIcon } from '../icons/icons.tsx';
import { TagName } from '../tags/tag-name.tsx';
import { ShownWords } from '../text/shown-text.tsx';
import { longDate, publishedDate, shortDate } from './dates.ts';

/** Tags shown in a row before the rest is a number. */
const mostChips = 2;

const grouped = new Intl.NumberFormat();

/** What a cell shows besides the paper itself. */
export interface CellContext {
  /** Place of the row in the list, from 0. */
  index: number;
  /** The present moment, for dates. */
  now: number;
  comfortable: boolean;
}

/** The content of each column's cell. */
export const cells: Record<ColumnId, (row: Row, context: CellContext) => ReactNode> = {
  order: (_row, { index }) => <span className="count">{grouped.format(index + 1)}</span>,
  status: ({ status }) => (
    <>
      <StatusIcon status={status} />
      <span className="unseen">{statusLabels[status]}</span>
    </>
  ),
  starred: ({ starred }) => (
    <span className="row-star" data-action="star" data-starred={starred} title={starred ? 'Remove the star' : 'Star'}>
      <StarIcon filled={starred} />
      {starred && <span className="unseen">Starred</span>}
    </span>
  ),
  title: ({ title, titleMatches, excerpt }, { comfortable }) => (
    <>
      <span className="title clip" title={title} dir="auto">
        <ShownWords text={title} ranges={titleMatches} />
      </span>
      {comfortable && (
        <span className="excerpt clip" dir="auto">
          <ShownWords text={excerpt} />
        </span>
      )}
    </>
  ),
  authors: ({ authors }) => (
    <span className="clip" title={authors.join(', ')} dir="auto">
      {shortAuthors(authors)}
    </span>
  ),
  published: ({ published }) => published !== null && <span className="count">{publishedDate(published)}</span>,
  source: ({ sources }) => (
    <span className="clip" title={sources.join(', ')}>
      {sources.join(', ')}
    </span>
  ),
  tags: ({ tags }) => {
    const more = tags.length - mostChips;
    return (
      <span className="chips" title={tags.join(', ')}>
        {tags.slice(0, mostChips).map((tag) => (
          <TagName className="chip clip" key={tag} tag={tag} />
        ))}
        {more > 0 && (
          <span className="chip more">
            +{more}
            <span className="unseen"> more: {tags.slice(mostChips).join(', ')}</span>
          </span>
        )}
      </span>
    );
  },
  note: ({ hasNote }) =>
    hasNote && (
      <span title="Has a note">
        <NoteIcon />
        <span className="unseen">Has a note</span>
      </span>
    ),
  added: ({ addedAt }, { now }) => <Moment instant={addedAt} now={now} />,
  changed: ({ changedAt }, { now }) => changedAt !== null && <Moment instant={changedAt} now={now} />,
  votes: ({ votes }) => votes !== null && <span className="count">{grouped.format(votes)}</span>,
  venue: ({ venue }) =>
    venue !== null && (
      <span className="clip" title={venue} dir="auto">
        {venue}
      </span>
    ),
};

function Moment({ instant, now }: { instant: number; now: number }) {
  return (
    <time className="count" dateTime={new Date(instant).toISOString()} title={longDate(instant)}>
      {shortDate(instant, now)}
    </time>
  );
}

/** Authors in little room: up to two by name, then how many more. */
export function shortAuthors(authors: readonly string[]): string {
  return authors.length <= 2 ? authors.join(', ') : `${authors[0]} and ${authors.length - 1} more`;
}
