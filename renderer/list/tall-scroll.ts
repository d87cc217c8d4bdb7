/**
 * The tallest element used, in CSS pixels. Chromium makes none taller than 33,554,428 and Firefox
 * none taller than 17,895,697; and a transform, kept in 32-bit floats, is exact only up to 2^24.
 */
export const tallest = 15_000_000;

/** Screenfuls at either end of a list where a pixel scrolled is a pixel of the list. */
const exactScreens = 20;
/** Nearer to an end of the element than this many screenfuls, it is put back to where it belongs. */
const edgeScreens = 5;
/** A move by more than this many screenfuls is a jump: the scroll bar was dragged, not the wheel turned. */
const jumpScreens = 10;

/** Heights of a list and of what is seen of it, in CSS pixels. */
export interface ListHeights {
  /** Of the whole list, as tall as it would be. */
  content: number;
  /** Of what can be seen at once. */
  view: number;
}

/** Where a list is scrolled to: `offset` in the whole list, `top` in the element that stands for it. */
export interface ScrollPlace {
  offset: number;
  top: number;
}

/** The height of the element that stands for the list. */
export function elementHeight({ content }: Pick<ListHeights, 'content'>): number {
  return Math.min(content, tallest);
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), Math.max(0, most));
}

/** Lengths of the exact stretch at each end, and what is left between them, in the list and in the element. */
function stretches({ content, view }: ListHeights) {
  const list = Math.max(0, content - view);
  const element = Math.max(0, elementHeight({ content }) - view);
  const exact = Math.min(exactScreens * view, element / 4);
  return { list, element, exact, ratio: element === list ? 1 : (list - 2 * exact) / (element - 2 * exact) };
}

/**
 * Where the element belongs when the list is at `offset`. A list that is too tall for an element is
 * squeezed in the middle; at both ends it is not, so that the first and the last rows scroll as in
 * any other list. Grows with `offset`; 0 at 0 and the end at the end.
 */
export function topOf(offset: number, heights: ListHeights): number {
  const { list, element, exact, ratio } = stretches(heights);
  const at = clamp(offset, list);
  if (ratio === 1 || at <= exact) return at;
  if (at >= list - exact) return element - (list - at);
  return exact + (at - exact) / ratio;
}

/** The inverse of {@link topOf}. */
export function offsetOf(top: number, heights: ListHeights): number {
  const { list, element, exact, ratio } = stretches(heights);
  const at = clamp(top, element);
  if (ratio === 1 || at <= exact) return at;
  if (at >= element - exact) return list - (element - at);
  return exact + (at - exact) * ratio;
}

/**
 * Follows the element to `top`. Near moves go pixel by pixel, so that rows pass as in any list; a
 * jump goes to the place in the list that it means.
 * @returns the new place; where its `top` is another than the one given, the element is to be put there
 */
export function followScroll(before: ScrollPlace, top: number, heights: ListHeights): ScrollPlace {
  const { list, element, ratio } = stretches(heights);
  const { view } = heights;
  if (ratio === 1) return { offset: clamp(top, list), top };
  if (Math.abs(top - before.top) > jumpScreens * view) return { offset: offsetOf(top, heights), top };
  const offset = clamp(before.offset + top - before.top, list);
  const near = Math.min(top, element - top) < edgeScreens * view;
  const belongs = topOf(offset, heights);
  return { offset, top: near && Math.abs(belongs - top) > 1 ? belongs : top };
}
