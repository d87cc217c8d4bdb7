/** What stands in lines: widths in pixels, and the gap between two. */
export interface TagWidths {
  /** Of each tag, in order. */
  tags: readonly number[];
  /** Of what always stands at the end. */
  end: number;
  /** Of the button for the tags that are folded away, at its widest. */
  more: number;
  gap: number;
  /** Of a line. */
  line: number;
}

/**
 * How many tags can be shown, in order, so that all stand in so many lines: with what comes at the end, and with
 * the button for the others where some are folded away. Never none.
 */
export function fittingTags(widths: TagWidths, lines: number): number {
  const { tags, end, more } = widths;
  if (linesOf([...tags, end], widths) <= lines) return tags.length;
  for (let shown = tags.length - 1; shown > 1; shown -= 1) {
    if (linesOf([...tags.slice(0, shown), more, end], widths) <= lines) return shown;
  }
  return Math.min(tags.length, 1);
}

/** Lines that boxes of these widths take, put side by side as long as they fit. */
function linesOf(boxes: readonly number[], { gap, line }: Pick<TagWidths, 'gap' | 'line'>): number {
  let lines = 1;
  let taken = 0;
  for (const box of boxes) {
    const width = Math.min(box, line);
    if (taken > 0 && taken + gap + width > line) {
      lines += 1;
      taken = width;
    } else taken += (taken > 0 ? gap : 0) + width;
  }
  return lines;
}
