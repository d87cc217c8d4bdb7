import { Fragment, useMemo, useState } from 'react';
import type { Difference } from '../../shared/generations.ts';
import { type DifferencePiece, type Gap, textDifference, withGaps } from '../text/text-difference.ts';
import { comparedMarks } from './words.ts';
import './then-now.css';

/** Characters of a note that are shown around each place where it differs. */
const around = 120;

interface ThenNowProps {
  difference: Difference;
  chosen: boolean;
  /** True while something is being restored, or nothing can be. */
  disabled: boolean;
  onChoose(chosen: boolean): void;
  onRestore(): void;
}

/** One paper of which an earlier state says something else: what it said then beside what it says now. */
export function ThenNow({ difference, chosen, disabled, onChoose, onRestore }: ThenNowProps) {
  const { id, title, was, now } = difference;
  const marks = comparedMarks(was, now);
  const name = title ?? `${id}, which is not in the library`;
  const older = was?.note ?? '';
  const newer = now?.note ?? '';
  const note = useMemo(() => (older === newer ? [] : textDifference(older, newer)), [older, newer]);
  const short = useMemo(() => withGaps(note, around), [note]);
  const [whole, setWhole] = useState(false);
  const isCut = short.some((piece) => piece.in === 'gap');
  const shown = whole ? note : short;

  return (
    <article className="then-now" aria-label={name}>
      <header className="then-now-head">
        <label className="then-now-title">
          <input
            type="checkbox"
            checked={chosen}
            disabled={disabled}
            onChange={({ target }) => onChoose(target.checked)}
          />
          <span dir="auto" data-absent={title === null || undefined}>
            {name}
          </span>
        </label>
        <button
          type="button"
          className="button small"
          aria-label={`Restore: ${name}`}
          {...{ disabled }}
          onClick={onRestore}
        >
          Restore
        </button>
      </header>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">Then</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {marks.map(({ name: field, was: then, now: today }) => (
            <tr key={field}>
              <th scope="row">
                {field}
                {field === 'Note' && isCut && (
                  <button
                    type="button"
                    className="in-text"
                    aria-expanded={whole}
                    aria-label={`Whole note: ${name}`}
                    onClick={() => setWhole(!whole)}
                  >
                    {whole ? 'Less' : 'Whole'}
                  </button>
                )}
              </th>
              <td dir="auto">{field === 'Note' ? <Side pieces={shown} of="older" /> : <Words of={then} />}</td>
              <td dir="auto">{field === 'Note' ? <Side pieces={shown} of="newer" /> : <Words of={today} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}

function Words({ of }: { of: string }) {
  return of === '' ? <span className="absent">none</span> : of;
}

/** One side of a difference. What would come back is underlined, what would go is struck out. */
function Side({ pieces, of }: { pieces: readonly (DifferencePiece | Gap)[]; of: 'older' | 'newer' }) {
  const own = pieces.filter((piece) => piece.in === of || piece.in === 'both' || piece.in === 'gap');
  if (own.length === 0) return <Words of="" />;
  // What is only on the one side as a whole needs no marks: all of it would be marked.
  const isAll = own.every((piece) => piece.in === of);
  return (
    <div className="note-side">
      {own.map((piece, at) => {
        // The pieces of one difference never change their order.
        const key = at;
        if (piece.in === 'gap') return <GapSign key={key} />;
        if (piece.in === 'both' || isAll) return <span key={key}>{piece.text}</span>;
        const words = piece.text.trim();
        const [before = '', after = ''] = words === '' ? [] : piece.text.split(words, 2);
        const Mark = of === 'older' ? 'ins' : 'del';
        // The space around the words is not marked.
        return (
          <Fragment key={key}>
            {before}
            <Mark>{words === '' ? piece.text : words}</Mark>
            {after}
          </Fragment>
        );
      })}
    </div>
  );
}

function GapSign() {
  return (
    <span className="note-gap">
      <span aria-hidden="true"> ⋯ </span>
      <span className="unseen"> (the same) </span>
    </span>
  );
}
