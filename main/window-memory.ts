import type { Handlers } from '../shared/contract.ts';
import type { Remembered } from '../shared/window-calls.ts';

/** Windows of which is remembered what they showed. */
const mostWindows = 50;

/** Remembers in memory what windows show, for as long as the library is open. */
export function windowMemory(): Pick<Handlers, 'window.remember' | 'window.remembered'> {
  const windows = new Map<string, Remembered>();
  return {
    async 'window.remember'({ window, shown }) {
      // Put last, so that those that nobody has heard of for longest are forgotten.
      windows.delete(window);
      windows.set(window, shown);
      for (const [first] of windows) if (windows.size > mostWindows) windows.delete(first);
      return {};
    },
    'window.remembered': async ({ window }) => ({ shown: windows.get(window) ?? null }),
  };
}
