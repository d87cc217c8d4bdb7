import stringWidth from 'string-width';

// Control characters could move the cursor, change colours or write to the clipboard of the
// terminal; marks of writing direction could show words in another order than they stand.
const controls = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '␡' : '�';
}

/** Text of any origin as one line that does nothing to a terminal but stand there. */
export function safeLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(controls, picture);
}

/** The same for text of several lines; tabs stay too. */
export function safeText(text: string): string {
  return text.replaceAll(/\r\n?|\u2028|\u2029/g, '\n').replaceAll(controls, (character) => {
    return character === '\n' || character === '\t' ? character : picture(character);
  });
}

/** A line cut to a width in terminal cells, with an ellipsis where it was cut. */
export function fitLine(line: string, width: number): string {
  if (stringWidth(line) <= width) return line;
  let fitted = '';
  let used = 0;
  for (const { segment } of segmenter.segment(line)) {
    used += stringWidth(segment);
    if (used > width - 1) break;
    fitted += segment;
  }
  return `${fitted.trimEnd()}…`;
}

/** Text broken into lines of at most `width` cells where it has spaces; lines it has stay lines. */
export function wrapText(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  if (stringWidth(line) <= width) return line;
  const lines: string[] = [];
  const [first = '', ...words] = line.split(' ');
  let current = first;
  for (const word of words) {
    const longer = `${current} ${word}`;
    if (stringWidth(longer) > width) {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current].join('\n');
}
