import type { BrowserWindow, ContextMenuParams } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { showContextMenus } from './context-menu.ts';
import { app, clipboardTexts, BrowserWindow as FakeWindow, Menu, openedOutside, popups } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));

app.becomeReady();

const platform = Object.getOwnPropertyDescriptor(process, 'platform') ?? {};
const runOn = (name: string) => Object.defineProperty(process, 'platform', { ...platform, value: name });

const nowhere: ContextMenuParams = {
  x: 30,
  y: 40,
  frame: null,
  linkURL: '',
  selectionText: '',
  misspelledWord: '',
  dictionarySuggestions: [],
  isEditable: false,
  menuSourceType: 'mouse',
  editFlags: {
    canUndo: false,
    canRedo: false,
    canCut: false,
    canCopy: false,
    canPaste: true,
    canDelete: false,
    canSelectAll: true,
    canEditRichly: false,
  },
} as unknown as ContextMenuParams;

let window: FakeWindow;

beforeEach(() => {
  runOn('linux');
  app.isPackaged = true;
  popups.length = 0;
  clipboardTexts.length = 0;
  openedOutside.length = 0;
  window = new FakeWindow();
  showContextMenus(window as unknown as BrowserWindow);
});

afterEach(() => {
  Object.defineProperty(process, 'platform', platform);
  window.destroy();
});

/** Asks for the menu; its entries without their letter marks, `-` for a line, `x` before those that are greyed out. */
function ask(params: Partial<ContextMenuParams>): string[] {
  popups.length = 0;
  window.webContents.emit('context-menu', {}, { ...nowhere, ...params });
  const words = (label: string) => label.replaceAll(/&(.)/g, '$1');
  return (popups.at(-1)?.menu.items ?? []).map(({ type, label, enabled }) =>
    type === 'separator' ? '-' : `${enabled ? '' : 'x '}${words(label)}`,
  );
}

function choose(label: string): void {
  const item = popups.at(-1)?.menu.items.find((each) => each.label.replaceAll(/&(.)/g, '$1') === label);
  if (!item) throw new Error(`no entry ${label}`);
  item.click();
}

test('where there is nothing to be done, there is no menu', () => {
  expect(ask({})).toEqual([]);
  expect(ask({ selectionText: ' \n' })).toEqual([]);
  expect(popups).toEqual([]);
});

test('it opens in the window, where it was asked for, by what it was asked with', () => {
  const frame = {} as NonNullable<ContextMenuParams['frame']>;
  ask({ isEditable: true, frame, menuSourceType: 'keyboard' });
  expect(popups[0]?.options).toEqual({ window, frame, x: 30, y: 40, sourceType: 'keyboard' });
  ask({ isEditable: true });
  expect(popups[0]?.options).not.toHaveProperty('frame');
});

test('a text field has what can be done with its text', () => {
  expect(ask({ isEditable: true })).toEqual(['x Cut', 'x Copy', 'Paste', '-', 'Select all']);
  const editFlags = { ...nowhere.editFlags, canCut: true, canCopy: true, canPaste: false, canSelectAll: false };
  expect(ask({ isEditable: true, editFlags })).toEqual(['Cut', 'Copy', 'x Paste', '-', 'x Select all']);
  expect(popups[0]?.menu.items.map(({ role }) => role)).toEqual(['cut', 'copy', 'paste', undefined, 'selectAll']);
});

test('selected text can be copied', () => {
  const editFlags = { ...nowhere.editFlags, canCopy: true };
  expect(ask({ selectionText: 'weak to strong', editFlags })).toEqual(['Copy']);
  expect(popups[0]?.menu.items[0]?.role).toBe('copy');
});

describe('a misspelled word', () => {
  const misspelled = { isEditable: true, misspelledWord: 'atention', dictionarySuggestions: ['attention', 'at&t'] };

  test('can be put right', () => {
    expect(ask(misspelled).slice(0, 5)).toEqual(['attention', 'at&t', '-', 'Add to dictionary', '-']);
    choose('at&t');
    expect(window.webContents.did).toEqual(['replace with at&t']);
  });

  test('can be taught to the dictionary, which is this session’s own', () => {
    ask(misspelled);
    choose('Add to dictionary');
    expect(window.webContents.session.learned).toEqual(['atention']);
  });

  test('that is like no word can be taught all the same', () => {
    expect(ask({ ...misspelled, dictionarySuggestions: [] }).slice(0, 3)).toEqual([
      'x No suggestions',
      '-',
      'Add to dictionary',
    ]);
  });

  test('has a few suggestions, not all of them', () => {
    const many = Array.from({ length: 20 }, (_, at) => `word${at}`);
    expect(ask({ ...misspelled, dictionarySuggestions: many }).filter((each) => each.startsWith('word'))).toHaveLength(
      5,
    );
  });

  test('outside a text field is none of ours', () => {
    expect(ask({ ...misspelled, isEditable: false })).toEqual([]);
  });
});

describe('a link', () => {
  test('is opened outside and copied, as it is checked', () => {
    expect(ask({ linkURL: 'https://arxiv.org/abs/2306.12345' })).toEqual(['Open link', 'Copy link']);
    choose('Open link');
    choose('Copy link');
    expect(openedOutside).toEqual(['https://arxiv.org/abs/2306.12345']);
    expect(clipboardTexts).toEqual(['https://arxiv.org/abs/2306.12345']);
  });

  test('to a mail address has the address copied', () => {
    expect(ask({ linkURL: 'mailto:a%2Bb@example.org?subject=x' })).toEqual(['Write a mail', 'Copy address']);
    choose('Copy address');
    expect(clipboardTexts).toEqual(['a+b@example.org']);
  });

  test.each([
    'app://offprint/index.html#x',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://user:password@example.org/',
    'offprint://paper/1',
    'nonsense',
  ])('%s that leads nowhere outside has no menu', (linkURL) => {
    expect(ask({ linkURL })).toEqual([]);
  });
});

describe('on macOS', () => {
  beforeEach(() => void runOn('darwin'));

  test('selected text is looked up in the system’s dictionary', () => {
    expect(ask({ selectionText: 'weak\n to  strong & back again, over the hills' })).toEqual([
      'Look up “weak to strong & back aga…”',
      '-',
      'x Copy',
    ]);
    choose('Look up “weak to strong & back aga…”');
    expect(window.webContents.did).toEqual(['look up']);
  });

  test('no letter is underlined', () => {
    ask({ isEditable: true });
    expect(popups[0]?.menu.items.some(({ label }) => label.includes('&'))).toBe(false);
  });
});

test('elsewhere a letter of each entry is underlined, and nothing is looked up', () => {
  ask({ isEditable: true, selectionText: 'x' });
  const items = popups[0]?.menu.items.filter(({ type }) => type !== 'separator') ?? [];
  expect(items.map(({ label }) => label)).toEqual(['&Cut', 'C&opy', '&Paste', '&Select all']);
});

test('an installed program has no developer tools; one from its folder has', () => {
  expect(ask({ isEditable: true })).not.toContain('Inspect');
  app.isPackaged = false;
  expect(ask({})).toEqual(['Inspect']);
  choose('Inspect');
  expect(window.webContents.did).toEqual(['inspect 30, 40']);
});

test('a window that is gone has no menu', () => {
  const { webContents } = window;
  window.destroy();
  webContents.emit('context-menu', {}, { ...nowhere, isEditable: true });
  expect(popups).toEqual([]);
  expect(Menu.timesSet).toBe(0);
});
