import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Bridge } from '../../shared/bridge.ts';
import { type Client, makeClient } from '../../shared/client.ts';
import type * as Double from './electron-double.ts';

// The whole program with a double in the place of Electron, from what it is asked to open to what its page is given.

let folder: string;
let dataFolder: string;
let electron: typeof Double;
const argv = process.argv;
const platform = Object.getOwnPropertyDescriptor(process, 'platform') ?? {};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offprint opening é-'));
  dataFolder = join(folder, 'data');
  mkdirSync(join(folder, 'program/out/renderer'), { recursive: true });
  mkdirSync(join(folder, 'program/resources'));
  writeFileSync(join(folder, 'program/out/renderer/index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'program/resources/daily-papers.txt'), '');
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  vi.resetModules();
  vi.doMock('electron', () => import('./electron-double.ts'));
  electron = await import('./electron-double.ts');
  electron.app.appPath = join(folder, 'program');
});

afterEach(async () => {
  for (const window of electron.BrowserWindow.all()) window.destroy();
  electron.app.quit();
  await vi.waitUntil(() => electron.app.exitCode !== null, { timeout: 20_000 });
  process.argv = argv;
  Object.defineProperty(process, 'platform', platform);
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, title: string): string {
  const path = join(folder, name);
  writeFileSync(path, `@article{key, title = {${title}}, author = {Opener, Olive}, year = {2020}}\n`);
  return path;
}

async function start(...things: string[]): Promise<void> {
  process.argv = ['electron', '.', '--data-dir', dataFolder, ...things];
  await import('./main.ts');
}

async function theWindow(): Promise<Double.BrowserWindow> {
  const window = await vi.waitUntil(() => electron.BrowserWindow.all()[0], { timeout: 20_000 });
  await vi.waitUntil(() => window.page, { timeout: 20_000 });
  window.emit('ready-to-show');
  return window;
}

async function pageOf(window: Double.BrowserWindow): Promise<Client> {
  const { webContents } = window;
  electron.ipcRenderer.answer = (channel, ...args) =>
    electron.ipcMain.invokeFrom(webContents, webContents.mainFrame, channel, ...args);
  webContents.on('message-to-page', (channel: string, ...args: unknown[]) =>
    electron.ipcRenderer.emit(channel, {}, ...args),
  );
  process.argv = [...argv, ...(window.options.webPreferences?.additionalArguments ?? [])];
  await import('./preload.ts');
  const page = makeClient(electron.mainWorld.get('offprint') as Bridge);
  page.on('flush', () => void page.call('session.flushed', { unsaved: 0 }));
  return page;
}

/** Takes until there is something. */
async function taken(page: Client) {
  return await vi.waitUntil(
    async () => {
      const { requests } = await page.call('opening.take', {});
      return requests.length > 0 ? requests : null;
    },
    { timeout: 20_000 },
  );
}

test('what a start, macOS and a second start ask for comes to the page, each once; files by their preview', async () => {
  const path = write('first é.bib', 'The first of them');
  await start(path, '--', 'offprint://paper/arxiv:2306.12345', '--gone.bib');
  const { app } = electron;
  // macOS asks before the program is ready.
  const prevented = { preventDefault: vi.fn() };
  app.emit('open-url', prevented, 'offprint://search?q=early');
  expect(prevented.preventDefault).toHaveBeenCalledOnce();
  app.becomeReady();
  const window = await theWindow();
  const page = await pageOf(window);

  const requests = await taken(page);
  while (requests.length < 3) requests.push(...(await taken(page)));
  expect(requests).toEqual([
    { kind: 'paper', id: 'arxiv:2306.12345' },
    {
      kind: 'import',
      uploads: [expect.any(String)],
      passedOver: 0,
      failures: [expect.objectContaining({ path: expect.stringContaining('--gone.bib') })],
    },
    { kind: 'search', query: 'early' },
  ]);
  expect((await page.call('opening.take', {})).requests).toEqual([]);

  // Nothing has been read or written until the page goes on.
  expect((await page.call('changes.list', { limit: 10 })).changes).toEqual([]);
  const [, files] = requests;
  if (files?.kind !== 'import') throw new TypeError('not an import');
  const { job } = await page.call('import.begin', { uploads: files.uploads, format: null });
  expect(await page.call('import.preview', { job })).toMatchObject({
    total: { new: 1 },
    files: [{ path: 'first é.bib' }],
  });
  await page.call('import.confirm', { job, takeMarks: false });
  expect(readFileSync(path, 'utf8')).toContain('The first of them');

  const told = vi.fn();
  page.on('opening.waiting', told);
  window.did.length = 0;
  const handedOver = { asked: [{ kind: 'argument', text: 'second.bib' }], folder };
  write('second.bib', 'The second of them');
  app.emit('second-instance', {}, ['offprint'], '/', handedOver);
  await vi.waitUntil(() => window.did.includes('focus'));
  expect(await taken(page)).toMatchObject([{ kind: 'import' }]);
  expect(told).toHaveBeenCalledOnce();

  // One whose list is too long comes by its arguments, as does one of another making.
  app.emit('second-instance', {}, ['offprint', '.', '--data-dir', dataFolder, 'second.bib'], folder, {});
  expect(await taken(page)).toMatchObject([{ kind: 'import' }]);
  // Nothing of that stands in a list of the system's.
  expect(electron.traces).toEqual([]);
  expect(window.options.title).toBe('Offprint');
});

test('on macOS a file that is opened opens the window that was closed, and is given to it', async () => {
  Object.defineProperty(process, 'platform', { ...platform, value: 'darwin' });
  await start();
  electron.app.becomeReady();
  const first = await theWindow();
  first.destroy();
  await vi.waitUntil(() => electron.BrowserWindow.all().length === 0);
  const path = write('later.bib', 'A later one');
  electron.app.emit('open-file', { preventDefault: () => {} }, path);
  electron.app.emit('open-file', { preventDefault: () => {} }, write('and.bib', 'Another'));
  const page = await pageOf(await theWindow());
  expect(await taken(page)).toMatchObject([{ kind: 'import', uploads: [expect.any(String), expect.any(String)] }]);
});

test('a library that nothing can be changed in shows papers, and says why it takes no files', async () => {
  mkdirSync(dataFolder);
  writeFileSync(join(dataFolder, 'library.json'), '{"format":"offprint-library","schema":9}');
  const path = write('first.bib', 'The first of them');
  await start('offprint://search?q=x', path);
  electron.app.becomeReady();
  const page = await pageOf(await theWindow());
  const requests = await taken(page);
  expect(requests).toMatchObject([{ kind: 'search' }, { kind: 'import' }]);
  const uploads = requests.flatMap((request) => (request.kind === 'import' ? request.uploads : []));
  const { readOnly } = await page.call('library.state', {});
  expect(readOnly).toContain('newer');
  await expect(page.call('import.begin', { uploads, format: null })).rejects.toThrow(readOnly ?? '');
  expect(readFileSync(path, 'utf8')).toContain('The first of them');
});

test('what this start was to open is shown by the Offprint that serves the library already', async () => {
  const { openLibrary } = await import('../library.ts');
  const { sayAddress } = await import('../store/folder-lock.ts');
  const { startServer } = await import('../serve/serve.ts');
  const holder = await openLibrary({ dataFolder, bundledCapture: null, appVersion: '0', host: 'serve' });
  const rendererFolder = join(folder, 'program/out/renderer');
  const server = await startServer({ library: holder, rendererFolder, port: 0, report: () => {} });
  sayAddress(holder.dataFolder, server.url);
  const said = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);

  const path = write('given.bib', 'One that is given');
  await start('offprint://search?q=given', path);
  electron.app.becomeReady();
  await vi.waitUntil(() => electron.app.exitCode !== null, { timeout: 20_000 });
  expect(electron.app.exitCode).toBe(0);
  // No page was open that could have shown it.
  expect(electron.openedOutside).toHaveLength(1);
  expect(String(said.mock.calls[0]?.[0])).toContain('It has been opened in the browser.');

  const { connectToRunning } = await import('../opening/running-offprint.ts');
  const page = await connectToRunning(server.url);
  const { requests } = await page.call('opening.take', {});
  expect(requests).toMatchObject([{ kind: 'search', query: 'given' }, { kind: 'import' }]);
  const [, files] = requests;
  if (files?.kind !== 'import') throw new TypeError('not an import');
  const { job } = await page.call('import.begin', { uploads: files.uploads, format: null });
  expect(await page.call('import.preview', { job })).toMatchObject({
    total: { new: 1 },
    files: [{ path: 'given.bib' }],
  });
  sayAddress(holder.dataFolder, null);
  await server.close();
  await holder.close();
});
