import * as z from 'zod';

/** The menu, and the heading in the help, that a command stands under. */
export type CommandSection = 'File' | 'Edit' | 'View' | 'Go' | 'Paper' | 'Help';

/**
 * One command: what it is called and the keys that give it. A key is `j`, `Shift+Space`,
 * `Mod+z` (Ctrl, or Cmd on a Mac), or a sequence `g i`. The first key is the one shown.
 */
export interface CommandDescription {
  id: string;
  label: string;
  section: CommandSection;
  keys: readonly string[];
  /** True when the keys also work while typing in an input. */
  whileTyping?: true;
  /**
   * True when the browser itself answers the keys, with an event of its own that the page listens
   * to (`paste`): key handling leaves them alone, and the menu has the platform's own entry.
   */
  byBrowser?: true;
}

/**
 * Every command of the window. The application menu, the key handling and the help all read
 * this list.
 */
export const commands = [
  { id: 'import', label: 'Import…', section: 'File', keys: ['Mod+o'], whileTyping: true },
  { id: 'importFolder', label: 'Import a folder…', section: 'File', keys: ['Mod+Shift+o'], whileTyping: true },
  { id: 'importClipboard', label: 'Import from the clipboard', section: 'File', keys: ['Mod+v'], byBrowser: true },
  { id: 'showChanges', label: 'Imports and other changes…', section: 'File', keys: ['g h'] },
  { id: 'showSources', label: 'Sources…', section: 'File', keys: ['g o'] },
  { id: 'findDuplicates', label: 'Find duplicates…', section: 'File', keys: ['g u'] },
  { id: 'backups', label: 'Backups and earlier states…', section: 'File', keys: ['g b'] },
  { id: 'exportPapers', label: 'Export…', section: 'File', keys: ['Mod+e'], whileTyping: true },
  { id: 'print', label: 'Print…', section: 'File', keys: ['Mod+p'], whileTyping: true },
  { id: 'savePdf', label: 'Save as PDF…', section: 'File', keys: ['Mod+Shift+p'], whileTyping: true },
  { id: 'settings', label: 'Settings…', section: 'File', keys: ['Mod+,'], whileTyping: true },

  { id: 'undo', label: 'Undo', section: 'Edit', keys: ['Mod+z'] },
  { id: 'redo', label: 'Redo', section: 'Edit', keys: ['Mod+Shift+z', 'Mod+y'] },
  { id: 'selectAll', label: 'Select all papers', section: 'Edit', keys: ['Mod+a'] },
  { id: 'search', label: 'Search', section: 'Edit', keys: ['/', 'Mod+f'] },
  { id: 'palette', label: 'Commands and papers…', section: 'Edit', keys: ['Mod+k'], whileTyping: true },
  { id: 'copyCitation', label: 'Copy citation', section: 'Edit', keys: ['y'] },
  { id: 'copyLink', label: 'Copy Offprint link', section: 'Edit', keys: ['Shift+y'] },
  { id: 'deletedNotes', label: 'Deleted notes…', section: 'Edit', keys: ['g e'] },
  { id: 'nextMatch', label: 'Next match in the paper', section: 'Edit', keys: ['Mod+g'], whileTyping: true },
  {
    id: 'previousMatch',
    label: 'Previous match in the paper',
    section: 'Edit',
    keys: ['Mod+Shift+g'],
    whileTyping: true,
  },

  { id: 'focusViews', label: 'Focus views', section: 'View', keys: ['Mod+1'], whileTyping: true },
  { id: 'focusList', label: 'Focus list', section: 'View', keys: ['Mod+2'], whileTyping: true },
  { id: 'focusReader', label: 'Focus reader', section: 'View', keys: ['Mod+3'], whileTyping: true },
  { id: 'toggleViews', label: 'Show or hide views', section: 'View', keys: ['['] },
  { id: 'toggleReader', label: 'Show or hide reader', section: 'View', keys: [']'] },
  { id: 'focusMode', label: 'Only the paper', section: 'View', keys: ['f'] },
  { id: 'largerText', label: 'Larger text', section: 'View', keys: ['+', '='] },
  { id: 'smallerText', label: 'Smaller text', section: 'View', keys: ['-'] },
  { id: 'usualText', label: 'Usual text size', section: 'View', keys: ['0'] },
  { id: 'showOriginal', label: 'The abstract as it came', section: 'View', keys: ['o'] },
  { id: 'toggleDensity', label: 'Compact or comfortable rows', section: 'View', keys: ['d'] },
  { id: 'chooseColumns', label: 'Columns…', section: 'View', keys: ['c'] },
  { id: 'saveView', label: 'Save this search as a view…', section: 'View', keys: ['Mod+s'], whileTyping: true },
  { id: 'manageTags', label: 'Manage tags…', section: 'View', keys: ['g t'] },
  { id: 'triage', label: 'Go through this view…', section: 'View', keys: ['Shift+t'] },
  { id: 'themeSystem', label: 'Theme: as the system', section: 'View', keys: [] },
  { id: 'themeLight', label: 'Theme: light', section: 'View', keys: [] },
  { id: 'themeDark', label: 'Theme: dark', section: 'View', keys: [] },
  { id: 'refresh', label: 'Refresh the list', section: 'View', keys: ['.', 'F5'] },

  { id: 'goInbox', label: 'Go to Inbox', section: 'Go', keys: ['g i'] },
  { id: 'goQueued', label: 'Go to To read', section: 'Go', keys: ['g q'] },
  { id: 'goReading', label: 'Go to Reading', section: 'Go', keys: ['g r'] },
  { id: 'goRead', label: 'Go to Read', section: 'Go', keys: ['g d'] },
  { id: 'goSkipped', label: 'Go to Skipped', section: 'Go', keys: ['g x'] },
  { id: 'goStarred', label: 'Go to Starred', section: 'Go', keys: ['g s'] },
  { id: 'goNotes', label: 'Go to With notes', section: 'Go', keys: ['g n'] },
  { id: 'goAll', label: 'Go to All papers', section: 'Go', keys: ['g a'] },
  { id: 'goBack', label: 'Back to the paper before', section: 'Go', keys: ['b', 'Alt+ArrowLeft'] },
  { id: 'scratchNote', label: 'Scratch note', section: 'Go', keys: ['g w'] },
  { id: 'allNotes', label: 'Notes by date…', section: 'Go', keys: ['g j'] },
  { id: 'next', label: 'Next paper', section: 'Go', keys: ['j', 'ArrowDown'] },
  { id: 'previous', label: 'Previous paper', section: 'Go', keys: ['k', 'ArrowUp'] },
  { id: 'first', label: 'First paper', section: 'Go', keys: ['Home', 'g g'] },
  { id: 'last', label: 'Last paper', section: 'Go', keys: ['End', 'Shift+g'] },
  { id: 'pageOn', label: 'Scroll the abstract, then next paper', section: 'Go', keys: ['Space'] },
  { id: 'pageBack', label: 'Scroll the abstract back', section: 'Go', keys: ['Shift+Space'] },

  { id: 'toggleRead', label: 'Read or unread', section: 'Paper', keys: ['m'] },
  { id: 'readAndNext', label: 'Mark read and go to next', section: 'Paper', keys: ['Shift+m'] },
  { id: 'markQueued', label: 'To read', section: 'Paper', keys: ['q'] },
  { id: 'queueAndNext', label: 'Mark to read and go to next', section: 'Paper', keys: ['Shift+q'] },
  { id: 'markReading', label: 'Reading', section: 'Paper', keys: ['r'] },
  { id: 'markSkipped', label: 'Skip', section: 'Paper', keys: ['x'] },
  { id: 'skipAndNext', label: 'Skip and go to next', section: 'Paper', keys: ['Shift+x'] },
  { id: 'markUnread', label: 'Mark unread', section: 'Paper', keys: ['u'] },
  { id: 'toggleStar', label: 'Star', section: 'Paper', keys: ['s'] },
  { id: 'editTags', label: 'Tags…', section: 'Paper', keys: ['t'] },
  { id: 'editNote', label: 'Note', section: 'Paper', keys: ['n'] },
  { id: 'related', label: 'Related papers', section: 'Paper', keys: ['Shift+r'] },
  { id: 'highlight', label: 'Highlight the selected words', section: 'Paper', keys: ['h'] },
  { id: 'quoteInNote', label: 'Quote the selected words in the note', section: 'Paper', keys: ['Shift+n'] },
  { id: 'noteHistory', label: 'Earlier versions of the note…', section: 'Paper', keys: ['Shift+h'] },
  { id: 'mergePapers', label: 'Merge the selected papers', section: 'Paper', keys: ['Shift+u'] },
  { id: 'openOnWeb', label: 'Open on the web', section: 'Paper', keys: ['v'] },
  { id: 'backToList', label: 'Back to the list', section: 'Paper', keys: ['Escape'], whileTyping: true },

  { id: 'help', label: 'Keyboard shortcuts', section: 'Help', keys: ['?'] },
  { id: 'checkForUpdates', label: 'Check for updates…', section: 'Help', keys: [] },
  { id: 'showLogs', label: 'Show logs', section: 'Help', keys: [] },
  { id: 'showData', label: 'Show data folder', section: 'Help', keys: [] },
] as const satisfies readonly CommandDescription[];

/**
 * What the mode for going through a view has instead, with its own keys: most decide about the paper
 * and go to the next. Where a key means the same everywhere (`?`, `Mod+k`, `Mod+z`) it is not said again.
 */
export const triageCommands = [
  { id: 'read', label: 'Read, and next', keys: ['m'] },
  { id: 'queue', label: 'To read, and next', keys: ['q'] },
  { id: 'reading', label: 'Reading, and next', keys: ['r'] },
  { id: 'skip', label: 'Skip, and next', keys: ['x'] },
  { id: 'star', label: 'Star', keys: ['s'] },
  { id: 'tag', label: 'Tags…', keys: ['t'] },
  { id: 'note', label: 'Note', keys: ['n'] },
  { id: 'undo', label: 'Undo, and back to that paper', keys: ['u', 'Mod+z'] },
  { id: 'redo', label: 'Redo', keys: ['Mod+Shift+z', 'Mod+y'] },
  { id: 'pageOn', label: 'Scroll the abstract, then next', keys: ['Space'] },
  { id: 'pageBack', label: 'Scroll the abstract back', keys: ['Shift+Space'] },
  { id: 'next', label: 'Next, undecided', keys: ['j', 'ArrowRight'] },
  { id: 'previous', label: 'Back', keys: ['k', 'ArrowLeft'] },
  { id: 'web', label: 'Open on the web', keys: ['v'] },
  { id: 'leave', label: 'Back to the list', keys: ['Escape'] },
] as const satisfies readonly Pick<CommandDescription, 'id' | 'label' | 'keys'>[];

/** Id of a command of the mode for going through a view. */
export type TriageCommandId = (typeof triageCommands)[number]['id'];

/** Id of a command. */
export type CommandId = (typeof commands)[number]['id'];

/** Checks that a value is the id of a command. */
export const commandIdSchema = z.enum(commands.map((command) => command.id) as [CommandId, ...CommandId[]]);
