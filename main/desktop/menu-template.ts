import { app, type MenuItemConstructorOptions } from 'electron';
import { type CommandDescription, type CommandId, type CommandSection, commands } from '../../shared/commands.ts';
import { commandEntry } from './menu-entry.ts';
import { underlined } from './mnemonics.ts';

type Items = MenuItemConstructorOptions[];

const all: readonly (CommandDescription & { id: CommandId })[] = commands;

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** Commands that begin another group of their menu. */
const beginsGroup = new Set<CommandId>([
  'showChanges',
  'print',
  'settings',
  'search',
  'copyCitation',
  'deletedNotes',
  'nextMatch',
  'toggleViews',
  'focusMode',
  'toggleDensity',
  'saveView',
  'refresh',
  'next',
  'pageOn',
  'markQueued',
  'toggleStar',
  'mergePapers',
  'openOnWeb',
  'checkForUpdates',
  'showLogs',
]);

/** Commands that macOS has in the menu of the program. */
const ofMacProgram = new Set<CommandId>(['settings', 'checkForUpdates']);

/** Commands that stand elsewhere than in the order of their section. */
const placedByHand = new Set<CommandId>([
  ...(['undo', 'redo', 'selectAll', 'themeSystem', 'themeLight', 'themeDark'] as const),
  ...(['largerText', 'smallerText', 'usualText'] as const),
]);

/**
 * The application menu: every command with its key, and what each platform expects beside them. How the entries stand
 * is `menu-state.ts`.
 * @param choose called with the command whose entry was chosen
 */
export function menuTemplate(
  choose: (id: CommandId) => void,
  platform: NodeJS.Platform = process.platform,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const entry = (id: CommandId) => commandEntry(id, choose, platform);
  const section = (name: CommandSection): Items =>
    all
      .filter((command) => command.section === name && !command.byBrowser)
      .filter(({ id }) => !placedByHand.has(id) && !(isMac && ofMacProgram.has(id)))
      .flatMap(({ id }) => (beginsGroup.has(id) ? [separator, entry(id)] : [entry(id)]));
  const menu = (label: string, submenu: Items, role?: 'window' | 'help'): MenuItemConstructorOptions => {
    const items = tidied(submenu);
    return { label: isMac ? label : `&${label}`, submenu: isMac ? items : underlined(items), ...(role && { role }) };
  };
  return [
    ...(isMac ? [macProgramMenu(entry)] : []),
    menu('File', [
      ...section('File'),
      separator,
      isMac ? { role: 'close' } : { role: 'quit', label: platform === 'win32' ? 'Exit' : 'Quit' },
    ]),
    menu('Edit', [
      entry('undo'),
      entry('redo'),
      separator,
      { role: 'cut', label: 'Cut' },
      { role: 'copy', label: 'Copy' },
      { role: 'paste', label: 'Paste' },
      { role: 'pasteAndMatchStyle', label: 'Paste as plain text' },
      { role: 'delete', label: 'Delete' },
      entry('selectAll'),
      ...section('Edit'),
      ...(isMac ? macTextMenus() : []),
    ]),
    menu('View', [
      ...section('View'),
      separator,
      { label: 'Theme', submenu: (['themeSystem', 'themeLight', 'themeDark'] as const).map(entry) },
      { label: 'Text size', submenu: (['largerText', 'smallerText', 'usualText'] as const).map(entry) },
      { role: 'resetZoom', label: 'Actual size' },
      { role: 'zoomIn', label: 'Zoom in' },
      // The same key without Shift, which is how it is typed.
      { role: 'zoomIn', label: 'Zoom in', accelerator: 'CommandOrControl+=', visible: false },
      { role: 'zoomOut', label: 'Zoom out' },
      { role: 'togglefullscreen', label: 'Full screen' },
      ...(app.isPackaged ? [] : [separator, { role: 'toggleDevTools', label: 'Developer tools' } as const]),
    ]),
    menu('Go', section('Go')),
    menu('Paper', section('Paper')),
    menu(
      'Window',
      isMac
        ? macWindowItems()
        : [
            { role: 'minimize', label: 'Minimize' },
            { role: 'close', label: 'Close' },
          ],
      'window',
    ),
    menu(
      'Help',
      [...section('Help'), ...(isMac ? [] : [separator, { role: 'about', label: 'About Offprint' } as const])],
      'help',
    ),
  ];
}

/** The first menu on macOS, which bears the program's name. */
function macProgramMenu(entry: (id: CommandId) => MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    label: 'Offprint',
    submenu: [
      { role: 'about' },
      entry('checkForUpdates'),
      separator,
      entry('settings'),
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
}

/** What the system does with text in every program of macOS. */
function macTextMenus(): Items {
  return [
    separator,
    { label: 'Spelling', submenu: [{ role: 'toggleSpellChecker' }] },
    {
      label: 'Substitutions',
      submenu: [
        { role: 'showSubstitutions' },
        separator,
        { role: 'toggleSmartQuotes' },
        { role: 'toggleSmartDashes' },
        { role: 'toggleTextReplacement' },
      ],
    },
    { label: 'Speech', submenu: [{ role: 'startSpeaking' }, { role: 'stopSpeaking' }] },
  ];
}

function macWindowItems(): Items {
  return [{ role: 'minimize' }, { role: 'zoom' }, separator, { role: 'front' }];
}

/** Without lines above the first entry, and never two on end. */
function tidied(items: Items): Items {
  return items.filter((item, at) => item.type !== 'separator' || (at > 0 && items[at - 1]?.type !== 'separator'));
}
