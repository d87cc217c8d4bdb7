import type { TextRange } from '../../shared/paper.ts';

/*
 * Between what is shown of a stored text and the text itself. Each piece that is shown is an element with `data-from`
 * and `data-to`, the places of the stored text, in UTF-16 units, that it shows. A piece that is not verbatim (mathematics,
 * a LaTeX command) counts as a whole.
 */

interface ShownPiece {
  element: Element;
  from: number;
  to: number;
  /** Whether each unit that is shown is a unit of the stored text. */
  isVerbatim: boolean;
}

/** The pieces within an element, in the order of the text. */
function piecesIn(root: Element): ShownPiece[] {
  return Array.from(root.querySelectorAll('[data-from][data-to]'), (element) => {
    const [from, to] = [Number(element.getAttribute('data-from')), Number(element.getAttribute('data-to'))];
    const isMathematics = element.matches('math') || element.querySelector('math') !== null;
    const isVerbatim = !isMathematics && element.textContent.length === to - from;
    return { element, from, to, isVerbatim };
  });
}

/**
 * The stretch of the stored text that a range of the document covers, as far as it is shown within `root`; null
 * where that is nothing. A piece that is not verbatim is covered whole.
 */
export function storedRange(root: Element, range: Range): TextRange | null {
  const touched = piecesIn(root).filter(({ element }) => covers(range, element));
  const [first, last] = [touched[0], touched.at(-1)];
  if (!first || !last) return null;
  const from = placeIn(first, range.startContainer, range.startOffset) ?? first.from;
  const to = placeIn(last, range.endContainer, range.endOffset) ?? last.to;
  return from < to ? [from, to] : null;
}

/** Whether a range covers anything of an element, or is a caret within it. */
function covers(range: Range, element: Element): boolean {
  const own = element.ownerDocument.createRange();
  own.selectNodeContents(element);
  const startsBeforeEnd = range.compareBoundaryPoints(Range.END_TO_START, own) < 0;
  const endsAfterStart = range.compareBoundaryPoints(Range.START_TO_END, own) > 0;
  return startsBeforeEnd && endsAfterStart;
}

/** The stored place of a boundary within a verbatim piece; null elsewhere. */
function placeIn({ element, from, isVerbatim }: ShownPiece, node: Node, offset: number): number | null {
  if (!isVerbatim || !element.contains(node)) return null;
  const before = element.ownerDocument.createRange();
  before.setStart(element, 0);
  before.setEnd(node, offset);
  return from + before.toString().length;
}

/** The range of the document that shows `[from, to)` of the stored text within `root`; null where nothing does. */
export function shownRange(root: Element, [from, to]: TextRange): Range | null {
  const pieces = piecesIn(root).filter((piece) => piece.from < to && piece.to > from);
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) return null;
  const range = root.ownerDocument.createRange();
  const start = first.isVerbatim && from > first.from ? pointIn(first.element, from - first.from, 'start') : null;
  if (start) range.setStart(...start);
  else if (first.isVerbatim) range.setStart(...(pointIn(first.element, 0, 'start') ?? [first.element, 0]));
  else range.setStartBefore(first.element);
  const end = last.isVerbatim ? pointIn(last.element, Math.min(to, last.to) - last.from, 'end') : null;
  if (end) range.setEnd(...end);
  else range.setEndAfter(last.element);
  return range;
}

/** Where the unit `offset` of an element's text begins, or where the one before it ends. */
function pointIn(element: Element, offset: number, side: 'start' | 'end'): [Node, number] | null {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (side === 'end' ? left <= length : left < length) return [node, left];
    left -= length;
  }
  return null;
}

/** Stretches of the stored text that are shown as one within `root`, in order: mathematics and what else is not verbatim. */
export function wholesIn(root: Element): TextRange[] {
  return piecesIn(root).flatMap(({ from, to, isVerbatim }): TextRange[] => (isVerbatim ? [] : [[from, to]]));
}
