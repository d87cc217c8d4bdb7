import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { type CommandDescription, type CommandId, type CommandSection, commands } from '../../shared/commands.ts';
import { acceleratorOf } from './accelerator.ts';

const all: readonly (CommandDescription & { id: CommandId })[] = commands;

const separator: MenuItemConstructorOptions = { type: 'separator' };

/**
 * A menu entry for a command. Its key is shown but not registered: the page hears every key first
 * and knows whether the reader is typing, so `m` marks a paper in the list and writes an m in a
 * note, and Ctrl+Z, Ctrl+A and the like stay the input's own while one is focused. macOS fires
 * whatever key a menu shows; there, a key without Cmd stands in the label instead.
 */
function entry(
  command: CommandDescription & { id: CommandId },
  choose: (id: CommandId) => void,
  platform: NodeJS.Platform,
): MenuItemConstructorOptions {
  const item = { id: command.id, label: command.label, click: () => choose(command.id) };
  const [key] = command.keys;
  if (key === undefined) return item;
  const accelerator = acceleratorOf(key);
  const showsKey = accelerator !== null && (platform !== 'darwin' || key.startsWith('Mod+'));
  if (!showsKey) return { ...item, label: `${command.label} (${key})` };
  return { ...item, accelerator, registerAccelerator: false };
}

/**
 * The application menu: every command with its key, and what each platform expects beside them.
 * @param choose called with the command whose entry was chosen
 */
export function menuTemplate(
  choose: (id: CommandId) => void,
  platform: NodeJS.Platform = process.platform,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const section = (name: CommandSection) =>
    all
      .filter((command) => command.section === name && !command.byBrowser)
      .map((command) => entry(command, choose, platform));
  const developer: MenuItemConstructorOptions[] = app.isPackaged ? [] : [{ role: 'toggleDevTools' }];
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: [...section('File'), separator, { role: isMac ? 'close' : 'quit' }] },
    {
      label: '&Edit',
      submenu: [
        ...section('Edit'),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'pasteAndMatchStyle' },
      ],
    },
    {
      label: '&View',
      submenu: [
        ...section('View'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...developer,
      ],
    },
    { label: '&Go', submenu: section('Go') },
    { label: '&Paper', submenu: section('Paper') },
    { role: 'windowMenu' },
    {
      label: '&Help',
      role: 'help',
      submenu: [...section('Help'), ...(isMac ? [] : [separator, { role: 'about' } as const])],
    },
  ];
}

/** Puts the application menu up, and says what About shows. */
export function setApplicationMenu(choose: (id: CommandId) => void): void {
  app.setAboutPanelOptions({
    applicationName: 'Offprint',
    applicationVersion: app.getVersion(),
    copyright: 'MIT licence. © The Offprint contributors',
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(choose)));
}
