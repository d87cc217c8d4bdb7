import type { AskedNavigation } from '../calls.ts';
import { theApp } from './app.ts';
import { lack, loud, preventable } from './loud.ts';
import { answers } from './stage.ts';
import { contentsOf, windowOf } from './window.ts';

// What a page does in Chromium, put to the program in the form in which Electron does.

/** Frames in a page have no preload script and no number of their own: this is any of them. */
const subframe = { parent: {}, url: '', origin: 'null' };

answers.navigate = ({ window, url, isMainFrame }) => {
  const contents = contentsOf(window);
  if (!contents) return false;
  const frame = isMainFrame ? contents.mainFrame : subframe;
  const event = () => preventable({ url, isMainFrame, isSameDocument: false, frame, initiator: frame });
  const anyFrame = event();
  contents.emit('will-frame-navigate', anyFrame);
  if (anyFrame.defaultPrevented || !isMainFrame) return !anyFrame.defaultPrevented;
  const mainFrame = event();
  contents.emit('will-navigate', mainFrame, url);
  return !mainFrame.defaultPrevented;
};

answers.redirect = ({ window, url, isMainFrame }: AskedNavigation) => {
  const event = preventable({ url, isMainFrame, isSameDocument: false });
  contentsOf(window)?.emit('will-redirect', event, url);
  return !event.defaultPrevented;
};

answers.openWindow = ({ window, url, frameName, features, disposition }) => {
  const contents = contentsOf(window);
  if (!contents?.windowOpen) return contents !== null;
  const referrer = { url: '', policy: 'no-referrer' as const };
  const details = { url, frameName, features, disposition: disposition as 'foreground-tab', referrer };
  return contents.windowOpen(details).action === 'allow';
};

answers.permissions = async ({ window, url, asked }) => {
  const contents = contentsOf(window);
  if (!contents) return [];
  const given: string[] = [];
  for (const permission of asked)
    if (await contents.session.permits(contents as unknown as Electron.WebContents, permission, url))
      given.push(permission);
  return given;
};

answers.download = ({ window, url, name }) => {
  const contents = contentsOf(window);
  const event = preventable();
  const item = loud('a download', { getURL: () => url, getFilename: () => name, cancel: () => event.preventDefault() });
  contents?.session.emit('will-download', event, item, contents);
  return !event.defaultPrevented;
};

answers.loading = ({ window }) => void contentsOf(window)?.emit('did-start-loading', {});

answers.painted = ({ window }) => {
  const painted = windowOf(window);
  if (!painted || painted.wasPainted) return;
  painted.wasPainted = true;
  painted.emit('ready-to-show');
};

answers.title = ({ window, title }) => {
  const titled = windowOf(window);
  if (!titled) return;
  const event = preventable();
  titled.webContents.emit('page-title-updated', event, title, true);
  titled.emit('page-title-updated', event, title, true);
  if (!event.defaultPrevented) titled.title = title;
};

answers.contextMenu = ({ window, parameters }) => void contentsOf(window)?.emit('context-menu', {}, parameters);

answers.gone = ({ window, reason }) => {
  const contents = contentsOf(window);
  if (!contents) return;
  contents.isItCrashed = true;
  const details = { reason, exitCode: 5 };
  contents.emit('render-process-gone', {}, details);
  theApp.emit('render-process-gone', {}, contents, details);
};

answers.request = async ({ window, url, method, headers, resourceType, body }) => {
  const contents = contentsOf(window);
  if (!contents) return { kind: 'gone' };
  const { beforeRequest, schemes } = contents.session;
  const details = {
    id: 0,
    url,
    method,
    resourceType: resourceTypes[resourceType] ?? 'other',
    webContentsId: contents.id,
    webContents: contents,
    frame: contents.mainFrame,
    referrer: headers['referer'] ?? '',
    timestamp: Date.now(),
  } as unknown as Electron.OnBeforeRequestListenerDetails;
  const before = await new Promise<Electron.CallbackResponse>((resolve) =>
    beforeRequest ? beforeRequest(details, resolve) : resolve({}),
  );
  if (before.redirectURL !== undefined) lack('redirects by webRequest');
  const handler = schemes.handlers.get(new URL(url).protocol.slice(0, -1));
  // Whatever the program let out: the tests have no network.
  if (before.cancel === true || !handler) return { kind: 'refused' };
  const init: RequestInit = { method, headers };
  if (body !== null) init.body = Buffer.from(body);
  const response = await handler(new Request(url, init));
  return {
    kind: 'answered',
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  };
};

/** Electron's names for what Playwright calls otherwise. */
const resourceTypes: Readonly<Record<string, string>> = {
  document: 'mainFrame',
  stylesheet: 'stylesheet',
  image: 'image',
  script: 'script',
  font: 'font',
  fetch: 'xhr',
  xhr: 'xhr',
  websocket: 'webSocket',
};
