import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LibraryState } from '../../shared/contract.ts';
import { settingsSchema } from '../../shared/settings.ts';
import { app, chosenFiles, BrowserWindow as FakeWindow, Menu, popups, session } from './electron-double.ts';
import { type Desktop, joinDesktop } from './join-desktop.ts';
import { type SmallLibrary, smallLibrary } from './small-library.ts';

vi.mock('electron', () => import('./electron-double.ts'));

app.becomeReady();

const platform = Object.getOwnPropertyDescriptor(process, 'platform') ?? {};
let library: SmallLibrary;
let state: LibraryState;
let desktop: Desktop;
let window: FakeWindow | null;
let sent: string[];
let shows: number;

beforeEach(async () => {
  Object.defineProperty(process, 'platform', { ...platform, value: 'linux' });
  app.badges.length = 0;
  popups.length = 0;
  sent = [];
  shows = 0;
  window = null;
  library = smallLibrary();
  state = await library.handlers['library.state']({});
  const handlers = { ...library.handlers, 'opening.take': async () => ({ requests: [] }) };
  desktop = joinDesktop(handlers, state, {
    window: () => ({
      current: () => window as unknown as BrowserWindow | null,
      send: (event, payload) => void sent.push(`${event} ${JSON.stringify(payload)}`),
    }),
    showWindow: () => {
      shows += 1;
    },
    icon: '/icon.png',
  });
});

afterEach(() => {
  window?.destroy();
  app.dock = undefined;
  Object.defineProperty(process, 'platform', platform);
});

/** Opens the window as the program does. */
function open(): FakeWindow {
  window = new FakeWindow();
  desktop.attach(window as unknown as BrowserWindow);
  return window;
}

const entry = (id: string) => Menu.applicationMenu?.getMenuItemById(id);

test('the page is told what a desktop can do, and what it asks of one is done', async () => {
  expect(await desktop.handlers['host.describe']({})).toMatchObject({ kind: 'desktop', pdf: true });
  open();
  chosenFiles.answer = null;
  expect(await desktop.handlers['print.pdf']({ name: 'x' })).toEqual({ path: null });
  await desktop.handlers['menu.follow']({ unavailable: ['search'], editing: false });
  expect(entry('search')?.enabled).toBe(false);
  // Everything else is the library's.
  expect(await desktop.handlers['library.state']({})).toEqual(state);
});

test('menu, badge and spelling go by the library', () => {
  expect(app.about).toMatchObject({ iconPath: '/icon.png' });
  desktop.follow({
    ...state,
    counts: { ...state.counts, inbox: 7 },
    undo: 'Marked 3 papers read',
    settings: settingsSchema.parse({ badge: true, spelling: ['fr'] }),
  });
  expect(entry('undo')?.label).toContain('Marked 3 papers read');
  expect(app.badges).toEqual([7]);
  expect(session.defaultSession.spellCheckerLanguages).toEqual(['fr']);
  desktop.follow(state);
  expect(session.defaultSession.spellCheckerEnabled).toBe(false);
});

test('what the settings say at the start holds from the start', () => {
  const settings = settingsSchema.parse({ badge: true, spelling: ['de'], theme: 'dark' });
  joinDesktop(
    library.handlers,
    { ...state, settings, counts: { ...state.counts, inbox: 3 } },
    {
      window: () => ({ current: () => null, send: () => {} }),
      showWindow: () => {},
      icon: '',
    },
  );
  expect(app.badges).toEqual([3]);
  expect(session.defaultSession.spellCheckerLanguages).toEqual(['de']);
  expect(entry('themeDark')?.checked).toBe(true);
});

test('a command goes to the window that is open; without one, the window is opened for it', async () => {
  open();
  entry('search')?.click();
  expect(sent).toEqual(['command {"id":"search"}']);
  window?.destroy();
  window = null;
  entry('search')?.click();
  expect([sent.length, shows]).toEqual([1, 1]);
  open();
  await desktop.handlers['opening.take']({});
  await vi.waitFor(() => expect(sent).toHaveLength(2));
});

test('a window has context menus, and the menu forgets what its page said when that goes', async () => {
  const made = open();
  const link = {
    linkURL: 'https://example.org/',
    selectionText: '',
    isEditable: false,
    misspelledWord: '',
    frame: null,
  };
  made.webContents.emit('context-menu', {}, { ...link, x: 1, y: 1, menuSourceType: 'mouse', editFlags: {} });
  expect(popups).toHaveLength(1);
  const says = async () => {
    await desktop.handlers['menu.follow']({ unavailable: ['toggleStar'], editing: false });
    expect(entry('toggleStar')?.enabled).toBe(false);
  };
  await says();
  made.webContents.emit('did-start-loading');
  expect(entry('toggleStar')?.enabled).toBe(true);
  await says();
  made.destroy();
  // There is no paper to be starred without a window, and files can be imported all the same.
  expect(entry('toggleStar')?.enabled).toBe(false);
  expect(entry('import')?.enabled).toBe(true);
});

test('the menu of the dock brings the window to the front with the command', () => {
  app.dock = {
    menu: null,
    setMenu(menu) {
      this.menu = menu;
    },
  };
  joinDesktop(library.handlers, state, {
    window: () => ({
      current: () => window as unknown as BrowserWindow | null,
      send: (_event, payload) => void sent.push(JSON.stringify(payload)),
    }),
    showWindow: () => {
      shows += 1;
    },
    icon: '',
  });
  open();
  app.dock.menu?.items[1]?.click();
  expect([sent, shows]).toEqual([['{"id":"search"}'], 1]);
});

test('on Windows, a window that is opened later has the badge, too', () => {
  Object.defineProperty(process, 'platform', { ...platform, value: 'win32' });
  const badged = { ...state, settings: settingsSchema.parse({ badge: true }), counts: { ...state.counts, inbox: 5 } };
  desktop = joinDesktop(library.handlers, badged, {
    window: () => ({ current: () => null, send: () => {} }),
    showWindow: () => {},
    icon: '',
  });
  expect(open().overlays.map(({ description }) => description)).toEqual(['5 unread papers']);
});
