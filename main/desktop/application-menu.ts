import { Menu, type MenuItem } from 'electron';
import type { CommandId } from '../../shared/commands.ts';
import { entryState, type MenuFacts } from './menu-state.ts';
import { menuTemplate } from './menu-template.ts';
import { plainLabel } from './mnemonics.ts';

/** What follows the label of an entry is cut off after so many characters. */
const longestAbout = 60;

/**
 * Puts the application menu up, once. Its entries are changed where they stand: a menu that is open stays open.
 * @param choose called with the command whose entry was chosen
 * @returns makes the entries show how things are; each is touched only where it stands differently
 */
export function setApplicationMenu(choose: (id: CommandId) => void): (facts: MenuFacts) => void {
  let last: MenuFacts | null = null;
  const menu = Menu.buildFromTemplate(
    menuTemplate((id) => {
      // Electron has turned the mark over already. How it stands is for the settings to say.
      if (last) show(last);
      choose(id);
    }),
  );
  const entries = commandEntries(menu);
  const show = (facts: MenuFacts) => {
    last = facts;
    for (const { id, item, label } of entries) {
      const { enabled, checked, about } = entryState(id, facts);
      if (item.enabled !== enabled) item.enabled = enabled;
      // A radio item that is set to anything becomes the chosen one.
      const sets = item.type === 'radio' ? checked === true : checked !== null;
      if (sets && item.checked !== checked) item.checked = checked === true;
      const wanted = about === null ? label : `${label}: ${plainLabel(cut(about))}`;
      if (item.label !== wanted) item.label = wanted;
    }
  };
  Menu.setApplicationMenu(menu);
  return show;
}

/** The entries of commands, wherever they stand, with the labels that they were made with. */
function commandEntries(menu: Menu): { id: CommandId; item: MenuItem; label: string }[] {
  return menu.items.flatMap((item) => [
    ...(item.id ? [{ id: item.id as CommandId, item, label: item.label }] : []),
    ...(item.submenu ? commandEntries(item.submenu) : []),
  ]);
}

function cut(text: string): string {
  const letters = [...text];
  return letters.length <= longestAbout
    ? text
    : `${letters
        .slice(0, longestAbout - 1)
        .join('')
        .trimEnd()}…`;
}
