import { beforeEach, expect, test, vi } from 'vitest';
import { settingsSchema } from '../../shared/settings.ts';
import { app, Menu } from './electron-double.ts';
import { type ProgramMenu, programMenu } from './program-menu.ts';
import { smallLibrary } from './small-library.ts';

vi.mock('electron', () => import('./electron-double.ts'));

app.becomeReady();

const library = { readOnly: null, undo: 'Marked 3 papers read', redo: null, settings: settingsSchema.parse({}) };
const isEnabled = (id: string) => Menu.applicationMenu?.getMenuItemById(id)?.enabled;
let menu: ProgramMenu;

beforeEach(() => {
  menu = programMenu(smallLibrary().handlers, library, () => {});
});

test('the menu goes by the library as it is at first and as it becomes', () => {
  expect([isEnabled('undo'), isEnabled('import')]).toEqual([true, true]);
  menu.follow({ ...library, readOnly: 'The disk is read-only.' });
  expect([isEnabled('undo'), isEnabled('import')]).toEqual([false, false]);
});

test('the menu goes by what the page says, until that page is gone', async () => {
  await expect(menu.handlers['menu.follow']({ unavailable: ['toggleRead'], editing: false })).resolves.toEqual({});
  expect(isEnabled('toggleRead')).toBe(false);
  menu.follow(library);
  expect(isEnabled('toggleRead')).toBe(false);
  menu.forget(null);
  expect(isEnabled('toggleRead')).toBe(true);
  menu.forget('closed');
  expect(isEnabled('toggleRead')).toBe(false);
});

test('every other call is the library’s', async () => {
  const { handlers } = smallLibrary();
  const { 'menu.follow': _own, ...others } = programMenu(handlers, library, () => {}).handlers;
  expect(handlers).toMatchObject(others);
});
