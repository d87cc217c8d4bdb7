import type { MenuItemConstructorOptions } from 'electron';
import { type CommandDescription, type CommandId, commands } from '../../shared/commands.ts';
import { acceleratorOf } from './accelerator.ts';

const all: readonly (CommandDescription & { id: CommandId })[] = commands;

/** What a command is called in a menu, where its entry is a switch that shows how it stands. */
const switchLabels: Partial<Record<CommandId, string>> = {
  toggleViews: 'Show views',
  toggleReader: 'Show reader',
  toggleDensity: 'Comfortable rows',
  themeSystem: 'As the system',
  themeLight: 'Light',
  themeDark: 'Dark',
};

const themes: readonly CommandId[] = ['themeSystem', 'themeLight', 'themeDark'];

/**
 * A menu entry for a command. Its key is shown but not registered: the page hears every key first
 * and knows whether the reader is typing, so `m` marks a paper in the list and writes an m in a
 * note, and Ctrl+Z, Ctrl+A and the like stay the input's own while one is focused. macOS fires
 * whatever key a menu shows; there, a key without Cmd stands in the label instead.
 * @param choose called with the command when the entry is chosen
 */
export function commandEntry(
  id: CommandId,
  choose: (id: CommandId) => void,
  platform: NodeJS.Platform,
): MenuItemConstructorOptions {
  const command = all.find((each) => each.id === id);
  if (!command) throw new TypeError(`there is no command ${id}`);
  const label = switchLabels[id] ?? command.label;
  const item: MenuItemConstructorOptions = { id, label, click: () => choose(id) };
  if (themes.includes(id)) item.type = 'radio';
  else if (id in switchLabels) item.type = 'checkbox';
  const [key] = command.keys;
  if (key === undefined) return item;
  const accelerator = acceleratorOf(key);
  const showsKey = accelerator !== null && (platform !== 'darwin' || key.startsWith('Mod+'));
  if (!showsKey) return { ...item, label: `${label} (${key})` };
  return { ...item, accelerator, registerAccelerator: false };
}
