import { type CommandDescription, type CommandSection, commands, triageCommands } from '../../shared/commands.ts';
import { keyText } from '../commands/keys.ts';

/** One line of the help: what keys do. */
export type HelpLine = Pick<CommandDescription, 'id' | 'label' | 'keys'>;

/** Lines under a heading. */
export interface HelpSection {
  heading: string;
  lines: readonly HelpLine[];
}

/** Keys of the list that choose rows and so are no commands. */
const choosing: readonly HelpLine[] = [
  { id: 'extend', label: 'Extend the selection', keys: ['Shift+j', 'Shift+k', 'Shift+ArrowDown', 'Shift+ArrowUp'] },
  { id: 'extendToEnds', label: 'Extend it to the first, the last', keys: ['Shift+Home', 'Shift+End'] },
  { id: 'page', label: 'A page of papers', keys: ['PageDown', 'PageUp'] },
  { id: 'extendPage', label: 'Extend the selection by a page', keys: ['Shift+PageDown', 'Shift+PageUp'] },
  { id: 'open', label: 'Open the paper', keys: ['Enter'] },
];

/** Keys of the page of a paper, where the focus is on it. */
const onPage: readonly HelpLine[] = [
  { id: 'selectWord', label: 'Select a word of the abstract', keys: ['ArrowRight', 'ArrowLeft'] },
  { id: 'selectWords', label: 'Select more words', keys: ['Shift+ArrowRight', 'Shift+ArrowLeft'] },
  { id: 'selectSentence', label: 'Select a sentence', keys: ['Mod+ArrowRight', 'Mod+ArrowLeft'] },
  { id: 'selectLines', label: 'Select more lines', keys: ['Shift+ArrowDown', 'Shift+ArrowUp'] },
  { id: 'removeHighlight', label: 'Remove the highlight', keys: ['Delete'] },
  { id: 'matches', label: 'Next match, previous match', keys: ['n', 'Shift+n'] },
];

/** Sections of the commands in the order in which a reader needs them. */
const order: readonly CommandSection[] = ['Paper', 'Go', 'View', 'Edit', 'File', 'Help'];

const withKeys: readonly CommandDescription[] = (commands as readonly CommandDescription[]).filter(
  ({ keys }) => keys.length > 0,
);

/**
 * Every key there is, by heading.
 * @param inTriage true while a view is gone through: then the keys of that stand first
 */
export function helpSections(inTriage: boolean): HelpSection[] {
  const triage = { heading: 'Going through a view', lines: triageCommands };
  const list: HelpSection[] = order.map((section) => ({
    heading: section,
    lines: withKeys.filter((command) => command.section === section),
  }));
  list.splice(2, 0, { heading: 'Choosing several', lines: choosing }, { heading: 'On the page', lines: onPage });
  if (inTriage) return [triage, ...list];
  return [...list.slice(0, 4), triage, ...list.slice(4)];
}

/**
 * The sections with the lines that what was typed is found in, as a word of the label, a key as it is
 * shown, or the heading.
 */
export function foundSections(sections: readonly HelpSection[], typed: string, mac: boolean): HelpSection[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return [...sections];
  return sections
    .map((section) => ({
      heading: section.heading,
      lines: section.heading.toLowerCase().includes(wanted)
        ? section.lines
        : section.lines.filter(
            ({ label, keys }) =>
              label.toLowerCase().includes(wanted) || keys.some((key) => keyText(key, mac).toLowerCase() === wanted),
          ),
    }))
    .filter(({ lines }) => lines.length > 0);
}
