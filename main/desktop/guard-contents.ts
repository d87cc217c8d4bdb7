import { app, type WebContents } from 'electron';
import { guardBluetooth } from './guard-devices.ts';
import { openOutside } from './open-external.ts';

/**
 * Keeps one page where it is: it cannot navigate, be redirected, open a window or attach a
 * webview, in any of its frames. A link that leads out opens in the reader's browser instead.
 */
function guard(contents: WebContents): void {
  contents.on('will-frame-navigate', (event) => {
    // The main frame is left to `will-navigate`, which follows, so that a link opens once.
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-navigate', (event) => {
    event.preventDefault();
    openOutside(event.url);
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
  // None comes of a page's own wish, by the handler above; should one all the same, it does not stay.
  contents.on('did-create-window', (child) => child.destroy());
  guardBluetooth(contents);
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** Guards every page that the program will ever make, whoever makes it. */
export function guardAllContents(): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
}
