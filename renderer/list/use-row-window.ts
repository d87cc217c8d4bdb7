import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { elementHeight, followScroll, type ScrollPlace, topOf } from './tall-scroll.ts';

/** Rows drawn beyond those in sight, on either side. */
const overscan = 8;

/** A list of rows that are all equally tall. Lengths in CSS pixels. */
export interface RowWindowOptions {
  scroller: RefObject<HTMLElement | null>;
  count: number;
  rowHeight: number;
  /** Height of the head that stays in sight above the rows. */
  headHeight: number;
  /** Room below the last row, and kept free below one that is scrolled to. */
  footRoom: number;
  /** Where the list is scrolled to; kept up to date, so that another one can begin there. */
  memory: { offset: number };
}

/** The rows to draw, and where. */
export interface RowWindow {
  /** Rows in sight: `[first, last]`. */
  first: number;
  last: number;
  /** Rows to draw, in order. */
  rows: number[];
  /** Height of the element that holds the rows. */
  height: number;
  /** Where a row stands in it. */
  topOfRow(index: number): number;
  /** Scrolls as little as brings a row into sight, or so far that it is in the middle. */
  scrollTo(index: number, align: 'auto' | 'center'): void;
  scrollToTop(): void;
  onScroll(): void;
}

/**
 * Which rows of a long list are in sight. Costs the same for any number of rows, and rows may be as
 * many as fit no element: see `tall-scroll.ts`. (Libraries for this keep the size of every row, for
 * rows of different sizes: at a million rows, that is felt whenever a list opens.)
 */
export function useRowWindow(options: RowWindowOptions): RowWindow {
  const { scroller, count, rowHeight, headHeight, footRoom, memory } = options;
  const [view, setView] = useState(0);
  const [, redraw] = useState(0);
  const content = headHeight + count * rowHeight + footRoom;
  const heights = { content, view };
  const place = useRef<ScrollPlace>({ offset: memory.offset, top: memory.offset });

  // The list may have become shorter, or of another height: it is still at the same offset where it can be.
  const end = Math.max(0, content - view);
  if (view > 0 && place.current.offset > end) place.current = { offset: end, top: topOf(end, heights) };
  const { offset, top } = place.current;
  const first = Math.min(Math.floor(offset / rowHeight), Math.max(0, count - 1));
  const last = Math.min(count - 1, Math.floor((offset + view - headHeight) / rowHeight));

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setView(element.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);

  // What was drawn for another height or number of rows belongs elsewhere in the element now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place itself is written when it is scrolled
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || view === 0) return;
    const belongs = topOf(place.current.offset, heights);
    const isSqueezed = elementHeight(heights) < content;
    if (!isSqueezed || Math.abs(element.scrollTop - place.current.top) > 1) {
      place.current = { offset: place.current.offset, top: belongs };
      if (Math.abs(element.scrollTop - belongs) > 0.5) element.scrollTop = belongs;
    }
  }, [content, view]);

  function goTo(wanted: number): void {
    const element = scroller.current;
    if (!element) return;
    const now = { content, view: element.clientHeight };
    const to = Math.min(Math.max(wanted, 0), Math.max(0, content - now.view));
    place.current = { offset: to, top: topOf(to, now) };
    memory.offset = to;
    element.scrollTop = place.current.top;
    redraw((times) => times + 1);
  }

  const rows: number[] = [];
  for (let index = Math.max(0, first - overscan); index <= Math.min(count - 1, last + overscan); index += 1) {
    rows.push(index);
  }
  return {
    first,
    last: Math.max(last, 0),
    rows,
    height: Math.max(0, elementHeight(heights) - headHeight),
    topOfRow: (index) => index * rowHeight - (offset - top),
    scrollTo(index, align) {
      const rowTop = index * rowHeight;
      // Asked of the element: before the first drawing nothing is known yet.
      const sight = (scroller.current?.clientHeight ?? 0) - headHeight;
      if (sight <= 0) return;
      if (align === 'center') goTo(rowTop + rowHeight / 2 - sight / 2);
      else if (rowTop < place.current.offset) goTo(rowTop);
      else if (rowTop + rowHeight > place.current.offset + sight - footRoom)
        goTo(rowTop + rowHeight - sight + footRoom);
    },
    scrollToTop: () => goTo(0),
    onScroll() {
      const element = scroller.current;
      if (!element || Math.abs(element.scrollTop - place.current.top) < 0.5) return;
      const now = element.scrollTop;
      place.current = followScroll(place.current, now, heights);
      memory.offset = place.current.offset;
      if (place.current.top !== now) element.scrollTop = place.current.top;
      // Drawn in the very frame that shows the list scrolled, or rows would come in a frame late.
      flushSync(() => redraw((times) => times + 1));
    },
  };
}
