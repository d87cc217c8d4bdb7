import { type FocusEvent, useLayoutEffect, useRef } from 'react';

/**
 * Keeps the focus in the views pane when its line is moved or goes: on the line where that is still there,
 * else on the line of the view that is shown.
 * @param changes what the lines are made from; looked at whenever it is another
 * @returns what the element around the lines takes
 */
export function useKeptFocus(changes: unknown) {
  const pane = useRef<HTMLElement>(null);
  const focused = useRef<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a line goes only with such a change
  useLayoutEffect(() => {
    if (focused.current === null || !isLost()) return;
    const lines = [...(pane.current?.querySelectorAll<HTMLElement>('[data-view]') ?? [])];
    const own = lines.find((line) => line.dataset['view'] === focused.current);
    (own ?? lines.find((line) => line.ariaCurrent === 'page'))?.focus();
  }, [changes]);

  return {
    ref: pane,
    onFocus: ({ target }: FocusEvent) => {
      const line = target.closest('.view-line, .tag-item')?.querySelector<HTMLElement>('[data-view]');
      focused.current = line?.dataset['view'] ?? null;
    },
    onBlur: ({ target, relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null) focused.current = null;
      // A line that is moved or goes is left without anything being focused instead; put right by then, above.
      else {
        queueMicrotask(() => {
          if (target.isConnected && isLost()) focused.current = null;
        });
      }
    },
  };
}

function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
