import { app, type Session, session } from 'electron';
import { isAppAddress } from './app-address.ts';
import { guardDevices } from './guard-devices.ts';
import { asksForDictionary, quietSpelling } from './spelling.ts';

/**
 * The one permission the window has: to put text on the clipboard, which "Copy" needs. Chromium
 * asks for it too when the copy comes from the menu.
 */
const copyText = 'clipboard-sanitized-write';

/**
 * Denies what a page may ask of a session: permissions, devices, downloads, and any request that
 * leaves the program.
 * @param fetchesDictionaries true where Chromium itself may fetch spelling dictionaries
 */
function guard(session: Session, fetchesDictionaries: boolean): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(permission === copyText && details.isMainFrame && isAppAddress(details.requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin, details) =>
      permission === copyText && details.isMainFrame && isAppAddress(requestingOrigin),
  );
  guardDevices(session);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, callback) => {
    const isAllowed =
      isAppAddress(details.url) || isDeveloperTools(details.url) || (fetchesDictionaries && asksForDictionary(details));
    callback({ cancel: !isAllowed });
  });
  quietSpelling(session, fetchesDictionaries);
}

/** Chromium's developer tools, which are there only in a program that is not installed. */
function isDeveloperTools(address: string): boolean {
  return !app.isPackaged && address.startsWith('devtools://devtools/');
}

/**
 * Guards every session that the program will ever make. The default one is also asked for by name,
 * so that it does not depend on being announced.
 * @param fetchesDictionaries says whether Chromium itself may fetch spelling dictionaries; asked when there is a session
 */
export function guardAllSessions(fetchesDictionaries: () => boolean): void {
  const guarded = new WeakSet<Session>();
  const guardOnce = (made: Session) => {
    if (guarded.has(made)) return;
    guarded.add(made);
    guard(made, fetchesDictionaries());
  };
  app.on('session-created', guardOnce);
  void app.whenReady().then(() => guardOnce(session.defaultSession));
}
