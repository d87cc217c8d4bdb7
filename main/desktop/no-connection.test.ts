import dgram from 'node:dgram';
import dns from 'node:dns';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type * as Electron from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Client, makeClient } from '../../shared/client.ts';
import type { Outcome } from '../../shared/outcome.ts';
import { callChannel } from './channels.ts';
import type * as Double from './electron-double.ts';

// The whole program with a double in the place of Electron: what Chromium would be allowed, and what our own process
// does. That Chromium keeps to it is for the tests with the real Electron to show.

let folder: string;
let electron: typeof Double;
/** Everything by which the main process itself could reach somebody. */
let reaching: Record<string, ReturnType<typeof vi.spyOn>>;
let loaded: string[];
const { argv, resourcesPath } = process;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-no-connection-'));
  const resources = join(folder, 'resources');
  mkdirSync(join(folder, 'app/out/renderer'), { recursive: true });
  mkdirSync(resources);
  writeFileSync(join(folder, 'app/out/renderer/index.html'), '<!doctype html>');
  copyFileSync(resolve(import.meta.dirname, '../../resources/daily-papers.txt'), join(resources, 'daily-papers.txt'));
  writeFileSync(join(resources, 'app-update.yml'), 'provider: generic\nurl: https://releases.example.org/\n');
  Object.assign(process, { resourcesPath: resources });
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  reaching = {
    connect: vi.spyOn(Socket.prototype, 'connect'),
    lookup: vi.spyOn(dns, 'lookup'),
    send: vi.spyOn(dgram.Socket.prototype, 'send'),
    fetch: vi.spyOn(globalThis, 'fetch'),
  };
});

afterEach(() => {
  Object.assign(process, { argv, resourcesPath });
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the program as it is when it is installed. Its page, as the window has it. */
async function start(): Promise<Client> {
  vi.resetModules();
  loaded = [];
  vi.doMock('electron', () => import('./electron-double.ts'));
  vi.doMock('./update-engine.ts', () => {
    loaded.push('update-engine');
    return { fetchIn: () => {}, openUpdateEngine: async () => ({ installs: false, look: async () => null }) };
  });
  electron = await import('./electron-double.ts');
  Object.assign(electron.app, { appPath: join(folder, 'app'), isPackaged: true });
  process.argv = ['offprint', '--data-dir', join(folder, 'data')];
  await import('./main.ts');
  electron.app.becomeReady();
  const window = await vi.waitUntil(() => electron.BrowserWindow.all()[0], { timeout: 20_000 });
  await vi.waitUntil(() => window.page, { timeout: 20_000 });
  const { webContents } = window;
  return makeClient({
    call: (name, input) =>
      electron.ipcMain.invokeFrom(webContents, webContents.mainFrame, callChannel, name, input) as Promise<
        Outcome<unknown>
      >,
    on: () => () => {},
  });
}

async function quit(page: Client): Promise<void> {
  const [window] = electron.BrowserWindow.all();
  window?.webContents.on('message-to-page', (_channel: string, event: string) => {
    if (event === 'flush') void page.call('session.flushed', { unsaved: 0 });
  });
  electron.app.quit();
  await vi.waitUntil(() => electron.app.exitCode !== null, { timeout: 20_000 });
}

/** What a reader does in a session. */
async function work(page: Client): Promise<void> {
  const { rows } = await page.call('list.open', { view: 'inbox', query: '', sort: [], limit: 3 });
  const [{ id = '' } = {}] = rows;
  await page.call('paper.get', { id, query: '' });
  await page.call('note.set', { id, text: 'See [this](https://example.org/) and ![that](https://example.org/a.png)' });
  await page.call('papers.mark', { selection: { ids: [id] }, change: { status: 'read', addTags: ['ml'] } });
  await page.call('list.open', { view: 'all', query: 'note:this', sort: [], limit: 3 });
  await page.call('settings.set', { theme: 'dark' });
  await page.call('history.undo', {});
  for (const call of ['updates.state', 'updates.check', 'updates.fetch', 'updates.install'] as const) {
    await page.call(call, {});
  }
}

function asks(session: InstanceType<typeof Object>, url: string): boolean {
  let response: Electron.CallbackResponse = { cancel: true };
  const { beforeRequest } = session as typeof electron.session.defaultSession;
  const details = { url, method: 'GET', resourceType: 'xhr' } as Electron.OnBeforeRequestListenerDetails;
  beforeRequest?.(details, (answer) => (response = answer));
  return response.cancel !== true;
}

const outside = [
  'https://releases.example.org/latest.yml',
  'https://redirector.gvt1.com/edgedl/chrome/dict/en-gb-10-1.bdic',
  'https://example.org/a.png',
  'http://127.0.0.1:80/',
  'wss://example.org/',
];

function expectNobodyAsked(): void {
  for (const [name, spy] of Object.entries(reaching)) expect([name, spy.mock.calls]).toEqual([name, []]);
  const { defaultSession } = electron.session;
  expect(outside.filter((address) => asks(defaultSession, address))).toEqual([]);
  expect(asks(defaultSession, 'app://offprint/index.html')).toBe(true);
}

test('a session of ordinary use opens no connection, and loads nothing that would', async () => {
  const page = await start();
  await work(page);
  expect(electron.app.switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
  expect(electron.app.switches.has('no-proxy-server')).toBe(true);
  expect(await page.call('updates.state', {})).toEqual({ kind: 'off' });
  expect([loaded, [...electron.partitions.keys()]]).toEqual([[], []]);
  if (process.platform !== 'darwin') expect(electron.session.defaultSession.spellCheckerLanguages).toEqual([]);
  expectNobodyAsked();
  await quit(page);
  expect(existsSync(join(folder, 'data/electron/network.json'))).toBe(false);
  expectNobodyAsked();
});

test('what the reader turns on has the network from the next start on, and the window has it never', async () => {
  let page = await start();
  await page.call('settings.set', { updates: true });
  await vi.waitUntil(() => existsSync(join(folder, 'data/electron/network.json')));
  expect(await page.call('updates.check', {})).toEqual({ kind: 'next-start' });
  expect(loaded).toEqual([]);
  expectNobodyAsked();
  await quit(page);

  page = await start();
  const rules = 'MAP * ~NOTFOUND, EXCLUDE releases.example.org';
  expect(electron.app.switches.get('host-resolver-rules')).toBe(rules);
  expect(await page.call('updates.state', {})).toEqual({ kind: 'current', checkedAt: null });
  await work(page);
  expect(loaded).toEqual(['update-engine']);
  const updater = electron.partitions.get('electron-updater')?.session ?? {};
  expect(outside.filter((address) => asks(updater, address))).toEqual(['https://releases.example.org/latest.yml']);
  expectNobodyAsked();

  await page.call('settings.set', { updates: false });
  await vi.waitUntil(() => !existsSync(join(folder, 'data/electron/network.json')));
  expect(await page.call('updates.check', {})).toEqual({ kind: 'off' });
  await quit(page);
  const logged = readFileSync(join(folder, 'data/logs/offprint.log'), 'utf8');
  expect(logged).toContain('"event":"network"');
  expect(logged).not.toContain('example.org');
});
