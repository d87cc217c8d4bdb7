import type { ImportedText } from './importer.ts';

/** One line of a file. */
export interface TextLine {
  /** From 1. */
  number: number;
  text: string;
}

/**
 * The lines of a file as it is read, some at a time. They end at `\n` alone.
 * @param longest in UTF-16 units; of a longer line only its beginning is given
 */
export async function* linesOf(file: ImportedText, longest = 1_000_000): AsyncGenerator<TextLine[]> {
  let begun = '';
  let number = 0;
  for await (const piece of file.pieces()) {
    const lines: TextLine[] = [];
    let from = 0;
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', from)) {
      number += 1;
      lines.push({ number, text: cut(begun + piece.slice(from, end), longest) });
      begun = '';
      from = end + 1;
    }
    if (begun.length < longest) begun += piece.slice(from);
    if (lines.length > 0) yield lines;
  }
  if (begun !== '') yield [{ number: number + 1, text: cut(begun, longest) }];
}

function cut(text: string, longest: number): string {
  return text.length > longest ? text.slice(0, longest).toWellFormed() : text;
}
