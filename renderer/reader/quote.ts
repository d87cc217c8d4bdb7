/**
 * A clean text as a Markdown blockquote, its paragraphs kept. What Markdown or Offprint would take for something else
 * than text is escaped; mathematics between dollars stays as it is.
 */
export function quoteOf(text: string): string {
  const lines = text.trim().split('\n');
  return lines.map((line) => (line.trim() === '' ? '>' : `> ${escaped(line.trim())}`)).join('\n');
}

function escaped(line: string): string {
  return line
    .split(/(\${1,2}[^$]+\${1,2})/)
    .map((part, at) => (at % 2 === 1 ? part : escapedText(part)))
    .join('');
}

function escapedText(text: string): string {
  return (
    text
      .replaceAll(/[\\`*<[\]]/g, '\\$&')
      .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
      // What would be a tag: the abstract is to give the paper none.
      .replaceAll(/(?<=^|[\s([{])#(?=[\p{L}\p{N}_\\])/gu, '\\#')
      .replace(/^(\s*)(#{1,6}|[-+]|\d+[.)])(?=\s)/, (_, space: string, sign: string) =>
        /\d/.test(sign) ? `${space}${sign.slice(0, -1)}\\${sign.slice(-1)}` : `${space}\\${sign}`,
      )
  );
}

/** A note with a quote at its end, and an empty line after it, where the reader goes on. */
export function withQuote(note: string, quote: string): string {
  const before = note.trimEnd();
  return `${before === '' ? '' : `${before}\n\n`}${quote}\n\n`;
}
