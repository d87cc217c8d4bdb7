import type { ReactNode } from 'react';
import { useSession } from '../frame/session-context.ts';

/** Lets the key of Undo work in a dialog that has no text to be typed into: the window's own keys rest under it. */
export function WithUndoKey({ children }: { children: ReactNode }) {
  const { session } = useSession();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key of what Undo does for the buttons within
    <div
      onKeyDown={(event) => {
        if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
        event.preventDefault();
        void session.undo();
      }}
    >
      {children}
    </div>
  );
}
