import { type RefCallback, useCallback, useLayoutEffect, useRef } from 'react';

/**
 * Keeps the focus in the views pane when its line is moved or goes: on the line where that is still there,
 * else on the line of the view that is shown.
 * @param changes what the lines are made from; looked at whenever it is another
 * @param current the view that is shown: where its line goes, another is shown only after that
 * @returns the ref of the element around the lines
 */
export function useKeptFocus(changes: unknown, current: string): RefCallback<HTMLElement> {
  const pane = useRef<HTMLElement | null>(null);
  const focused = useRef<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a line goes only with such a change
  useLayoutEffect(() => {
    if (focused.current === null || !isLost()) return;
    const lines = [...(pane.current?.querySelectorAll<HTMLElement>('[data-view]') ?? [])];
    const own = lines.find((line) => line.dataset['view'] === focused.current);
    (own ?? lines.find((line) => line.ariaCurrent === 'page'))?.focus();
  }, [changes, current]);

  return useCallback((element) => {
    if (element === null) return;
    pane.current = element;
    // Not React's own: it hears nothing while it draws, which is when a dialog that closes gives the focus back.
    const listening = new AbortController();
    const { signal } = listening;
    element.addEventListener('focusin', ({ target }) => (focused.current = viewOf(target)), { signal });
    element.addEventListener(
      'focusout',
      ({ target, relatedTarget }) => {
        if (relatedTarget !== null) focused.current = null;
        // A line that is moved or goes is left without anything being focused instead; put right by then, above.
        else {
          queueMicrotask(() => {
            if (target instanceof Element && target.isConnected && isLost()) focused.current = null;
          });
        }
      },
      { signal },
    );
    return () => {
      listening.abort();
      pane.current = null;
    };
  }, []);
}

/** The view whose line holds an element; null outside the lines. */
function viewOf(target: EventTarget | null): string | null {
  const around = target instanceof Element ? target.closest('.view-line, .tag-item') : null;
  return around?.querySelector<HTMLElement>('[data-view]')?.dataset['view'] ?? null;
}

function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
