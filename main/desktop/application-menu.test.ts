import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type CommandDescription, commands } from '../../shared/commands.ts';
import { acceleratorOf } from './accelerator.ts';
import { menuTemplate, setApplicationMenu } from './application-menu.ts';
import { app, Menu } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));

type Item = MenuItemConstructorOptions;

const submenu = (item: Item | undefined): Item[] => (Array.isArray(item?.submenu) ? item.submenu : []);
const entries = (template: Item[]): Item[] => template.flatMap((item) => [item, ...entries(submenu(item))]);
const nothing = () => {};
const all = (commands as readonly CommandDescription[]).filter((command) => !command.byBrowser);

beforeEach(() => {
  app.isPackaged = false;
});

describe.each(['linux', 'win32', 'darwin'] as const)('on %s', (platform) => {
  const template = menuTemplate(nothing, platform);
  const items = entries(template);

  test.each(
    all.map((command) => [command.id, command] as const),
  )('%s stands in its menu with its key', (id, command) => {
    const menu = template.find((item) => item.label?.replace('&', '') === command.section);
    const item = submenu(menu).find((each) => each.id === id);
    expect(item?.label).toMatch(command.label);
    const [key] = command.keys;
    if (key !== undefined)
      expect([item?.accelerator, item?.label?.match(/ \((.+)\)$/)?.[1]]).toContain(
        item?.accelerator === undefined ? key : acceleratorOf(key),
      );
  });

  test('no command’s key is registered, so that typing and the input’s own keys stay the page’s', () => {
    for (const item of items.filter((each) => each.id !== undefined && each.accelerator !== undefined)) {
      expect(item.registerAccelerator, item.id).toBe(false);
    }
  });

  test('no two entries show the same key', () => {
    const shown = items.map((item) => item.accelerator).filter((key) => key !== undefined);
    expect(new Set(shown).size).toBe(shown.length);
  });

  test('text can be cut, copied and pasted, the program quit, and About shown', () => {
    const roles = items.map((item) => item.role);
    expect(roles).toEqual(expect.arrayContaining(['cut', 'copy', 'paste', 'windowMenu', 'togglefullscreen']));
    expect(roles).toEqual(expect.arrayContaining(platform === 'darwin' ? ['appMenu'] : ['quit', 'about']));
  });

  test('nothing in it reloads the page over a note being written', () => {
    const roles = items.map((item) => item.role);
    expect(roles).not.toContain('reload');
    expect(roles).not.toContain('forceReload');
    expect(roles).not.toContain('viewMenu');
  });
});

test('macOS fires what a menu shows, so a key without Cmd stands in the label there', () => {
  for (const item of entries(menuTemplate(nothing, 'darwin'))) {
    if (item.accelerator !== undefined) expect(item.accelerator).toContain('CommandOrControl');
  }
  const item = entries(menuTemplate(nothing, 'darwin')).find((each) => each.id === 'toggleStar');
  expect(item?.label).toBe('Star (s)');
});

test('choosing an entry gives its command', () => {
  const choose = vi.fn();
  for (const item of entries(menuTemplate(choose))) item.click?.({} as never, undefined, {} as never);
  expect(choose.mock.calls.flat().toSorted()).toEqual(all.map((command) => command.id).toSorted());
});

test('the developer tools are not in an installed program’s menu', () => {
  expect(entries(menuTemplate(nothing)).map((item) => item.role)).toContain('toggleDevTools');
  app.isPackaged = true;
  expect(entries(menuTemplate(nothing)).map((item) => item.role)).not.toContain('toggleDevTools');
});

test('the menu is put up, and About says the version', () => {
  app.becomeReady();
  setApplicationMenu(nothing);
  expect(entries(Menu.applicationMenu?.template ?? []).some((item) => item.id === 'import')).toBe(true);
  expect(app.about).toMatchObject({ applicationName: 'Offprint', applicationVersion: app.getVersion() });
});
