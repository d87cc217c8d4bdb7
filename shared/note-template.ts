import { longestNote } from './paper.ts';
import { piecesOf } from './reading/pieces.ts';

/** What the names of a template stand for, as the library has it: nothing of it is Markdown. */
export interface TemplateValues {
  title: string;
  authors: readonly string[];
  /** Empty where it is not known, as the next two. */
  year: string;
  /** The citation key. */
  key: string;
  /** An address. */
  link: string;
  abstract: string;
  /** Today's date where the reader is: `2026-11-23`. */
  today: string;
}

const name = /\{\{[ \t]*([a-z]+)[ \t]*\}\}/g;

/**
 * The text that a note begins with: `{{title}}` and the like stand for what a paper has, and other names stay as they
 * are. What is put in is shown as it is and does nothing: it is on one line, no Markdown, no tag and no link between notes,
 * whatever it says; but its mathematics is mathematics.
 */
export function fillTemplate(template: string, values: TemplateValues): string {
  const filled = template.replaceAll(name, (written, field: string) => {
    switch (field) {
      case 'title':
      case 'abstract':
        return shownAsIs(values[field]);
      case 'authors':
        return escaped(values.authors.join(', '));
      case 'year':
      case 'key':
      case 'today':
        return escaped(values[field]);
      case 'link':
        return address(values.link);
      default:
        return written;
    }
  });
  return filled.slice(0, longestNote).toWellFormed();
}

function shownAsIs(source: string): string {
  return piecesOf(source, { repair: false })
    .map((piece) => {
      if (piece.kind === 'text') return { text: piece.text, isMath: false };
      const latex = oneLine(piece.latex);
      // Where it would end the mathematics, it is text.
      const isMath = latex !== '' && !/[$`#]|\[\[/.test(latex) && !latex.endsWith('\\');
      return { text: isMath ? `$${latex}$` : source.slice(piece.from, piece.to), isMath };
    })
    .reduce((text, piece) => text + (piece.isMath ? piece.text : escaped(piece.text, text !== '')), '');
}

/** On one line, with every sign that means something in Markdown behind a backslash. @param isWithin not at the beginning */
function escaped(text: string, isWithin = false): string {
  const line = oneLine(text)
    .replaceAll(/[\\`*[\]<>#|~$&^{}]/g, '\\$&')
    // Within a word it means nothing.
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_');
  if (isWithin) return line;
  return line.replace(/^(\s*)([-+=]|\d+(?=[.)]))/, (_, space: string, sign: string) =>
    /\d/.test(sign) ? `${space}${sign}\\` : `${space}\\${sign}`,
  );
}

/** An address in angle brackets, within which nothing else means anything; nothing for none. */
function address(url: string): string {
  const safe = oneLine(url).replaceAll(/[\s<>\\`[\]{}|^"]/g, (sign) => encodeURIComponent(sign));
  return safe === '' ? '' : `<${safe}>`;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ');
}
