import type { ReactNode } from 'react';
import type { TextRange } from '../../shared/paper.ts';
import { type Piece, piecesOf, type TextPiece } from '../../shared/reading/pieces.ts';
import { LayeredWhole, type Layers, layeredPart } from '../text/layered-text.tsx';
import { linkedPart, OutsideLink, paragraphsOf } from '../text/linked-text.tsx';
import { safeHref } from '../text/safe-href.ts';
import { Mathematics } from './mathematics.tsx';

/** Texts whose pieces are kept: more than a list and a page show at once. */
const mostKept = 500;
const kept = new Map<string, Piece[]>();

/** The pieces of a text, kept while it is one of the last that were asked for. */
export function piecesFor(text: string, repair: boolean): Piece[] {
  const key = `${repair ? 'R' : 'W'}${text}`;
  const known = kept.get(key);
  if (known) return known;
  const pieces = piecesOf(text, { repair });
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? '');
  kept.set(key, pieces);
  return pieces;
}

/** True for a text that is shown letter by letter as it is stored. */
export function isAsStored(text: string, pieces: readonly Piece[]): boolean {
  const [only] = pieces;
  return pieces.length === 0 || (pieces.length === 1 && only?.kind === 'text' && only.text === text && !only.style);
}

/** How pieces are shown. */
export interface PieceOptions {
  /** Addresses in the text are links. */
  links: boolean;
  /** Formulas may have a line of their own. */
  display: boolean;
}

/** The pieces within `[from, to)` of a text, each with its places of the text; see `text-places.ts`. */
export function shownPieces(
  text: string,
  pieces: readonly Piece[],
  [from, to]: TextRange,
  layers: Layers,
  options: PieceOptions,
): ReactNode[] {
  const within = piecesWithin(pieces, from, to);
  const shown: ReactNode[] = [];
  let begin = from;
  for (const [index, piece] of within.entries()) {
    const next = within[index + 1];
    const rest = { text, layers, options };
    const end = next && piece.kind === 'math' ? endOfSign(text, piece.to, Math.min(next.to, to)) : piece.to;
    if (next === undefined || end === piece.to || !isVerbatim(text, next)) {
      if (piece.to > begin) shown.push(<ShownPiece key={piece.from} {...rest} {...{ piece, from: begin, to }} />);
      continue;
    }
    shown.push(
      <span className="with-its-sign" key={piece.from}>
        <ShownPiece {...rest} {...{ piece, from: begin, to }} />
        <ShownPiece {...rest} {...{ piece: next, from: begin, to: end }} />
      </span>,
    );
    begin = end;
  }
  return shown;
}

/** Index of the first piece that ends behind a place, by halving: a text may have many paragraphs. */
function firstBehind(pieces: readonly Piece[], place: number): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.to ?? Number.POSITIVE_INFINITY) > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

function piecesWithin(pieces: readonly Piece[], from: number, to: number): Piece[] {
  const within: Piece[] = [];
  for (let at = firstBehind(pieces, from); at < pieces.length; at += 1) {
    const piece = pieces[at] as Piece;
    if (piece.from >= to) break;
    within.push(piece);
  }
  return within;
}

/** Where the signs end that stand right behind a formula and begin no line. */
function endOfSign(text: string, from: number, to: number): number {
  const signs = /^[.,;:!?)\]}’”'"%-]+/.exec(text.slice(from, Math.min(to, from + 8)));
  return from + (signs?.[0].length ?? 0);
}

function isVerbatim(text: string, piece: Piece): boolean {
  return piece.kind === 'text' && text.slice(piece.from, piece.to) === piece.text;
}

interface ShownPieceProps {
  text: string;
  piece: Piece;
  from: number;
  to: number;
  layers: Layers;
  options: PieceOptions;
}

function ShownPiece({ text, piece, from, to, layers, options }: ShownPieceProps) {
  if (piece.kind === 'text') return <ShownText {...{ text, piece, from, to, layers, options }} />;
  return (
    <span data-from={piece.from} data-to={piece.to} data-repaired={piece.repaired || undefined}>
      <LayeredWhole from={piece.from} to={piece.to} layers={layers}>
        <Mathematics
          latex={piece.latex}
          display={piece.display && options.display}
          written={text.slice(piece.from, piece.to)}
        />
      </LayeredWhole>
    </span>
  );
}

function ShownText({ text, piece, from, to, layers, options }: ShownPieceProps & { piece: TextPiece }) {
  if (piece.text === '') return null;
  const verbatim = isVerbatim(text, piece);
  const [start, end] = verbatim ? [Math.max(piece.from, from), Math.min(piece.to, to)] : [piece.from, piece.to];
  const href = piece.href === undefined || !options.links ? null : safeHref(piece.href);
  const words = !verbatim ? (
    <LayeredWhole from={start} to={end} layers={layers}>
      {piece.text}
    </LayeredWhole>
  ) : href === null && options.links ? (
    linkedPart(text, start, end, layers)
  ) : (
    layeredPart(text, start, end, layers)
  );
  const Tag = piece.style === undefined ? 'span' : tags[piece.style];
  return (
    <Tag data-from={start} data-to={end}>
      {href === null ? (
        words
      ) : (
        <OutsideLink href={href} {...(href !== piece.text && { title: href })}>
          {words}
        </OutsideLink>
      )}
    </Tag>
  );
}

const tags = { emphasis: 'em', strong: 'strong', code: 'code' } as const;

/** The paragraphs of a text; those that one formula stands across are one. */
export function paragraphsAround(text: string, pieces: readonly Piece[]): TextRange[] {
  const paragraphs: TextRange[] = [];
  for (const [from, to] of paragraphsOf(text)) {
    const last = paragraphs.at(-1);
    // Pieces stand side by side: no other than this can reach into both.
    const piece = pieces[firstBehind(pieces, from)];
    if (last && piece?.kind === 'math' && piece.from < last[1]) last[1] = to;
    else paragraphs.push([from, to]);
  }
  return paragraphs;
}
