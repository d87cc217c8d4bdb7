import { afterEach, expect, test, vi } from 'vitest';
import { setDockMenu } from './dock-menu.ts';
import { app, type Menu } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));

afterEach(() => {
  app.dock = undefined;
});

test('the dock has a few commands, each of which is given', () => {
  app.dock = {
    menu: null,
    setMenu(menu: Menu) {
      this.menu = menu;
    },
  };
  const choose = vi.fn();
  setDockMenu(choose);
  expect(app.dock.menu?.items.map(({ label }) => label)).toEqual(['Inbox', 'Search', 'Import…']);
  for (const item of app.dock.menu?.items ?? []) item.click();
  expect(choose.mock.calls).toEqual([['goInbox'], ['search'], ['import']]);
});

test('where there is no dock, nothing happens', () => {
  expect(() => setDockMenu(vi.fn())).not.toThrow();
});
