import { beforeEach, describe, expect, test, vi } from 'vitest';
import { app, openedOutside } from './electron-double.ts';
import { FakeWebContents, preventable } from './electron-double-window.ts';
import { guardAllContents } from './guard-contents.ts';

vi.mock('electron', () => import('./electron-double.ts'));

let contents: FakeWebContents;

beforeEach(() => {
  app.removeAllListeners();
  openedOutside.length = 0;
  guardAllContents();
  contents = new FakeWebContents();
  app.emit('web-contents-created', {}, contents);
});

/** What Electron does when a page asks to go elsewhere; true when it may. */
function navigate(url: string, isMainFrame = true): boolean {
  const first = preventable({ url, isMainFrame });
  contents.emit('will-frame-navigate', first);
  if (first.defaultPrevented) return false;
  if (!isMainFrame) return true;
  const second = preventable({ url, isMainFrame });
  contents.emit('will-navigate', second);
  return !second.defaultPrevented;
}

test('a page cannot leave, and a plain link opens once, outside', () => {
  expect(navigate('https://example.org/')).toBe(false);
  expect(openedOutside).toEqual(['https://example.org/']);
});

test.each([
  'file:///etc/passwd',
  'javascript:alert(1)',
  'app://offprint/other.html',
  // Loading the page anew is a navigation, too, and only the program does it.
  'app://offprint/index.html',
  'app://offprint.evil.example/',
  'blob:app://offprint/6f9619ff-8b86-d011-b42d-00cf4fc964ff',
  'view-source:https://example.org/',
  'chrome://gpu',
  'devtools://devtools/bundled/inspector.html',
  'about:blank',
  'data:text/html,x',
])('a page cannot go to %s, nor does the system', (url) => {
  expect(navigate(url)).toBe(false);
  expect(openedOutside).toEqual([]);
});

test('a frame within the page cannot go anywhere, nor open the browser', () => {
  expect(navigate('https://example.org/', false)).toBe(false);
  expect(openedOutside).toEqual([]);
});

describe('each of these is prevented', () => {
  test.each(['will-redirect', 'will-attach-webview'])('%s', (name) => {
    const event = preventable({ url: 'https://example.org/' });
    contents.emit(name, event, {}, {});
    expect(event.defaultPrevented).toBe(true);
  });
});

test('no window is opened; the link goes to the browser', () => {
  expect(contents.windowOpen?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' });
  expect(contents.windowOpen?.({ url: 'file:///etc/passwd' })).toEqual({ action: 'deny' });
  expect(openedOutside).toEqual(['https://example.org/']);
});

test('a window that came of a page all the same does not stay', () => {
  const child = { destroy: vi.fn() };
  contents.emit('did-create-window', child, { url: 'about:blank' });
  expect(child.destroy).toHaveBeenCalledOnce();
});

test('no Bluetooth device is handed to it', () => {
  const event = preventable();
  const callback = vi.fn();
  contents.emit('select-bluetooth-device', event, [{ deviceId: 'first' }], callback);
  expect(event.defaultPrevented).toBe(true);
  expect(callback).toHaveBeenCalledExactlyOnceWith('');
});

test('no address is found out by opening a call', () => {
  expect(contents.webRtcPolicy).toBe('disable_non_proxied_udp');
});
