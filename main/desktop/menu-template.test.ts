import type { MenuItemConstructorOptions } from 'electron';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type CommandDescription, type CommandId, commands } from '../../shared/commands.ts';
import { acceleratorOf } from './accelerator.ts';
import { app, Menu, type MenuItem } from './electron-double.ts';
import { menuTemplate } from './menu-template.ts';

vi.mock('electron', () => import('./electron-double.ts'));

const nothing = () => {};
const all = (commands as readonly (CommandDescription & { id: CommandId })[]).filter((command) => !command.byBrowser);
const build = (platform: NodeJS.Platform, choose: (id: CommandId) => void = nothing) =>
  Menu.buildFromTemplate(menuTemplate(choose, platform));

/** The words of a label, without the letter marks and the key behind it. */
const words = (item: { label: string }) => item.label.replaceAll(/&(.)/g, '$1').replace(/ \([^)]+\)$/, '');

/** Labels of switches, which say what is on, not what they do. */
const switches = ['toggleViews', 'toggleReader', 'toggleDensity', 'themeSystem', 'themeLight', 'themeDark'];

beforeAll(() => {
  Menu.anyPlatform = true;
});

afterAll(() => {
  Menu.anyPlatform = false;
});

beforeEach(() => {
  app.isPackaged = false;
});

describe.each(['linux', 'win32', 'darwin'] as const)('on %s', (platform) => {
  Menu.anyPlatform = true;
  const menu = build(platform);
  const isMac = platform === 'darwin';
  const shown = menu.all().filter((item) => item.visible);

  test.each(
    all.map((command) => [command.id, command] as const),
  )('%s stands in its menu with its key', (id, command) => {
    const ofProgram = isMac && (id === 'settings' || id === 'checkForUpdates');
    const top = menu.items.find((item) => words(item) === (ofProgram ? 'Offprint' : command.section));
    const item = top?.submenu?.getMenuItemById(id);
    if (!item) throw new Error('it is not there');
    if (!switches.includes(id)) expect(words(item)).toBe(command.label);
    const [key] = command.keys;
    if (key === undefined) expect(item.accelerator).toBeNull();
    else if (item.accelerator === null) expect(item.label).toMatch(` (${key})`);
    else expect(item.accelerator).toBe(acceleratorOf(key));
  });

  test('no command’s key is registered, so that typing and the input’s own keys stay the page’s', () => {
    for (const item of shown.filter((each) => each.id !== undefined && each.accelerator !== null)) {
      expect(item.registerAccelerator, item.id).toBe(false);
    }
  });

  test('no two entries show the same key', () => {
    const keys = shown.flatMap((item) => item.keyOn(platform) ?? []).map((key) => key.split('+').toSorted().join('+'));
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  test('text can be cut, copied and pasted, the window seen to, and the program quit', () => {
    const roles = shown.map((item) => item.role);
    const everywhere = [
      'cut',
      'copy',
      'paste',
      'pasteAndMatchStyle',
      'delete',
      'minimize',
      'close',
      'togglefullscreen',
    ];
    expect(roles).toEqual(expect.arrayContaining([...everywhere, 'window', 'help', 'about', 'quit', 'resetZoom']));
  });

  test('nothing in it reloads the page over a note being written', () => {
    const roles = menu.all().map((item) => item.role as string);
    for (const role of ['reload', 'forceReload', 'viewMenu', 'editMenu']) expect(roles).not.toContain(role);
  });

  test('no menu begins or ends with a line, nor has two on end', () => {
    for (const { submenu } of menu.items) {
      const types = submenu?.items.map(({ type }) => type) ?? [];
      expect(types[0]).not.toBe('separator');
      expect(types.at(-1)).not.toBe('separator');
      expect(types.join()).not.toContain('separator,separator');
    }
  });

  test('themes are one choice of three, other switches marks of their own', () => {
    const types = Object.fromEntries(switches.map((id) => [id, menu.getMenuItemById(id)?.type]));
    expect(types).toEqual({
      toggleViews: 'checkbox',
      toggleReader: 'checkbox',
      toggleDensity: 'checkbox',
      themeSystem: 'radio',
      themeLight: 'radio',
      themeDark: 'radio',
    });
    expect(menu.getMenuItemById('themeDark')?.group).toHaveLength(3);
  });

  test('choosing an entry gives its command', () => {
    const choose = vi.fn();
    for (const item of build(platform, choose).all()) if (item.id !== undefined) item.click();
    expect(choose.mock.calls.flat().toSorted()).toEqual(all.map((command) => command.id).toSorted());
  });
});

test.each(['linux', 'win32'] as const)('every entry on %s has a letter of its own', (platform) => {
  const letterOf = ({ label }: MenuItem) => /&([^&])/.exec(label)?.[1]?.toLowerCase();
  const check = (items: readonly MenuItem[]) => {
    const shown = items.filter((item) => item.visible && item.type !== 'separator');
    const letters = shown.map(letterOf);
    // More entries than letters would leave some without one.
    expect(letters.filter((each) => each === undefined).length).toBeLessThan(3);
    const some = letters.filter((each) => each !== undefined);
    expect(some.filter((each, at) => some.indexOf(each) !== at)).toEqual([]);
    for (const { submenu } of items) if (submenu) check(submenu.items);
  };
  check(build(platform).items);
});

test('macOS has no letters to press, and what every program has there', () => {
  const menu = build('darwin');
  for (const item of menu.all()) expect(item.label).not.toContain('&');
  const [program] = menu.items;
  expect(program?.submenu?.items.map(({ role, id, type }) => role ?? id ?? type)).toEqual([
    'about',
    'checkForUpdates',
    'separator',
    'settings',
    'separator',
    'services',
    'separator',
    'hide',
    'hideOthers',
    'unhide',
    'separator',
    'quit',
  ]);
  expect(menu.getMenuItemById('settings')).toMatchObject({ label: 'Settings…', accelerator: 'CommandOrControl+,' });
  const roles = menu.all().map(({ role }) => role);
  const ofText = ['startSpeaking', 'stopSpeaking', 'showSubstitutions', 'toggleSpellChecker', 'toggleSmartQuotes'];
  expect(roles).toEqual(expect.arrayContaining([...ofText, 'zoom', 'front']));
  expect(roles.filter((role) => role === 'quit' || role === 'about')).toHaveLength(2);
});

test('macOS fires what a menu shows, so a key without Cmd stands in the label there', () => {
  for (const item of build('darwin').all()) {
    if (item.id !== undefined && item.accelerator !== null) expect(item.accelerator).toContain('CommandOrControl');
  }
  expect(build('darwin').getMenuItemById('toggleStar')?.label).toBe('Star (s)');
});

test('the plus key makes larger with and without Shift', () => {
  const keys = build('linux')
    .all()
    .filter(({ role }) => role === 'zoomIn')
    .map((item) => [item.keyOn('linux'), item.visible]);
  expect(keys).toEqual([
    ['CommandOrControl+Plus', true],
    ['CommandOrControl+=', false],
  ]);
});

test('the program is left by the word that the platform has for it', () => {
  const label = (platform: NodeJS.Platform) =>
    build(platform)
      .all()
      .find(({ role }) => role === 'quit')
      ?.label.replace('&', '');
  expect([label('linux'), label('win32')]).toEqual(['Quit', 'Exit']);
});

test('the developer tools are not in an installed program’s menu', () => {
  const has = () =>
    menuTemplate(nothing).some(({ submenu }) =>
      (submenu as MenuItemConstructorOptions[]).some(({ role }) => role === 'toggleDevTools'),
    );
  expect(has()).toBe(true);
  app.isPackaged = true;
  expect(has()).toBe(false);
});
