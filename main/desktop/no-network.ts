import { app } from 'electron';

/**
 * Takes the network away from Chromium, below everything else that denies it: no host name and no
 * address resolves, and no proxy is looked for. What a later feature wants to fetch must then be
 * let through here, by name. Must happen before the program is ready.
 */
export function cutOffNetwork(): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('no-proxy-server');
}
