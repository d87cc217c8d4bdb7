import type { CSSProperties } from 'react';
import type { Paper, TextRange } from '../../shared/paper.ts';
import { type ComparedField, compared } from '../state/duplicates.ts';
import { ownWords, type TextPiece } from '../state/own-words.ts';
import { ShownWords } from '../text/shown-text.tsx';

/** Papers side by side, field by field. A field that differs has a sign that says so, and its words a line under them. */
export function Comparison({ papers }: { papers: readonly Paper[] }) {
  const [title, ...fields] = compared(papers);
  return (
    <table className="comparison" style={{ '--papers': papers.length } as CSSProperties}>
      <thead>
        <tr>
          <th scope="col">
            Title
            <Differs field={title} />
          </th>
          {ownWords(papers.map((paper) => paper.title)).map((pieces, index) => (
            <th key={papers[index]?.id} scope="col" className="compared-title" dir="auto">
              <Pieces pieces={pieces} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.name}>
            <th scope="row">
              {field.name}
              <Differs field={field} />
            </th>
            {ownWords(field.values).map((pieces, index) => (
              <td key={papers[index]?.id} dir="auto">
                {pieces.length === 0 ? <span className="absent">none</span> : <Pieces pieces={pieces} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Differs({ field }: { field: ComparedField | undefined }) {
  if (!field?.differs) return null;
  return (
    <span className="differs">
      <span aria-hidden="true">≠</span>
      <span className="unseen">, differs</span>
    </span>
  );
}

function Pieces({ pieces }: { pieces: readonly TextPiece[] }) {
  let at = 0;
  const own = pieces.flatMap((piece): TextRange[] => {
    at += piece.text.length;
    return piece.own ? [[at - piece.text.length, at]] : [];
  });
  return <ShownWords text={pieces.map(({ text }) => text).join('')} ranges={own} />;
}
