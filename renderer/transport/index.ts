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
      isHidden: () => document.visibilityState === 'hidden',
      later: (task, milliseconds) => {
        const timer = setTimeout(task, milliseconds);
        return () => clearTimeout(timer);
      },
    });
  return makeClient(transport);
}
