import { type RefObject, useLayoutEffect, useState } from 'react';

/** True while an element is at least so many pixels wide. */
export function useWide(element: RefObject<HTMLElement | null>, pixels: number): boolean {
  const [wide, setWide] = useState(false);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    setWide(current.clientWidth >= pixels);
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWide(entry.contentRect.width >= pixels);
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, pixels]);
  return wide;
}
