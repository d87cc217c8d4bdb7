import { type ComponentType, type ReactNode, useLayoutEffect, useState } from 'react';
import { useSession } from '../frame/session-context.ts';

/** A dialog whose code is not part of the first screen's. */
export interface LazyDialog<P> {
  (props: P): ReactNode;
  /** Loads its code, so that it opens at once. What cannot be had is asked for again when it is opened. */
  preload(): Promise<void>;
}

const onTheirWay = new Set<object>();

/** What was typed for the dialog on its way, and whether Enter ended it. */
let typed = '';
let isEntered = false;

/** True while a dialog has been asked for and its code is not there yet: keys are meant for it, and for nothing else. */
export function isDialogOnItsWay(): boolean {
  return onTheirWay.size > 0;
}

/**
 * Keeps a letter, or Enter, that was typed for the dialog on its way. The text field that it comes up with begins with
 * the letters, and hears Enter after them; what was typed after that had another aim, and goes nowhere.
 * @param key a letter, or `Enter`
 */
export function typeOnItsWay(key: string): void {
  if (isEntered) return;
  if (key === 'Enter') isEntered = true;
  else typed += key;
}

function forgetTyped(): void {
  typed = '';
  isEntered = false;
}

function giveTyped(): void {
  const field = document.activeElement;
  const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  // Deprecated, and still the only way that is heard of and can be undone as if it had been typed there.
  if (typed !== '' && isField) document.execCommand('insertText', false, typed);
  // When the dialog has answered the letters, which it does once this step is over.
  const enter = new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true });
  if (isEntered && isField) setTimeout(() => field.dispatchEvent(enter));
  forgetTyped();
}

/**
 * A dialog whose code is loaded when it is first opened. Where it cannot be had (the server that the page
 * came from is gone), the reader is told, and the next opening tries again.
 * @param load gives the component
 * @param holdsKeys false where keys mean the same before it is there, because they go by the state and not by it
 */
export function lazyDialog<P extends { onClose(): void }>(
  load: () => Promise<ComponentType<P>>,
  holdsKeys = true,
): LazyDialog<P> {
  let loaded: ComponentType<P> | null = null;
  const preload = async () => {
    loaded ??= await load();
  };
  function Shown(props: P) {
    const { session } = useSession();
    const [Component, setComponent] = useState(() => loaded);

    // Ends in the very step in which the dialog comes up: no key falls between the two.
    // biome-ignore lint/correctness/useExhaustiveDependencies: loaded once, whatever the dialog is given
    useLayoutEffect(() => {
      if (Component) {
        giveTyped();
        return;
      }
      forgetTyped();
      let gone = false;
      const way = {};
      if (holdsKeys) onTheirWay.add(way);
      preload().then(
        () => {
          if (!gone) setComponent(() => loaded);
        },
        () => {
          if (gone) return;
          props.onClose();
          session.toasts.show('error', 'This part of the window could not be loaded. Is Offprint still running?');
        },
      );
      return () => {
        onTheirWay.delete(way);
        gone = true;
      };
    }, [Component]);

    return Component && <Component {...props} />;
  }
  return Object.assign(Shown, { preload: () => preload().catch(() => {}) });
}
