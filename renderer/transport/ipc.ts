import { type Bridge, bridgeName } from '../../shared/bridge.ts';
import type { Transport } from '../../shared/client.ts';

/**
 * The transport of the desktop window: what its preload script put on the page.
 * @param page the page's `window`
 * @returns null when there is no preload script, that is, in a browser
 */
export function ipcTransport(page: object): Transport | null {
  const bridge: unknown = Reflect.get(page, bridgeName);
  return isBridge(bridge) ? bridge : null;
}

/** True in the desktop window: by what the preload script put there, and not by the address, which says less. */
export function isDesktop(page: object = window): boolean {
  return ipcTransport(page) !== null;
}

function isBridge(value: unknown): value is Bridge {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'call') === 'function' &&
    typeof Reflect.get(value, 'on') === 'function'
  );
}
