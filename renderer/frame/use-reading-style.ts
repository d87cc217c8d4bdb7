import { useLayoutEffect } from 'react';
import type { Session } from '../state/session.ts';
import { useStore } from '../state/store.ts';

/** Gives the page of a paper and its note the size and the width that the reader has chosen, for `reader-split.css`. */
export function useReadingStyle(session: Session): void {
  const { size, measure } = useStore(session.store, (state) => state.settings.reading);
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--reading-size', String(size / 100));
    style.setProperty('--reading-measure', String(measure));
  }, [size, measure]);
}
