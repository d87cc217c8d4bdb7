import { changesLibrary } from '../../shared/changing-commands.ts';
import type { CommandId } from '../../shared/commands.ts';
import type { CallInput, LibraryState } from '../../shared/contract.ts';

/** What the entries of the application menu go by. */
export interface MenuFacts {
  library: Pick<LibraryState, 'readOnly' | 'undo' | 'redo' | 'settings'>;
  /** What the page said last; null before it said anything; `closed` when there is no window (macOS). */
  page: CallInput<'menu.follow'> | 'closed' | null;
}

/** How an entry of a command stands. */
export interface EntryState {
  enabled: boolean;
  /** Of a checkbox and a radio item; null for all others. */
  checked: boolean | null;
  /** What it is about, to be said behind its label; null where there is nothing to say. */
  about: string | null;
}

/** Commands that are about what a window shows; without one there is nothing for them to do. */
const needsWindow = new Set<CommandId>([
  'selectAll',
  'copyCitation',
  'copyLink',
  'print',
  'savePdf',
  'focusViews',
  'focusList',
  'focusReader',
  'saveView',
  'triage',
  'refresh',
  'next',
  'previous',
  'first',
  'last',
  'pageOn',
  'pageBack',
  'toggleRead',
  'readAndNext',
  'markQueued',
  'queueAndNext',
  'markReading',
  'markSkipped',
  'skipAndNext',
  'markUnread',
  'toggleStar',
  'editTags',
  'editNote',
  'noteHistory',
  'nextMatch',
  'previousMatch',
  'focusMode',
  'largerText',
  'smallerText',
  'usualText',
  'showOriginal',
  'highlight',
  'quoteInNote',
  'related',
  'goBack',
  'mergePapers',
  'openOnWeb',
  'backToList',
]);

/** Commands that are the text's own while one is edited. */
const ofText = new Set<CommandId>(['undo', 'redo', 'selectAll']);

/** Whether the entry of a command is marked; null for a command that is no switch. */
export function isMarked(id: CommandId, settings: LibraryState['settings']): boolean | null {
  switch (id) {
    case 'toggleViews':
      return !settings.panes.viewsCollapsed;
    case 'toggleReader':
      return !settings.panes.readerCollapsed;
    case 'toggleDensity':
      return settings.density === 'comfortable';
    case 'themeSystem':
      return settings.theme === 'system';
    case 'themeLight':
      return settings.theme === 'light';
    case 'themeDark':
      return settings.theme === 'dark';
    default:
      return null;
  }
}

/** How the entry of a command stands, by what can be done now. */
export function entryState(id: CommandId, { library, page }: MenuFacts): EntryState {
  const checked = isMarked(id, library.settings);
  const told = page === 'closed' ? null : page;
  if (told?.editing && ofText.has(id)) return { enabled: true, checked, about: null };
  const about = id === 'undo' ? library.undo : id === 'redo' ? library.redo : null;
  const isPossible =
    !(library.readOnly !== null && changesLibrary(id)) &&
    !(page === 'closed' && needsWindow.has(id)) &&
    !told?.unavailable.includes(id) &&
    // While a view is gone through, they are about its decisions, of which only the page knows.
    (told !== null || about !== null || (id !== 'undo' && id !== 'redo'));
  return { enabled: isPossible, checked, about };
}
