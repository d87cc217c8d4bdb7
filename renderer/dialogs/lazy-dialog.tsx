import { type ComponentType, useEffect, useState } from 'react';
import { useSession } from '../frame/session-context.ts';

/**
 * A dialog whose code is loaded when it is first opened. Where it cannot be had (the server that the page
 * came from is gone), the reader is told, and the next opening tries again.
 * @param load gives the component
 */
export function lazyDialog<P extends { onClose(): void }>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  return function LazyDialog(props: P) {
    const { session } = useSession();
    const [Component, setComponent] = useState(() => loaded);

    // biome-ignore lint/correctness/useExhaustiveDependencies: loaded once, whatever the dialog is given
    useEffect(() => {
      if (loaded) return;
      let gone = false;
      load().then(
        (component) => {
          loaded = component;
          if (!gone) setComponent(() => component);
        },
        () => {
          if (gone) return;
          props.onClose();
          session.toasts.show('error', 'This part of the window could not be loaded. Is Offprint still running?');
        },
      );
      return () => {
        gone = true;
      };
    }, []);

    return Component && <Component {...props} />;
  };
}
