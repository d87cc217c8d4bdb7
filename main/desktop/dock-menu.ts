import { app, Menu } from 'electron';
import type { CommandId } from '../../shared/commands.ts';

/** What is worth coming to the window for; nothing that tells what is read, for anyone at the screen can open it. */
const entries: readonly { id: CommandId; label: string }[] = [
  { id: 'goInbox', label: 'Inbox' },
  { id: 'search', label: 'Search' },
  { id: 'import', label: 'Import…' },
];

/**
 * Gives the program's picture in the dock of macOS a menu; elsewhere there is no dock.
 * @param choose called with the command whose entry was chosen
 */
export function setDockMenu(choose: (id: CommandId) => void): void {
  app.dock?.setMenu(Menu.buildFromTemplate(entries.map(({ id, label }) => ({ label, click: () => choose(id) }))));
}
