import { useEffect, useSyncExternalStore } from 'react';

/** What shows texts with LaTeX in them. */
export type MathematicsTools = typeof import('./shown-pieces.tsx') & typeof import('./mathematics.tsx');

let loaded: MathematicsTools | null = null;
let onItsWay: Promise<void> | null = null;
const listeners = new Set<() => void>();

/** True once the window has asked for it, or the reader has done anything: the first rows do not share the line with it. */
const mayLoad = () => onItsWay !== null || (navigator.userActivation?.hasBeenActive ?? true);

/**
 * Loads what shows mathematics, so that {@link useMathematics} has it at once. Never rejects: where it cannot be had,
 * texts are shown as they are written, and it is asked for again when the next one wants it.
 */
export function loadMathematics(): Promise<void> {
  onItsWay ??= Promise.all([import('./shown-pieces.tsx'), import('./mathematics.tsx')]).then(
    ([pieces, mathematics]) => {
      loaded = { ...pieces, ...mathematics };
      for (const listener of listeners) listener();
    },
    () => {
      onItsWay = null;
    },
  );
  return onItsWay;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/**
 * What shows texts with LaTeX in them; null until it is loaded, and where it cannot be had: show the text as it is
 * written.
 * @param wanted whether a text asks for it now; it may come without, because of another
 */
export function useMathematics(wanted: boolean): MathematicsTools | null {
  const tools = useSyncExternalStore(subscribe, () => loaded);
  useEffect(() => {
    if (wanted && tools === null && mayLoad()) void loadMathematics();
  }, [wanted, tools]);
  return tools;
}
