import { beforeEach, describe, expect, test, vi } from 'vitest';
import { settingsSchema } from '../../shared/settings.ts';
import { setApplicationMenu } from './application-menu.ts';
import { app, Menu, type MenuItem } from './electron-double.ts';
import type { MenuFacts } from './menu-state.ts';

vi.mock('electron', () => import('./electron-double.ts'));

app.becomeReady();

const facts = (change: Partial<MenuFacts['library']> = {}, page: MenuFacts['page'] = null): MenuFacts => ({
  library: { readOnly: null, undo: null, redo: null, settings: settingsSchema.parse({}), ...change },
  page,
});

let choose: ReturnType<typeof vi.fn<(id: string) => void>>;
let show: (facts: MenuFacts) => void;

beforeEach(() => {
  choose = vi.fn();
  Menu.timesSet = 0;
  show = setApplicationMenu(choose);
});

function entry(id: string): MenuItem {
  const item = Menu.applicationMenu?.getMenuItemById(id);
  if (!item) throw new Error(`no entry ${id}`);
  return item;
}

test('undo and redo say what they are about, and can be chosen only where there is something', () => {
  show(facts({ undo: 'Marked 3 papers read' }));
  expect(entry('undo').label.replace('&', '')).toBe('Undo: Marked 3 papers read');
  expect(entry('undo').enabled).toBe(true);
  expect(entry('redo').label.replace('&', '')).toBe('Redo');
  expect(entry('redo').enabled).toBe(false);
  show(facts({ redo: 'Marked 3 papers read' }));
  expect(entry('undo').label.replace('&', '')).toBe('Undo');
  expect(entry('undo').enabled).toBe(false);
  expect(entry('redo').label.replace('&', '')).toBe('Redo: Marked 3 papers read');
});

test('what they are about is cut where it is long, and an ampersand in it stays one', () => {
  show(facts({ undo: `Saved the view Q&A ${'🦉'.repeat(100)}` }));
  const label = entry('undo').label.replace('&', '');
  expect(label).toMatch(/^Undo: Saved the view Q&&A 🦉+…$/u);
  expect([...label.replace('&&', '&')]).toHaveLength('Undo: '.length + 60);
});

test('the theme that is chosen is marked, and no other', () => {
  for (const [theme, id] of [
    ['dark', 'themeDark'],
    ['system', 'themeSystem'],
    ['light', 'themeLight'],
  ] as const) {
    show(facts({ settings: settingsSchema.parse({ theme }) }));
    const marked = ['themeSystem', 'themeLight', 'themeDark'].filter((each) => entry(each).checked);
    expect(marked).toEqual([id]);
  }
});

test('switches show how they stand', () => {
  show(facts());
  expect(['toggleViews', 'toggleReader', 'toggleDensity'].map((id) => entry(id).checked)).toEqual([true, true, false]);
  const panes = { viewsCollapsed: true, readerCollapsed: true };
  show(facts({ settings: settingsSchema.parse({ panes, density: 'comfortable' }) }));
  expect(['toggleViews', 'toggleReader', 'toggleDensity'].map((id) => entry(id).checked)).toEqual([false, false, true]);
});

test('choosing gives the command; a switch stays as it was until the settings say otherwise', () => {
  show(facts());
  entry('toggleReader').click();
  entry('themeDark').click();
  expect(choose.mock.calls).toEqual([['toggleReader'], ['themeDark']]);
  expect(entry('toggleReader').checked).toBe(true);
  expect(entry('themeDark').checked).toBe(false);
  expect(entry('themeSystem').checked).toBe(true);
});

test('the menu is put up once, however much changes, and only what changes is touched', () => {
  show(facts());
  const touched = () => (Menu.applicationMenu?.all() ?? []).filter((item) => item.touched > 0).map(({ id }) => id);
  for (const item of Menu.applicationMenu?.all() ?? []) item.touched = 0;
  show(facts());
  expect(touched()).toEqual([]);
  show(facts({ undo: 'Marked 3 papers read', settings: settingsSchema.parse({ theme: 'dark' }) }));
  expect(touched().toSorted()).toEqual(['themeDark', 'undo']);
  expect(Menu.timesSet).toBe(1);
});

describe('what cannot be done cannot be chosen', () => {
  test('a library that cannot be changed', () => {
    show(facts({ readOnly: 'The disk is read-only.', undo: 'Marked 3 papers read' }));
    for (const id of ['import', 'toggleRead', 'editNote', 'undo']) expect(entry(id).enabled, id).toBe(false);
    for (const id of ['search', 'goInbox', 'savePdf', 'settings', 'copyCitation']) {
      expect(entry(id).enabled, id).toBe(true);
    }
    show(facts());
    expect(entry('import').enabled).toBe(true);
  });

  test('what the page says would do nothing', () => {
    show(facts({ undo: 'x' }, { unavailable: ['mergePapers', 'undo'], editing: false }));
    expect(entry('mergePapers').enabled).toBe(false);
    expect(entry('undo').enabled).toBe(false);
    expect(entry('toggleRead').enabled).toBe(true);
  });

  test('while a text is edited, Undo, Redo and Select all are about that', () => {
    const unavailable = ['undo', 'redo', 'selectAll'] as const;
    show(facts({ undo: 'Marked 3 papers read', readOnly: 'no' }, { unavailable: [...unavailable], editing: true }));
    for (const id of unavailable) expect(entry(id).enabled, id).toBe(true);
    expect(entry('undo').label.replace('&', '')).toBe('Undo');
  });

  test('without a window, what is about its papers', () => {
    show(facts({ undo: 'Marked 3 papers read' }, 'closed'));
    for (const id of ['toggleRead', 'next', 'print', 'selectAll']) expect(entry(id).enabled, id).toBe(false);
    for (const id of ['import', 'search', 'goInbox', 'settings', 'undo', 'help']) {
      expect(entry(id).enabled, id).toBe(true);
    }
  });
});
