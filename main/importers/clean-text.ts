// Nearly all text is clean: one look tells, and nothing is copied.
const unclean = /[^\n -~\u00a0-\u00ac\u00ae-\u200a\u200c-\u205f\u2061-\ufefe\uff00-\uffff]/;

/**
 * Removes control characters, which no title or abstract has and which some of our own marks use;
 * tabs and other spacing controls become a space, and what shows nothing (soft hyphens, zero-width
 * spaces) goes, so that a search finds the word. Line feeds stay.
 */
export function withoutControls(text: string): string {
  if (!unclean.test(text) && text.isWellFormed()) return text;
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\t\v\f\u0085]/g, ' ')
    .replaceAll(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replaceAll(/[^\P{Cc}\n]/gu, '')
    .toWellFormed();
}

/** Text as one line: no control characters, white space folded. */
export function oneLine(text: string): string {
  return folded(withoutControls(text));
}

function folded(text: string): string {
  return / {2}|[^\S ]/.test(text) ? text.replaceAll(/\s+/g, ' ').trim() : text.trim();
}

/** Longest title taken for one, in UTF-16 units. */
export const longestTitle = 2000;

/** Longest abstract kept, in UTF-16 units: far above any, and what is beyond it is no abstract. */
export const longestAbstract = 200_000;

/** Longest line of anything else (a name, a venue, a remark), in UTF-16 units. */
export const longestLine = 5000;

/** A line longer than this was not broken to fit a width. */
const widestWrap = 160;

/** How the paragraphs of a text are told apart. */
export interface ParagraphStyle {
  /** A line that begins with white space begins a paragraph, as in what arXiv sends out. */
  indented?: boolean;
}

/**
 * Text as paragraphs with an empty line between them: lines that were broken to fit a width are
 * joined; white space is folded; control characters go. Where lines are longer than any such
 * width, each is a paragraph of its own.
 * @returns an empty string when nothing is left
 */
export function paragraphs(text: string, { indented = false }: ParagraphStyle = {}): string {
  const clean = withoutControls(text);
  if (!clean.includes('\n')) return folded(clean);
  const found: string[] = [];
  let block: string[] = [];
  for (const line of `${clean}\n`.split('\n')) {
    if (line.trim() !== '') block.push(line);
    else if (block.length > 0) {
      found.push(...paragraphsOfBlock(block, indented));
      block = [];
    }
  }
  return found.join('\n\n');
}

function paragraphsOfBlock(lines: readonly string[], indented: boolean): string[] {
  const wrapped = lines.every((line) => line.length <= widestWrap);
  if (!wrapped) return lines.map(folded).filter((line) => line !== '');
  const found: string[][] = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (last === undefined || (indented && /^\s/.test(line))) found.push([line]);
    else last.push(line);
  }
  return found.map((wrap) => folded(wrap.join(' '))).filter((line) => line !== '');
}

/**
 * Cuts text to a length without cutting a character in two.
 * @param length in UTF-16 units
 */
export function atMost(text: string, length: number): string {
  return text.length <= length
    ? text
    : text
        .slice(0, length)
        .toWellFormed()
        .replace(/\ufffd$/, '')
        .trimEnd();
}
