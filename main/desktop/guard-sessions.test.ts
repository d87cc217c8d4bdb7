import type * as Electron from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { app } from './electron-double.ts';
import { FakeSession } from './electron-double-session.ts';
import { preventable } from './electron-double-window.ts';
import { guardAllSessions } from './guard-sessions.ts';

vi.mock('electron', () => import('./electron-double.ts'));

let session: FakeSession;
let mayFetch = false;

beforeEach(() => {
  app.removeAllListeners();
  guardAllSessions(() => mayFetch);
  session = new FakeSession();
  app.emit('session-created', session);
});

test('the default session is guarded, announced or not, and once', async () => {
  vi.resetModules();
  vi.doMock('electron', () => import('./electron-double.ts'));
  const electron = await import('./electron-double.ts');
  const { guardAllSessions: guardAll } = await import('./guard-sessions.ts');
  const { defaultSession } = electron.session;
  guardAll(() => false);
  electron.app.becomeReady();
  await electron.app.whenReady();
  expect(defaultSession.permissionRequest).not.toBeNull();
  electron.app.emit('session-created', defaultSession);
  expect(defaultSession.listenerCount('will-download')).toBe(1);
});

/** Every permission that Electron knows, but for the one that the window has: the compiler sees to it that none is missing. */
const denied = {
  ar: true,
  'automatic-fullscreen': true,
  'background-fetch': true,
  'background-sync': true,
  'captured-surface-control': true,
  'clipboard-read': true,
  'deprecated-sync-clipboard-read': true,
  'display-capture': true,
  fileSystem: true,
  fullscreen: true,
  geolocation: true,
  'geolocation-approximate': true,
  'hand-tracking': true,
  hid: true,
  'idle-detection': true,
  keyboardLock: true,
  'local-fonts': true,
  'local-network': true,
  'local-network-access': true,
  'loopback-network': true,
  media: true,
  mediaKeySystem: true,
  midi: true,
  midiSysex: true,
  nfc: true,
  notifications: true,
  openExternal: true,
  'payment-handler': true,
  'periodic-background-sync': true,
  'persistent-storage': true,
  pointerLock: true,
  'screen-wake-lock': true,
  sensors: true,
  serial: true,
  'smart-card': true,
  'speaker-selection': true,
  'storage-access': true,
  'system-wake-lock': true,
  'top-level-storage-access': true,
  unknown: true,
  usb: true,
  vr: true,
  'web-app-installation': true,
  'web-printing': true,
  'window-management': true,
} as const satisfies Record<Exclude<Permission, 'clipboard-sanitized-write'>, true>;

type RequestHandler = NonNullable<FakeSession['permissionRequest']>;
type Permission = Parameters<RequestHandler>[1];

const permissions = Object.keys(denied) as Permission[];

const page = 'app://offprint/index.html';

function request(permission: Permission, requestingUrl = page, isMainFrame = true): boolean | null {
  let granted: boolean | null = null;
  const contents = {} as Electron.WebContents;
  session.permissionRequest?.(contents, permission, (answer) => (granted = answer), { requestingUrl, isMainFrame });
  return granted;
}

function check(permission: Permission, origin = 'app://offprint/', isMainFrame = true): boolean | undefined {
  return session.permissionCheck?.(null, permission, origin, { isMainFrame });
}

describe('permissions', () => {
  test.each(permissions)('%s is denied, asked for or looked up', (permission) => {
    expect(request(permission)).toBe(false);
    expect(check(permission)).toBe(false);
  });

  test('putting text on the clipboard is allowed to our own page and to nobody else', () => {
    expect(request('clipboard-sanitized-write')).toBe(true);
    expect(check('clipboard-sanitized-write')).toBe(true);
    expect(request('clipboard-sanitized-write', 'https://example.org/')).toBe(false);
    expect(check('clipboard-sanitized-write', 'https://example.org/')).toBe(false);
    expect(request('clipboard-sanitized-write', page, false)).toBe(false);
    expect(check('clipboard-sanitized-write', 'app://offprint/', false)).toBe(false);
  });

  test('no device and no screen is handed out', () => {
    expect(session.devicePermission).not.toBeNull();
    expect(session.displayMedia).not.toBeNull();
    for (const kind of ['hid-device', 'usb-device', 'serial-port']) {
      expect(session.listenerCount(`select-${kind}`), kind).toBe(1);
    }
  });
});

test('nothing is downloaded', () => {
  const event = preventable();
  session.emit('will-download', event, {}, {});
  expect(event.defaultPrevented).toBe(true);
});

describe('requests', () => {
  const isCancelled = (url: string) => {
    let response: Electron.CallbackResponse = {};
    session.beforeRequest?.({ url } as Electron.OnBeforeRequestListenerDetails, (answer) => (response = answer));
    return response.cancel;
  };

  test.each([page, 'app://offprint/assets/index.js', 'devtools://devtools/bundled/x.js'])('%s passes', (url) => {
    expect(isCancelled(url)).toBe(false);
  });

  test.each([
    'https://example.org/',
    'http://127.0.0.1:8080/',
    'ws://example.org/',
    'file:///etc/passwd',
    'app://elsewhere/x.js',
    'ftp://example.org/',
    'data:text/html,x',
    'https://app//offprint',
    'app://offprint:8080/x.js',
    'app://someone@offprint/x.js',
    'blob:app://offprint/6f9619ff-8b86-d011-b42d-00cf4fc964ff',
    'chrome-extension://aaaabbbbccccddddeeeeffffgggghhhh/x.js',
    'chrome://gpu',
    'devtools://elsewhere/x.js',
    'stun:example.org',
    'x',
    '',
  ])('%s is stopped', (url) => {
    expect(isCancelled(url)).toBe(true);
  });
});

test('an installed program has no developer tools, and reads nothing for them', () => {
  app.isPackaged = true;
  let response: Electron.CallbackResponse = {};
  const details = { url: 'devtools://devtools/bundled/x.js' } as Electron.OnBeforeRequestListenerDetails;
  session.beforeRequest?.(details, (answer) => (response = answer));
  app.isPackaged = false;
  expect(response.cancel).toBe(true);
});

describe('spelling dictionaries', () => {
  const platform = Object.getOwnPropertyDescriptor(process, 'platform') ?? {};
  const dictionary = 'https://redirector.gvt1.com/edgedl/chrome/dict/en-gb-10-1.bdic';
  const made = (fetches: boolean) => {
    Object.defineProperty(process, 'platform', { ...platform, value: 'linux' });
    mayFetch = fetches;
    const session = new FakeSession();
    app.emit('session-created', session);
    mayFetch = false;
    Object.defineProperty(process, 'platform', platform);
    return session;
  };
  const isCancelled = (session: FakeSession, details: object) => {
    let response: Electron.CallbackResponse = {};
    session.beforeRequest?.(details as Electron.OnBeforeRequestListenerDetails, (answer) => (response = answer));
    return response.cancel;
  };

  test('there is no language, no checking and no server until the reader asks for it', () => {
    const session = made(false);
    expect(session.spellCheckerLanguages).toEqual([]);
    expect(session.spellCheckerEnabled).toBe(false);
    expect(session.dictionaryUrl).toBe('app://offprint/dictionaries/');
    expect(isCancelled(session, { url: dictionary, method: 'GET' })).toBe(true);
  });

  test('then Chromium itself may fetch them, no page may, and nothing else passes', () => {
    const session = made(true);
    expect(session.spellCheckerLanguages).toEqual([]);
    expect(isCancelled(session, { url: dictionary, method: 'GET' })).toBe(false);
    expect(isCancelled(session, { url: dictionary, method: 'GET', webContentsId: 1 })).toBe(true);
    expect(isCancelled(session, { url: 'https://redirector.gvt1.com/', method: 'GET' })).toBe(true);
    expect(isCancelled(session, { url: 'https://example.org/', method: 'GET' })).toBe(true);
  });
});
