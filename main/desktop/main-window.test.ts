import type { WebContents } from 'electron';
import { beforeEach, describe, expect, type Mock, test, vi } from 'vitest';
import { callNames, eventNames } from '../../shared/contract.ts';
import { keptDrafts } from '../kept-drafts.ts';
import { namesInArguments } from './bridge-names.ts';
import { eventChannel } from './channels.ts';
import { app, BrowserWindow, displays, protocol, questions, screen } from './electron-double.ts';
import { FakeWebContents, preventable } from './electron-double-window.ts';
import { type MainWindow, mainWindow } from './main-window.ts';
import { type SmallLibrary, smallLibrary } from './small-library.ts';

vi.mock('electron', () => import('./electron-double.ts'));

app.becomeReady();
protocol.handle('app', () => new Response('page'));

let library: SmallLibrary;
let window: MainWindow;
let unsaved: number;
let stays: Mock<() => void>;
let attach: Mock<(window: unknown) => void>;

beforeEach(() => {
  for (const each of BrowserWindow.all()) each.destroy();
  library = smallLibrary();
  unsaved = 0;
  stays = vi.fn();
  attach = vi.fn();
  const paths = { preload: '/out/preload/preload.cjs', icon: '/icon.png' };
  window = mainWindow(
    library.handlers,
    { flushed: async () => unsaved, drafts: keptDrafts(library.handlers) },
    paths,
    stays,
    attach,
  );
});

async function opened(): Promise<BrowserWindow> {
  await window.show();
  const [only, ...others] = BrowserWindow.all();
  expect(others).toEqual([]);
  if (!only) throw new Error('no window');
  return only;
}

describe('what the page may do', () => {
  test.each([
    ['sandbox', true],
    ['contextIsolation', true],
    ['nodeIntegration', false],
    ['nodeIntegrationInWorker', false],
    ['nodeIntegrationInSubFrames', false],
    ['webSecurity', true],
    ['allowRunningInsecureContent', false],
    ['experimentalFeatures', false],
    ['webviewTag', false],
    ['navigateOnDragDrop', false],
    ['webgl', false],
    ['devTools', true],
    ['spellcheck', true],
    ['preload', '/out/preload/preload.cjs'],
  ] as const)('%s is %s', async (name, value) => {
    expect((await opened()).options.webPreferences?.[name]).toBe(value);
  });

  test('nothing else is set, no Blink feature above all', async () => {
    expect(Object.keys((await opened()).options.webPreferences ?? {})).toHaveLength(15);
  });

  test('an installed program has no developer tools', async () => {
    app.isPackaged = true;
    const open = await opened();
    app.isPackaged = false;
    expect(open.options.webPreferences?.devTools).toBe(false);
  });

  test('its preload script knows the contract’s names', async () => {
    const { additionalArguments = [] } = (await opened()).options.webPreferences ?? {};
    expect(namesInArguments(additionalArguments)).toEqual({ calls: callNames, events: eventNames });
  });
});

describe('how it opens', () => {
  test('it loads our page', async () => {
    expect((await opened()).webContents.mainFrame.url).toBe('app://offprint/index.html');
  });

  test('it is shown once it is drawn, on paper of the right colour', async () => {
    const open = await opened();
    expect(open.options.show).toBe(false);
    expect(open.options.backgroundColor).toMatch(/^#[0-9a-f]{6}$/);
    expect(open.did).toEqual([]);
    open.emit('ready-to-show');
    expect(open.did).toEqual(['show']);
  });

  test('it cannot be made smaller than it can be used', async () => {
    expect((await opened()).options).toMatchObject({ minWidth: 560, minHeight: 420 });
  });

  test('it comes back where it was, within the displays that are there', async () => {
    library.settings.window = { x: 100, y: 50, width: 700, height: 500, maximized: true };
    const open = await opened();
    expect(open.options).toMatchObject({ x: 100, y: 50, width: 700, height: 500 });
    open.emit('ready-to-show');
    expect(open.did).toEqual(['maximize', 'show']);
  });

  test('it fills the screen again, too, once it is shown', async () => {
    library.settings.window = { x: 100, y: 50, width: 700, height: 500, maximized: false, fullScreen: true };
    const open = await opened();
    open.emit('ready-to-show');
    expect(open.did).toEqual(['show', 'fill the screen']);
  });

  test('it comes back into reach when its display is gone', async () => {
    displays.push({ id: 2, workArea: { x: 1920, y: 0, width: 1000, height: 1000 } });
    library.settings.window = { x: 2000, y: 50, width: 700, height: 500, maximized: false };
    const open = await opened();
    displays.pop();
    screen.emit('display-removed', {}, {});
    expect(open.bounds.x).toBe(610);
  });

  test('the primary display counts first, wherever it is listed', async () => {
    displays.push({ id: 2, workArea: { x: 1920, y: 0, width: 1000, height: 1000 } });
    const open = await opened();
    displays.pop();
    expect(open.options.x).toBe(320);
  });

  test('its title never tells what is read', async () => {
    const open = await opened();
    const event = preventable();
    open.emit('page-title-updated', event, 'Adversarial Imitation Learning via Boosting');
    expect(event.defaultPrevented).toBe(true);
    expect(open.options.title).toBe('Offprint');
  });
});

describe('showing it again', () => {
  test('there is one window however often it is asked for', async () => {
    await Promise.all([window.show(), window.show()]);
    expect(BrowserWindow.all()).toHaveLength(1);
  });

  test('a minimised one is restored and focused', async () => {
    const open = await opened();
    open.emit('ready-to-show');
    open.minimized = true;
    await window.show();
    expect(open.did).toEqual(['show', 'restore', 'show', 'focus']);
  });

  test('one that was closed is opened anew', async () => {
    const first = await opened();
    first.destroy();
    expect(await opened()).not.toBe(first);
  });

  test('a library that fails is told, and asked again next time', async () => {
    const state = vi.spyOn(library.handlers, 'library.state').mockRejectedValueOnce(new Error('no'));
    await expect(window.show()).rejects.toThrow('no');
    state.mockRestore();
    await opened();
  });

  test('one closed while it loads is no failure', async () => {
    const showing = window.show();
    await vi.waitFor(() => expect(BrowserWindow.all()).toHaveLength(1));
    for (const each of BrowserWindow.all()) each.destroy();
    await expect(showing).resolves.toBeUndefined();
  });
});

test('it is told things, and nothing happens when it is closed', async () => {
  window.send('flush', {});
  const open = await opened();
  window.send('command', { id: 'help' });
  expect(open.webContents.sent).toEqual([[eventChannel, 'command', { id: 'help' }]]);
  open.destroy();
  window.send('flush', {});
});

test('what belongs to a window is attached to each, before its page is loaded', async () => {
  attach.mockImplementation((made) => expect((made as BrowserWindow).page).toBeNull());
  expect(window.current()).toBeNull();
  const first = await opened();
  expect(window.current()).toBe(first);
  first.destroy();
  expect(window.current()).toBeNull();
  const second = await opened();
  expect(attach.mock.calls).toEqual([[first], [second]]);
});

test('it knows its own page', async () => {
  const { webContents } = await opened();
  expect(window.owns(webContents as unknown as WebContents)).toBe(true);
  expect(window.owns(new FakeWebContents() as unknown as WebContents)).toBe(false);
});

test('closing it asks the page to save, and writes down where it was', async () => {
  const open = await opened();
  open.move({ x: 9, y: 9, width: 800, height: 600 });
  open.close();
  await vi.waitFor(() => expect(open.isDestroyed()).toBe(true));
  expect(open.webContents.sent).toEqual([[eventChannel, 'flush', {}]]);
  expect(library.called).toEqual([
    ['settings.set', { window: { x: 9, y: 9, width: 800, height: 600, maximized: false } }],
  ]);
});

test('a reader who keeps it although it was about to close is heard', async () => {
  const open = await opened();
  unsaved = 1;
  questions.answer = 0;
  open.close();
  await vi.waitFor(() => expect(stays).toHaveBeenCalledOnce());
  expect(open.isDestroyed()).toBe(false);
  questions.answer = 1;
  open.close();
  await vi.waitFor(() => expect(open.isDestroyed()).toBe(true));
  expect(stays).toHaveBeenCalledOnce();
});

test('a page that does not answer can be loaded again, and is not asked about while the window closes', async () => {
  const open = await opened();
  questions.asked.length = 0;
  questions.answer = 1;
  open.emit('unresponsive');
  await vi.waitFor(() => expect(open.webContents.reloads).toBe(1));
  expect(questions.asked.map(({ message }) => message)).toEqual(['The window does not answer.']);
  open.close();
  open.emit('unresponsive');
  await vi.waitFor(() => expect(open.isDestroyed()).toBe(true));
  expect(questions.asked).toHaveLength(1);
});

test('a crash of its page is recovered from', async () => {
  const open = await opened();
  open.webContents.crash('crashed');
  await vi.waitFor(() => expect(open.webContents.reloads).toBe(1));
});
