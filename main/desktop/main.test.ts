import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Bridge } from '../../shared/bridge.ts';
import { type Client, makeClient } from '../../shared/client.ts';
import { contentSecurityPolicy } from '../../shared/content-security-policy.ts';
import type * as Double from './electron-double.ts';

let folder: string;
let dataFolder: string;
let electron: typeof Double;
const argv = process.argv;
const platform = Object.getOwnPropertyDescriptor(process, 'platform') ?? {};
let written: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-main-'));
  dataFolder = join(folder, 'data');
  mkdirSync(join(folder, 'program/out/renderer'), { recursive: true });
  mkdirSync(join(folder, 'program/resources'));
  writeFileSync(join(folder, 'program/out/renderer/index.html'), '<!doctype html>');
  const capture = resolve(import.meta.dirname, '../../resources/daily-papers.txt');
  copyFileSync(capture, join(folder, 'program/resources/daily-papers.txt'));
  written = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
  vi.resetModules();
  // Anew for each test: a program starts once.
  vi.doMock('electron', () => import('./electron-double.ts'));
  electron = await import('./electron-double.ts');
  electron.app.appPath = join(folder, 'program');
});

afterEach(() => {
  process.argv = argv;
  Object.defineProperty(process, 'platform', platform);
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the program as Electron does: the main file first, then `ready`. */
async function start(dataDir = dataFolder): Promise<void> {
  process.argv = ['electron', '.', '--data-dir', dataDir];
  await import('./main.ts');
  electron.app.becomeReady();
}

async function theWindow(): Promise<Double.BrowserWindow> {
  const window = await vi.waitUntil(() => electron.BrowserWindow.all()[0], { timeout: 20_000 });
  await vi.waitUntil(() => window.page, { timeout: 20_000 });
  return window;
}

/** The page of a window: what the preload script gives it, joined to the program by IPC. */
async function pageOf(window: Double.BrowserWindow): Promise<Client> {
  const { webContents } = window;
  electron.ipcRenderer.answer = (channel, ...args) =>
    electron.ipcMain.invokeFrom(webContents, webContents.mainFrame, channel, ...args);
  webContents.on('message-to-page', (channel: string, ...args: unknown[]) =>
    electron.ipcRenderer.emit(channel, {}, ...args),
  );
  process.argv = [...argv, ...(window.options.webPreferences?.additionalArguments ?? [])];
  await import('./preload.ts');
  return makeClient(electron.mainWorld.get('offprint') as Bridge);
}

/** Quits as a reader does, with a page that saves when it is asked to. */
async function quit(page: Client): Promise<void> {
  page.on('flush', () => void page.call('session.flushed', { unsaved: 0 }));
  electron.app.quit();
  await vi.waitUntil(() => electron.app.exitCode !== null);
}

test('the program opens its library and its window, is used, and ends in order', async () => {
  await start();
  const window = await theWindow();
  const { app, nativeTheme } = electron;
  expect(app.isSandboxed).toBe(true);
  expect(app.name).toBe('Offprint');
  expect(app.switches.has('host-resolver-rules')).toBe(true);
  expect(app.paths.get('userData')).toBe(join(dataFolder, 'electron'));
  expect(electron.protocol.schemes.map(({ scheme }) => scheme)).toEqual(['app']);
  expect(window.page?.headers.get('Content-Security-Policy')).toBe(contentSecurityPolicy);
  expect(window.webContents.windowOpen?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' });
  const { permissionRequest } = electron.session.defaultSession;
  const granted = vi.fn();
  permissionRequest?.({} as never, 'media', granted, { isMainFrame: true, requestingUrl: 'app://offprint/' });
  expect(granted).toHaveBeenCalledExactlyOnceWith(false);
  for (const asked of ['login', 'select-client-certificate', 'certificate-error']) {
    expect(app.listenerCount(asked), asked).toBe(1);
  }

  const page = await pageOf(window);
  expect((await page.call('library.state', {})).counts.inbox).toBe(55);

  const states: number[] = [];
  page.on('library.changed', ({ state }) => states.push(state.counts.starred));
  const { rows } = await page.call('list.open', { view: 'all', query: '', sort: [], limit: 1 });
  const ids = rows.map((row) => row.id);
  await page.call('papers.mark', { selection: { ids }, change: { starred: true } });
  await vi.waitUntil(() => states.includes(1));

  await page.call('settings.set', { theme: 'dark' });
  await vi.waitUntil(() => nativeTheme.themeSource === 'dark');
  expect(window.background).toBe('#1a1816');

  const commands: string[] = [];
  page.on('command', ({ id }) => commands.push(id));
  const edit = electron.Menu.applicationMenu?.template.find(({ label }) => label === '&Edit');
  const undo = (edit?.submenu as MenuItemConstructorOptions[]).find(({ id }) => id === 'undo');
  undo?.click?.({} as never, undefined, {} as never);
  expect(commands).toEqual(['undo']);

  window.emit('ready-to-show');
  app.emit('second-instance', {}, [], '/', null);
  await vi.waitUntil(() => window.did.includes('focus'));
  window.did.length = 0;
  app.emit('activate', {}, true);
  await vi.waitUntil(() => window.did.includes('focus'));
  expect(electron.BrowserWindow.all()).toHaveLength(1);

  // The machine goes to sleep: the page is asked to save, and the window stays.
  const flushes = vi.fn();
  page.on('flush', flushes);
  electron.powerMonitor.emit('suspend');
  expect(flushes).toHaveBeenCalledOnce();
  expect(window.isDestroyed()).toBe(false);

  // What was written and searched for stands nowhere but in the library.
  const [id = ''] = ids;
  await page.call('note.set', { id, text: 'canary in a note' });
  await page.call('list.open', { view: 'all', query: 'note:canary', sort: [], limit: 1 });
  await expect(page.call('note.set', { id: 'title:00000000', text: 'canary' })).rejects.toThrow(/^(?!.*canary)/);
  expect(electron.traces).toEqual([]);
  expect(window.options.title).toBe('Offprint');

  await quit(page);
  expect(app.exitCode).toBe(0);
  expect(electron.errorBoxes).toEqual([]);
  expect(written).toBe('');

  // The library is closed: its folder can be opened again, and holds what was done.
  const { openLibrary } = await import('../library.ts');
  const library = await openLibrary({ dataFolder, bundledCapture: null, appVersion: '0' });
  expect((await library.handlers['library.state']({})).counts.starred).toBe(1);
  await library.close();
});

test('on macOS, a reader who goes back instead of quitting can close the window, and the program stays', async () => {
  Object.defineProperty(process, 'platform', { ...platform, value: 'darwin' });
  await start();
  const window = await theWindow();
  const page = await pageOf(window);
  let unsaved = 1;
  page.on('flush', () => void page.call('session.flushed', { unsaved }));
  electron.questions.answer = 0;
  electron.app.quit();
  await vi.waitUntil(() => electron.questions.asked.length === 1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(window.isDestroyed()).toBe(false);

  unsaved = 0;
  window.close();
  await vi.waitUntil(() => window.isDestroyed());
  electron.app.emit('activate', {}, false);
  const again = await theWindow();
  expect(again).not.toBe(window);
  expect(electron.app.exitCode).toBeNull();
  again.destroy();
  await vi.waitUntil(() => electron.BrowserWindow.all().length === 0);
  electron.app.quit();
  await vi.waitUntil(() => electron.app.exitCode !== null);
});

test('a page that crashes for good leaves what it had not saved, and that is saved when the program ends', async () => {
  await start();
  const window = await theWindow();
  const page = await pageOf(window);
  const { rows } = await page.call('list.open', { view: 'all', query: '', sort: [], limit: 1 });
  const id = rows[0]?.id ?? '';
  const drafts = [{ id, text: 'half a thought', base: '' }];
  await page.call('drafts.keep', { window: crypto.randomUUID(), drafts });
  window.webContents.crash('oom');
  await vi.waitUntil(() => window.webContents.reloads === 1);
  window.webContents.crash('oom');
  await vi.waitUntil(() => electron.app.exitCode !== null);
  expect(electron.app.exitCode).toBe(0);
  expect(electron.errorBoxes).toEqual([
    { title: 'The window of Offprint keeps crashing', content: expect.stringContaining('saves what you wrote') },
  ]);
  expect(electron.questions.asked).toEqual([]);

  const { openLibrary } = await import('../library.ts');
  const library = await openLibrary({ dataFolder, bundledCapture: null, appVersion: '0' });
  expect((await library.handlers['paper.get']({ id, query: '' })).note).toBe('half a thought');
  await library.close();
});

test('a second start tells the first and ends, touching nothing', async () => {
  electron.app.givesLock = false;
  await start();
  expect(electron.app.exitCode).toBe(0);
  expect(electron.BrowserWindow.all()).toEqual([]);
  expect(electron.protocol.handlers.size).toBe(0);
});

test('a folder that another Offprint holds is an error that names its process', async () => {
  const { openLibrary } = await import('../library.ts');
  const holder = await openLibrary({ dataFolder, bundledCapture: null, appVersion: '0' });
  await start();
  await vi.waitUntil(() => electron.app.exitCode !== null, { timeout: 20_000 });
  expect(electron.app.exitCode).toBe(1);
  expect(electron.errorBoxes[0]?.content).toContain(String(process.pid));
  expect(written).toContain(String(process.pid));
  expect(electron.BrowserWindow.all()).toEqual([]);
  await holder.close();
});

test('a folder that another Offprint serves is opened in the browser, at its address', async () => {
  const { openLibrary } = await import('../library.ts');
  const { sayAddress } = await import('../store/folder-lock.ts');
  const holder = await openLibrary({ dataFolder, bundledCapture: null, appVersion: '0', host: 'serve' });
  const address = 'http://127.0.0.1:4711/?token=abc';
  sayAddress(holder.dataFolder, address);
  const said = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  await start();
  await vi.waitUntil(() => electron.app.exitCode !== null, { timeout: 20_000 });
  expect(electron.app.exitCode).toBe(0);
  expect(electron.openedOutside).toEqual([address]);
  expect(electron.errorBoxes).toEqual([]);
  expect(String(said.mock.calls[0]?.[0])).toMatch(/^Offprint is running already \(process \d+\).*browser/);
  sayAddress(holder.dataFolder, null);
  await holder.close();
});

test('a data folder that cannot be is an error that names it, before anything else happens', async () => {
  const file = join(folder, 'a file');
  writeFileSync(file, '');
  await start(file);
  expect(electron.app.exitCode).toBe(1);
  expect(electron.errorBoxes[0]?.content).toContain(file);
});

test('an installed program that is started with a switch of Chromium’s ends before anything else happens', async () => {
  electron.app.isPackaged = true;
  process.argv = ['offprint', '--remote-debugging-port=9222', '--data-dir', dataFolder];
  await import('./main.ts');
  expect(electron.app.exitCode).toBe(1);
  expect(electron.app.isSandboxed).toBe(false);
  expect(existsSync(dataFolder)).toBe(false);
});

test('a program that was not built says so', async () => {
  rmSync(join(folder, 'program/out'), { recursive: true });
  await start();
  await vi.waitUntil(() => electron.app.exitCode !== null);
  expect(electron.app.exitCode).toBe(1);
  expect(electron.errorBoxes[0]?.content).toContain('npm run build');
});
