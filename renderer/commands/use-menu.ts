import { useEffect } from 'react';
import type { Session } from '../state/session.ts';
import { unavailable } from './available.ts';
import { isTyping } from './typing.ts';

/** Tells the program's own menu what can be done in the window now, whenever that changes. A browser has no such menu. */
export function useMenu(session: Session): void {
  useEffect(() => {
    let told = '';
    let isDue = false;

    function tell(): void {
      isDue = false;
      const state = session.store.get();
      if (state.host.kind !== 'desktop' || state.phase !== 'ready') return;
      const { activeElement } = document;
      const editing = isTyping(activeElement) && !(activeElement instanceof HTMLSelectElement);
      const now = { unavailable: unavailable(state), editing };
      const text = JSON.stringify(now);
      if (text === told) return;
      told = text;
      // A menu that has heard nothing offers all there is, which does no harm.
      session.client.call('menu.follow', now).catch(() => {});
    }

    // Once for all that changes in one go, and when the focus is where it is to be.
    function later(): void {
      if (isDue) return;
      isDue = true;
      queueMicrotask(tell);
    }

    const unsubscribe = session.store.subscribe(later);
    document.addEventListener('focusin', later);
    document.addEventListener('focusout', later);
    return () => {
      unsubscribe();
      document.removeEventListener('focusin', later);
      document.removeEventListener('focusout', later);
    };
  }, [session]);
}
