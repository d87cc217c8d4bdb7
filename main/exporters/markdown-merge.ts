import { withoutImagesUp } from '../../shared/note-images.ts';
import { frontMatterIn, mergedFrontMatter, propertyIn } from './front-matter.ts';
import { digestOf, managedBegin, managedEndFor, readManagedEnd, trimmedLines } from './markdown-marks.ts';
import { type MarkdownPaper, ownProperties } from './markdown-paper.ts';

/** What {@link mergedFile} made of a file. */
export interface MergedFile {
  text: string;
  /** `none`: the reader has taken our marks away, so that only the front matter is kept up to date. */
  part: 'ours' | 'none';
  /** The reader had written between our marks; that stands behind them now. */
  moved: boolean;
}

/** Stands before what the reader had written between our marks. */
const movedLine = '%% Written between Offprint’s marks, and moved here: %%';

/** The id of the paper that a Markdown file is of, as its front matter says it; null for a file of anything else. */
export function paperIdOfFile(text: string): string | null {
  const found = frontMatterIn(text);
  const id = found && propertyIn(text.slice(found.from, found.to), 'id');
  return id && /^(?:arxiv|doi|title):\S+$/.test(id) ? id : null;
}

/**
 * A file of a paper brought up to date. Ours are the properties that we write, but for values of lists that others
 * have put there, and what stands between our marks. All else stays as it is, byte for byte. Where the reader has
 * written between our marks, what is new there is moved behind them; where the marks are gone, or there are several,
 * none of the text is touched.
 * @param text of a file that {@link paperIdOfFile} knows
 */
export function mergedFile(text: string, paper: MarkdownPaper): MergedFile {
  const found = frontMatterIn(text);
  if (!found) return { text, part: 'none', moved: false };
  const body = text.slice(found.to);
  const lines = linesOf(body);
  const begins = lines.filter(({ line }) => line.trimEnd() === managedBegin);
  const ends = lines.flatMap(({ line, from, to }) => {
    const end = readManagedEnd(line);
    return end ? [{ ...end, line, from, to }] : [];
  });
  const [begin, end] = [begins[0], ends[0]];
  const hasPart =
    begins.length === 1 && ends.length === 1 && begin !== undefined && end !== undefined && begin.from < end.from;
  const before = {
    has: (name: string) => ends.every(({ own }) => own.size === 0) || ends.some(({ own }) => own.has(name)),
    hasValue: (name: string, digest: string) => ends.some(({ own }) => own.get(name)?.includes(digest) === true),
  };
  const { text: front, own } = mergedFrontMatter(
    text.slice(found.from, found.to),
    paper.frontMatter,
    ownProperties,
    before,
  );
  const head = text.slice(0, found.from) + front;
  if (!hasPart) return { text: head + body, part: 'none', moved: false };

  const lineEnd = begin.line.endsWith('\r\n') ? '\r\n' : '\n';
  const inside = body.slice(begin.to, end.from);
  const endLine = managedEndFor(paper.managed, own);
  const isSame = trimmedLines(inside) === trimmedLines(paper.managed);
  const known = [end.digest, digestOf(paper.managed)];
  const isUnchanged = inside.trim() === '' || known.includes(digestOf(inside));
  const above = body.slice(0, begin.to);
  const part = isSame ? inside : `\n${paper.managed}\n\n`.replaceAll('\n', lineEnd);
  const after = body.slice(end.to);
  const endEnd = /\r?\n$/.exec(end.line)?.[0] ?? '';
  const words = isUnchanged ? '' : wordsToMove(inside, paper.managed, body.slice(0, begin.from) + after);
  const moved = words === '' ? '' : `${lineEnd}${movedLine}${lineEnd}${lineEnd}${words}${lineEnd}`;
  const close = endLine + (endEnd === '' && moved !== '' ? lineEnd : endEnd);
  return { text: head + above + part + close + moved + after, part: 'ours', moved: moved !== '' };
}

/** What somebody has written among our text: its blocks that are neither in our text now nor elsewhere in the file. */
function wordsToMove(inside: string, managed: string, elsewhere: string): string {
  const known = new Set([...blocksOf(managed), ...blocksOf(elsewhere)].map(withoutImagesUp));
  const separator = inside.includes('\r\n') ? '\r\n\r\n' : '\n\n';
  return blocksOf(inside)
    .filter((block) => block !== '' && !known.has(withoutImagesUp(block)))
    .join(separator);
}

/** Stretches of text that empty lines separate, without what ends them. */
function blocksOf(text: string): string[] {
  const blocks: string[] = [];
  let lines: string[] = [];
  for (const { line } of [...linesOf(text), { line: '' }]) {
    if (line.trim() !== '') lines.push(line);
    else {
      if (lines.length > 0) blocks.push(lines.join('').trimEnd());
      lines = [];
    }
  }
  return blocks;
}

function linesOf(text: string): { line: string; from: number; to: number }[] {
  const lines: { line: string; from: number; to: number }[] = [];
  for (const match of text.matchAll(/[^\n]*\n|[^\n]+$/g)) {
    lines.push({ line: match[0], from: match.index, to: match.index + match[0].length });
  }
  return lines;
}
