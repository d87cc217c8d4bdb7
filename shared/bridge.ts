import type { Transport } from './client.ts';

/** The property of `window` under which the preload script puts the {@link Bridge}. */
export const bridgeName = 'offprint';

/** What the preload script gives the page of the desktop window, and all that it gives. */
export type Bridge = Transport;
