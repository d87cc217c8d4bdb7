import { useRef, useState } from 'react';
import { type PaperId, statusLabels } from '../../shared/paper.ts';
import type { RelatedPaper } from '../../shared/related-calls.ts';
import { StarIcon, StatusIcon } from '../icons/icons.tsx';
import { shortAuthors } from '../list/cells.tsx';
import { ShownWords } from '../text/shown-text.tsx';
import { PapersBelow } from './papers-below.tsx';
import './related-papers.css';

/** Papers shown until the reader wants more. One more is never left out alone. */
const atFirst = 5;

/** See {@link RelatedPapers}. */
export interface RelatedPapersProps {
  /** At least one, the nearest first. */
  papers: readonly RelatedPaper[];
  onOpen(id: PaperId): void;
}

/** Papers like the one that is shown, each with the words that both say. The arrows go through them. */
export function RelatedPapers({ papers, onOpen }: RelatedPapersProps) {
  const list = useRef<HTMLUListElement>(null);
  const [whole, setWhole] = useState(false);
  const folds = papers.length > atFirst + 1;
  const shown = folds && !whole ? papers.slice(0, atFirst) : papers;

  return (
    <PapersBelow
      heading="Related papers"
      className="related-papers"
      list={list}
      after={
        folds &&
        !whole && (
          <button
            type="button"
            className="in-text related-more"
            onClick={() => {
              setWhole(true);
              // The button goes; what it brought has the focus.
              requestAnimationFrame(() =>
                list.current?.querySelectorAll<HTMLElement>('.paper-below').item(atFirst)?.focus(),
              );
            }}
          >
            Show {papers.length - atFirst} more
          </button>
        )
      }
    >
      {shown.map(({ id, title, authors, published, status, starred, words }) => (
        <li key={id}>
          <button type="button" className="paper-below" data-status={status} onClick={() => onOpen(id)}>
            <StatusIcon status={status} />
            <span className="unseen">{statusLabels[status]}. </span>
            <span className="paper-below-title" dir="auto">
              <ShownWords text={title} />
            </span>
            {starred && (
              <>
                <StarIcon filled className="related-star" />
                <span className="unseen">, starred. </span>
              </>
            )}
            {(authors.length > 0 || published !== null) && (
              <span className="related-by" dir="auto">
                {[shortAuthors(authors), published?.slice(0, 4)].filter(Boolean).join(', ')}
              </span>
            )}
            <span className="related-words" dir="auto">
              <span className="unseen">Both say </span>
              {words.join(' · ')}
            </span>
          </button>
        </li>
      ))}
    </PapersBelow>
  );
}
