import { textAndMathematics } from './text-and-mathematics.ts';

/** Signs that mean something in CommonMark, GFM, Obsidian or Pandoc wherever they stand. */
const signs = /[\\`*[\]<#~$^]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|==|%%|&(?=#?\w{1,40};)/gu;

/** What makes a block at a line's beginning: a list, a quotation, a rule. */
const block = /^(?:[-+>|:=]|\d{1,9}(?=[.)]))/;

function escaped(text: string): string {
  return text.replaceAll(signs, (sign) => (sign.length === 2 ? `\\${sign[0]}\\${sign[1]}` : `\\${sign}`));
}

/**
 * Plain text as one line of Markdown that shows it as it is written, whatever it holds: no emphasis, links, tags,
 * HTML or blocks come of it. Mathematics in it stays mathematics, between dollars.
 */
export function markdownLine(text: string): string {
  const out: string[] = [];
  for (const stretch of textAndMathematics(text.replaceAll(/\s+/g, ' ').trim())) {
    if (stretch.kind === 'text') out.push(escaped(stretch.text));
    else {
      // Where nobody knows mathematics, "<" may begin HTML, and "](" a link or a picture; LaTeX does not mind the space.
      const latex = stretch.latex.replaceAll(/<(?=[a-z/!?])|\](?=\()/gi, '$& ');
      out.push(stretch.display ? `$$${latex}$$` : `$${latex}$`);
    }
  }
  const line = out.join('');
  return line.replace(block, (sign) => (/\d/.test(sign) ? `${sign}\\` : `\\${sign}`));
}

/** The same for paragraphs, which empty lines separate; line breaks within one become spaces. */
export function markdownParagraphs(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map(markdownLine)
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** A link to a web address with plain text for its words. The address is one that `URL` has made, or it is encoded as such. */
export function markdownLink(words: string, address: string): string {
  const target = address.replaceAll(/[\s<>()[\]\\`"|^]/g, (sign) =>
    encodeURIComponent(sign).replace(/^[()]$/, bracket),
  );
  return `[${markdownLine(words)}](${target})`;
}

function bracket(sign: string): string {
  return sign === '(' ? '%28' : '%29';
}
