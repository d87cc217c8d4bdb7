import {
  app,
  type BrowserWindow,
  type ContextMenuParams,
  clipboard,
  Menu,
  type MenuItemConstructorOptions,
  type WebContents,
} from 'electron';
import { plainLabel, underlined } from './mnemonics.ts';
import { openOutside, outwardAddress } from './open-external.ts';

type Items = MenuItemConstructorOptions[];

/** Most suggestions for a misspelled word. */
const mostSuggestions = 5;

/** Longest part of a selected text that is shown in a menu, in letters. */
const longestShown = 25;

/**
 * Shows a menu for what is under the pointer or the focus of a window's page: a text field, selected text, a link.
 * Where the page has a menu of its own, Chromium does not ask for this one.
 */
export function showContextMenus(window: BrowserWindow): void {
  const contents = window.webContents;
  contents.on('context-menu', (_event, params) => {
    const template = contextMenu(params, contents);
    if (template.length === 0 || window.isDestroyed()) return;
    Menu.buildFromTemplate(template).popup({
      window,
      // By which macOS knows what its own entries are for.
      ...(params.frame !== null && { frame: params.frame }),
      x: params.x,
      y: params.y,
      sourceType: params.menuSourceType,
    });
  });
}

/** The entries of the menu; none where there is nothing to be done with what is there. */
function contextMenu(params: ContextMenuParams, contents: WebContents): Items {
  const isMac = process.platform === 'darwin';
  const marked = (items: Items) => (isMac ? items : underlined(items));
  const groups = [
    ...spelling(params, contents, marked),
    ...(isMac ? [lookUp(params, contents)] : []),
    marked(link(params)),
    marked(params.isEditable ? editing(params) : copying(params)),
    marked(app.isPackaged ? [] : inspecting(params, contents)),
  ].filter((group) => group.length > 0);
  // Of a program that is not installed, the developer tools alone are worth a menu.
  return groups.flatMap((group, at) => (at === 0 ? group : [{ type: 'separator' }, ...group]));
}

/** What a misspelled word may have been meant for, and that it is none. What is added stays on this machine. */
function spelling(
  { misspelledWord, dictionarySuggestions, isEditable }: ContextMenuParams,
  contents: WebContents,
  marked: (items: Items) => Items,
): Items[] {
  if (!isEditable || misspelledWord === '') return [];
  const suggested = dictionarySuggestions.slice(0, mostSuggestions).map((word) => ({
    label: plainLabel(word),
    click: () => contents.replaceMisspelling(word),
  }));
  const add = {
    label: 'Add to dictionary',
    click: () => contents.session.addWordToSpellCheckerDictionary(misspelledWord),
  };
  return [suggested.length > 0 ? suggested : [{ label: 'No suggestions', enabled: false }], marked([add])];
}

/** The system's dictionary on macOS. */
function lookUp({ selectionText }: ContextMenuParams, contents: WebContents): Items {
  const text = selectionText.trim().replaceAll(/\s+/g, ' ');
  if (text === '') return [];
  const letters = [...text];
  const shown = letters.length > longestShown ? `${letters.slice(0, longestShown).join('')}…` : text;
  return [{ label: plainLabel(`Look up “${shown}”`), click: () => contents.showDefinitionForSelection() }];
}

/** A link that leads out of the program. */
function link({ linkURL }: ContextMenuParams): Items {
  const address = outwardAddress(linkURL);
  if (address === null) return [];
  const { protocol, pathname } = new URL(address);
  const isMail = protocol === 'mailto:';
  const text = isMail ? decodedOr(pathname) : address;
  return [
    { label: isMail ? 'Write a mail' : 'Open link', click: () => openOutside(linkURL) },
    {
      label: isMail ? 'Copy address' : 'Copy link',
      click: () => {
        clipboard.writeText(text).catch(() => {
          process.stderr.write('Offprint: the system did not take the link for its clipboard.\n');
        });
      },
    },
  ];
}

function decodedOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function editing({ editFlags }: ContextMenuParams): Items {
  return [
    { role: 'cut', label: 'Cut', enabled: editFlags.canCut },
    { role: 'copy', label: 'Copy', enabled: editFlags.canCopy },
    { role: 'paste', label: 'Paste', enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', label: 'Select all', enabled: editFlags.canSelectAll },
  ];
}

function copying({ selectionText, editFlags }: ContextMenuParams): Items {
  return selectionText.trim() === '' ? [] : [{ role: 'copy', label: 'Copy', enabled: editFlags.canCopy }];
}

function inspecting({ x, y }: ContextMenuParams, contents: WebContents): Items {
  return [{ label: 'Inspect', click: () => contents.inspectElement(x, y) }];
}
