import { type Client, makeClient } from '../../shared/client.ts';
import { httpTransport } from './http.ts';
import { ipcTransport } from './ipc.ts';

/** Connects the page to its library: through the preload script in the desktop window, else over HTTP. */
export function connect(): Client {
  const transport =
    ipcTransport(window) ??
    httpTransport({
      fetch: (input, init) => fetch(input, init),
      EventSource,
      isHidden: goingOrHidden(),
      later: (task, milliseconds) => {
        const timer = setTimeout(task, milliseconds);
        return () => clearTimeout(timer);
      },
    });
  return makeClient(transport);
}

/** Tells whether the page is in the background or going away, which it is told before it counts as hidden. */
function goingOrHidden(): () => boolean {
  let isGoing = false;
  window.addEventListener('pagehide', () => {
    isGoing = true;
  });
  window.addEventListener('pageshow', () => {
    isGoing = false;
  });
  return () => isGoing || document.visibilityState === 'hidden';
}
