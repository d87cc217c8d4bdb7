import { withoutControls } from './clean-text.ts';

/** A paragraph of a plain text, as one line. */
export interface Paragraph {
  text: string;
  /** Line that it begins on, from 1. */
  line: number;
  /** True when a blank line (or the beginning) stands before it. */
  afterBlank: boolean;
}

/** Lines longer than this are not from a text whose paragraphs are broken to fit a width. */
const widestWrapping = 200;
/** How far a line may fall short of the width for the reason that the next word did not fit. */
const raggedness = 25;

type Line = Paragraph;

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let afterBlank = true;
  // Only the three usual line ends: U+2028 and its like may stand inside a paragraph.
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    // A form feed is the end of a printed page, and what follows it begins a paragraph.
    for (const [page, part] of raw.split('\f').entries()) {
      if (page > 0) afterBlank = true;
      const line = withoutControls(part).trim();
      if (line !== '') lines.push({ text: line, line: index + 1, afterBlank });
      afterBlank = line === '';
    }
  }
  return lines;
}

/** The width that a text's lines were broken to fit, or null when they were not. */
function wrappingWidth(lines: readonly Line[]): number | null {
  // A link does not break, so a line of nothing else may stick out.
  const lengths = lines.filter(({ text }) => text.includes(' ')).map(({ text }) => text.length);
  const width = lengths.reduce((longest, length) => Math.max(longest, length), 0);
  if (width > widestWrapping) return null;
  // Of broken lines all but the last of a paragraph are nearly full.
  const followed = lines.filter((_, index) => lines[index + 1]?.afterBlank === false);
  const full = followed.filter(({ text }) => text.length >= width - raggedness);
  return followed.length >= 3 && full.length >= followed.length * 0.5 ? width : null;
}

function joins(before: Line, next: Line, width: number): boolean {
  if (next.afterBlank) return false;
  const firstWord = next.text.split(' ', 1)[0] ?? '';
  return before.text.length + 1 + firstWord.length > width - 3;
}

/**
 * Cuts a text into paragraphs: at blank lines, and at every line break unless the lines were
 * broken to fit a width, which shows in nearly all of them being nearly full.
 */
export function paragraphsOf(text: string): Paragraph[] {
  const lines = linesOf(text);
  const width = wrappingWidth(lines);
  if (width === null) return lines;
  const paragraphs: Paragraph[] = [];
  let previous: Line | null = null;
  for (const line of lines) {
    const last = paragraphs.at(-1);
    if (previous && last && joins(previous, line, width)) last.text += ` ${line.text}`;
    else paragraphs.push({ ...line });
    previous = line;
  }
  return paragraphs;
}
