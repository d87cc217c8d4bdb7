import { noteLinks } from '../../shared/note-syntax.ts';

/** A piece of a line as it is read; `linked` where it stands for a link to a paper. */
export interface PlainPiece {
  text: string;
  linked: boolean;
}

// Quotation marks, then the mark of a list, of a task or of a heading.
const beginning = /^[\s>]*(?:(?:[-*+]|#{1,6}|\d{1,9}[.)])\s+)?(?:\[[ xX]\]\s+)?/;

/** A line of Markdown as it is read where it cannot be rendered: without the mark that it begins with, its links as their words. */
export function plainLine(line: string): PlainPiece[] {
  const pieces: PlainPiece[] = [];
  let at = beginning.exec(line)?.[0].length ?? 0;
  for (const { from, to, id, words } of noteLinks(line)) {
    if (from > at) pieces.push({ text: line.slice(at, from), linked: false });
    pieces.push({ text: words ?? id, linked: true });
    at = Math.max(at, to);
  }
  return at < line.length ? [...pieces, { text: line.slice(at), linked: false }] : pieces;
}

/** The beginning of a Markdown text on one line, as {@link plainLine} reads it. @param most lines looked at */
export function plainExcerpt(text: string, most = 4): string {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, most);
  return lines
    .map((line) =>
      plainLine(line)
        .map((piece) => piece.text)
        .join(''),
    )
    .join(' ');
}
