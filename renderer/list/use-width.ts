import { type RefObject, useLayoutEffect, useState } from 'react';

/**
 * The inner width of an element in pixels, kept up to date; infinite until it has been measured,
 * so that nothing is left out for want of a measurement.
 */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    setWidth(current.clientWidth);
    const observer = new ResizeObserver(() => setWidth(current.clientWidth));
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
