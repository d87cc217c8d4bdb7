import { protocol } from 'electron';
import { appScheme } from './app-address.ts';

/**
 * Declares `app://` to Chromium, which must happen before the program is ready. Standard gives it
 * an origin and relative addresses, secure makes it a secure context; every other privilege
 * (skipping the Content-Security-Policy, service workers, extensions) is left off.
 */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}
