import type * as Electron from 'electron';
import { beforeAll, expect, test, vi } from 'vitest';
import { app, partitions } from './electron-double.ts';
import { FakeSession } from './electron-double-session.ts';
import { guardAllSessions } from './guard-sessions.ts';
import { openUpdateSession, updatePartition } from './update-session.ts';

vi.mock('electron', () => import('./electron-double.ts'));

let session: FakeSession;

beforeAll(() => {
  app.becomeReady();
  guardAllSessions(() => false);
  openUpdateSession(['releases.example.org']);
  const made = partitions.get('electron-updater');
  if (made === undefined) throw new Error('there is no session of that name');
  expect(made.options).toEqual({ cache: false });
  ({ session } = made);
});

function isCancelled(url: string, method = 'GET', within = session): boolean | undefined {
  let response: Electron.CallbackResponse = {};
  const details = { url, method } as Electron.OnBeforeRequestListenerDetails;
  within.beforeRequest?.(details, (answer) => (response = answer));
  return response.cancel;
}

test('it is the session that electron-updater fetches in, and in memory', async () => {
  const { NET_SESSION_NAME } = await import('electron-updater/out/electronHttpExecutor.js');
  expect(updatePartition).toBe(NET_SESSION_NAME);
  expect(updatePartition).not.toMatch(/^persist:/);
});

test('it may read from the feed', () => {
  expect(isCancelled('https://releases.example.org/latest.yml')).toBe(false);
  expect(isCancelled('https://releases.example.org/a.exe', 'HEAD')).toBe(false);
});

test.each([
  ['GET', 'http://releases.example.org/latest.yml'],
  ['GET', 'https://elsewhere.example.org/latest.yml'],
  ['GET', 'https://releases.example.org:8443/latest.yml'],
  ['POST', 'https://releases.example.org/latest.yml'],
  ['GET', 'file:///etc/passwd'],
  ['GET', 'app://offprint/index.html'],
])('it may not %s %s', (method, url) => {
  expect(isCancelled(url, method)).toBe(true);
});

test('it says nothing of the reader', () => {
  let sent: Electron.BeforeSendResponse = {};
  const requestHeaders = {
    Accept: '*/*',
    'accept-encoding': 'gzip',
    'Accept-Language': 'de-DE',
    Authorization: 'x',
    'Cache-Control': 'no-cache',
    Cookie: 'a=b',
    'If-None-Match': '"seen"',
    Range: 'bytes=0-1',
    Referer: 'app://offprint/',
    'Sec-CH-UA-Platform': 'Linux',
    'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Offprint/1.2.3 Electron/45.4.1',
    'x-user-staging-id': '12345678-1234-1234-1234-123456789abc',
  };
  const details = { requestHeaders } as unknown as Electron.OnBeforeSendHeadersListenerDetails;
  session.beforeSendHeaders?.(details, (answer) => (sent = answer));
  expect(sent).toEqual({
    requestHeaders: {
      Accept: '*/*',
      'accept-encoding': 'gzip',
      'Cache-Control': 'no-cache',
      Range: 'bytes=0-1',
      'User-Agent': 'Offprint',
    },
  });
});

test('it is guarded like any other for the rest', () => {
  expect(session.permissionRequest).not.toBeNull();
  expect(session.listenerCount('will-download')).toBe(1);
  expect(session.spellCheckerEnabled).toBe(false);
});

test('no other session may ask the feed', () => {
  const other = new FakeSession();
  app.emit('session-created', other);
  expect(isCancelled('https://releases.example.org/latest.yml', 'GET', other)).toBe(true);
});
