import { app, type Session, session } from 'electron';
import { appOrigin, isAppAddress } from './app-address.ts';
import { guardDevices } from './guard-devices.ts';

/**
 * The one permission the window has: to put text on the clipboard, which "Copy" needs. Chromium
 * asks for it too when the copy comes from the menu.
 */
const copyText = 'clipboard-sanitized-write';

/**
 * Denies what a page may ask of a session: permissions, devices, downloads, and any request that
 * leaves the program.
 */
function guard(session: Session): void {
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
    callback({ cancel: !isAppAddress(details.url) && !isDeveloperTools(details.url) });
  });
  keepSpellingOffline(session);
}

/** Chromium's developer tools, which are there only in a program that is not installed. */
function isDeveloperTools(address: string): boolean {
  return !app.isPackaged && address.startsWith('devtools://devtools/');
}

/**
 * Outside macOS, Chromium fetches its spelling dictionaries from a server as soon as a language is
 * set, which by default it is. Offprint uses no network, so there is no language, and no server.
 */
function keepSpellingOffline(session: Session): void {
  if (process.platform === 'darwin') return;
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerDictionaryDownloadURL(`${appOrigin}/dictionaries/`);
}

/**
 * Guards every session that the program will ever make. The default one is also asked for by name,
 * so that it does not depend on being announced.
 */
export function guardAllSessions(): void {
  const guarded = new WeakSet<Session>();
  const guardOnce = (made: Session) => {
    if (guarded.has(made)) return;
    guarded.add(made);
    guard(made);
  };
  app.on('session-created', guardOnce);
  void app.whenReady().then(() => guardOnce(session.defaultSession));
}
