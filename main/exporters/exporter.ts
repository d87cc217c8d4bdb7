import type { ExportedPaper } from '../../shared/offprint-export.ts';

/** How papers are written. */
export interface ExportOptions {
  /** The citation key of a paper; no two of an export have the same. */
  keys(paper: ExportedPaper): string;
  /** Whether what the reader said of the papers goes with them: notes, highlights, tags, statuses and stars. */
  notes: boolean;
  /** Milliseconds since 1970. */
  exportedAt: number;
  /** Whether the text becomes a file, of which some programs want to know its encoding. */
  isFile: boolean;
}

/**
 * Writes papers as text of one format, in pieces. Papers are asked for one by one, and memory does not grow with their
 * number. Whatever their texts hold, the text is of the format, and no text of a paper gets out of its field.
 */
export type TextExporter = (
  papers: Iterable<ExportedPaper> | AsyncIterable<ExportedPaper>,
  options: ExportOptions,
) => AsyncGenerator<string, void>;

/** The day of a moment by the clock on the wall: `2026-11-23`. */
export function dayOf(instant: number): string {
  const date = new Date(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Text is given out in pieces of about this many UTF-16 units. */
const pieceLength = 64 * 1024;

/** How a format writes papers one after the other. */
export interface PaperFormat {
  /** What stands before the first paper, and behind the last one. */
  begin?: string;
  end?: (papers: number) => string;
  /** What stands between two. */
  between?: string;
  paper(paper: ExportedPaper): string;
}

/** The text of papers one after the other, in pieces of some length. */
export async function* inPieces(
  papers: Iterable<ExportedPaper> | AsyncIterable<ExportedPaper>,
  { begin = '', end = () => '', between = '', paper: textOf }: PaperFormat,
): AsyncGenerator<string, void> {
  let piece = begin;
  let count = 0;
  for await (const paper of papers) {
    piece += count === 0 ? textOf(paper) : between + textOf(paper);
    count += 1;
    if (piece.length >= pieceLength) {
      yield piece;
      piece = '';
    }
  }
  yield piece + end(count);
}

/** A paper without anything that the reader said of it. */
export function withoutOwnWords(paper: ExportedPaper): ExportedPaper {
  return {
    ...paper,
    status: 'unread',
    starred: false,
    tags: [],
    note: '',
    highlights: [],
    changedAt: null,
    noteChangedAt: null,
  };
}
