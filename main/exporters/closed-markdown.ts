import { fromMarkdown } from 'mdast-util-from-markdown';

/** What can go on to the end of a text: a fence of code, and the blocks of HTML that an empty line does not end. */
const mayStayOpen = /```|~~~|<(?:!|\?|script|pre|style|textarea)/i;

/** A paragraph that no note has, to see where it lands. */
const sentinel = 'offprint\ue000end';

/** Ways to end what is open, likeliest first; CommonMark 0.31, sections 4.5 and 4.6. */
const closings = ['-->', '?>', ']]>', '</script>', '</pre>', '</style>', '</textarea>', '>'];

/** Kinds of fences that are tried, the last ones first: each costs a look through all of the text. */
const mostFences = 8;

/** Is what follows the text a paragraph of its own? */
function isClosed(markdown: string): boolean {
  const { children } = fromMarkdown(`${markdown}\n\n${sentinel}`);
  const last = children.at(-1);
  if (last?.type !== 'paragraph' || last.children.length !== 1) return false;
  const [words] = last.children;
  return words?.type === 'text' && words.value === sentinel;
}

/**
 * A reader's Markdown so that whatever is written after it, behind an empty line, is no part of it: a fence or a piece
 * of HTML that was left open is closed. Where that cannot be done, all of it becomes a quotation, which nothing
 * can reach out of.
 */
export function closedMarkdown(markdown: string): string {
  const text = markdown.trimEnd();
  if (!mayStayOpen.test(text) || isClosed(text)) return text;
  const fences = [...text.matchAll(/`{3,}|~{3,}/g)].map(([fence]) => fence).toReversed();
  for (const closing of [...[...new Set(fences)].slice(0, mostFences), ...closings]) {
    const closed = `${text}\n${closing}`;
    if (isClosed(closed)) return closed;
  }
  return text.replaceAll(/^/gm, '> ');
}
