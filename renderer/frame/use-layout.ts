import { useSyncExternalStore } from 'react';

/**
 * How much room there is: `wide` shows three panes; in `narrow` the reader covers the list; in
 * `slim` the views are a drawer too.
 */
export type Layout = 'wide' | 'narrow' | 'slim';

const narrow = '(width < 900px)';
const slim = '(width < 640px)';

let last: Layout = 'wide';

/** A sheet that is being printed is narrower than the window, and no reason to close what stands in it. */
function layoutNow(): Layout {
  if (matchMedia('print').matches) return last;
  const narrowest = matchMedia(narrow).matches ? 'narrow' : 'wide';
  last = matchMedia(slim).matches ? 'slim' : narrowest;
  return last;
}

function subscribe(listener: () => void): () => void {
  const queries = [matchMedia(narrow), matchMedia(slim)];
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    for (const query of queries) query.removeEventListener('change', listener);
  };
}

/** The layout for the window's width, kept current. */
export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, layoutNow);
}
