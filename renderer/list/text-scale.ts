/**
 * How much larger the reader has set text than is usual, 1 for not at all: heights that CSS gives
 * in rem are counted in pixels with it.
 */
export function textScale(): number {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return size > 0 ? size / 16 : 1;
}
