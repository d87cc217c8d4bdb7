import { useState } from 'react';
import { counted } from '../state/import-words.ts';
import type { DifferencePiece, Gap } from '../text/text-difference.ts';

/** The difference of an older text to that of now, as it would be undone: what comes back, and what goes. */
export function ShownDifference({ pieces }: { pieces: readonly (DifferencePiece | Gap)[] }) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  return (
    <div className="kept-text" dir="auto">
      {pieces.map((piece, at) => {
        // The pieces of one difference never change their order.
        const key = at;
        if (piece.in === 'older') return <ins key={key}>{piece.text}</ins>;
        if (piece.in === 'newer') return <del key={key}>{piece.text}</del>;
        if (piece.in === 'both' || opened.has(at)) return <span key={key}>{piece.text}</span>;
        return (
          <button
            key={key}
            type="button"
            className="kept-gap"
            onClick={() => setOpened((before) => new Set([...before, at]))}
          >
            {sizeInWords(piece.text)} the same
          </button>
        );
      })}
    </div>
  );
}

function sizeInWords(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  return lines > 1 ? counted(lines, 'line') : counted(text.length, 'character');
}
