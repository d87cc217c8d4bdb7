import { changesLibrary } from '../../shared/changing-commands.ts';
import type { CommandId } from '../../shared/commands.ts';
import type { BuiltInViewId } from '../../shared/views.ts';
import type { Session } from '../state/session.ts';
import { askToEdit } from './edit-event.ts';
import { importClipboard } from './paste.ts';
import { type PageActions, readingActions } from './run-reading.ts';
import { runInTriage } from './run-triage.ts';

/** What commands need of the window itself: panes to focus and files to choose. */
export interface Frame {
  focusViews(): void;
  focusList(): void;
  focusSearch(): void;
  /** Shows the reader where it is hidden, and puts the focus on the abstract or on the note. */
  focusReader(part: 'abstract' | 'note'): void;
  /** Lays the reader over the list where there is no room beside it. */
  showReader(): void;
  toggleViews(): void;
  toggleReader(): void;
  /** Scrolls the abstract by a page; false when it is at that end or not to be seen. */
  scrollReader(direction: 1 | -1): boolean;
  /** The page of the paper that is shown; null where none is. */
  page(): PageActions | null;
  /** Shows nothing but the paper and its note, and puts the focus on it. */
  enterFocusMode(): void;
  /** Shows the other panes again, and puts the focus on the list. */
  leaveFocusMode(): void;
  chooseFiles(): void;
  chooseFolder(): void;
}

const views: Partial<Record<CommandId, BuiltInViewId>> = {
  goInbox: 'inbox',
  goQueued: 'queued',
  goReading: 'reading',
  goRead: 'read',
  goSkipped: 'skipped',
  goStarred: 'starred',
  goNotes: 'notes',
  goAll: 'all',
};

/** Runs a command, whether a key, the menu or a button gave it. */
export function runCommand(id: CommandId, session: Session, frame: Frame): void {
  if (changesLibrary(id) && session.isReadOnly()) return;
  if (runInTriage(id, session, frame)) return;
  const view = views[id];
  if (view !== undefined) {
    session.goTo(view);
    frame.focusList();
    return;
  }
  actions[id as keyof typeof actions](session, frame);
}

type Action = (session: Session, frame: Frame) => void;

const actions: Record<Exclude<CommandId, GoCommand>, Action> = {
  import: (_session, frame) => frame.chooseFiles(),
  importFolder: (_session, frame) => frame.chooseFolder(),
  importClipboard: (session) => void importClipboard(session),
  showChanges: (session) => session.dialog({ kind: 'changes' }),
  showSources: (session) => session.dialog({ kind: 'sources' }),
  findDuplicates: (session) => session.dialog({ kind: 'duplicates' }),
  backups: (session) => session.dialog({ kind: 'backups' }),
  exportPapers: (session) => session.dialog({ kind: 'export' }),
  print: (session) => void session.printing.print(),
  savePdf: (session) => void session.printing.savePdf(),
  settings: (session) => session.dialog({ kind: 'settings', at: null }),

  undo: (session) => void session.undo(),
  redo: (session) => void session.redo(),
  selectAll: (session) => session.papers.selectAll(),
  search: (_session, frame) => frame.focusSearch(),
  palette: (session) => session.dialog({ kind: 'palette' }),
  copyCitation: (session) => void session.papers.copyCitation(),
  copyLink: (session) => void session.papers.copyLink(),
  scratchNote: (session) => session.dialog({ kind: 'scratch' }),
  allNotes: (session) => session.dialog({ kind: 'allNotes' }),
  deletedNotes: (session) => session.dialog({ kind: 'deletedNotes' }),

  focusViews: (_session, frame) => frame.focusViews(),
  focusList: (_session, frame) => frame.focusList(),
  focusReader: (_session, frame) => frame.focusReader('abstract'),
  toggleViews: (_session, frame) => frame.toggleViews(),
  toggleReader: (_session, frame) => frame.toggleReader(),
  toggleDensity: (session) => {
    const { density } = session.store.get().settings;
    session.settings.change({ density: density === 'compact' ? 'comfortable' : 'compact' });
  },
  chooseColumns: (session) => session.dialog({ kind: 'columns' }),
  saveView: (session) => session.views.compose(),
  manageTags: (session) => session.dialog({ kind: 'manageTags', rename: null }),
  triage: (session) => session.triage.start(),
  themeSystem: (session) => session.settings.change({ theme: 'system' }),
  themeLight: (session) => session.settings.change({ theme: 'light' }),
  themeDark: (session) => session.settings.change({ theme: 'dark' }),
  refresh: (session) => session.list.refresh(),

  next: (session) => session.papers.move(1),
  previous: (session) => session.papers.move(-1),
  first: (session) => session.papers.choose(0),
  last: (session) => session.papers.choose(Number.MAX_SAFE_INTEGER),
  pageOn: (session, frame) => {
    if (!frame.scrollReader(1)) session.papers.move(1);
  },
  pageBack: (_session, frame) => void frame.scrollReader(-1),

  toggleRead: (session) => session.papers.toggleRead(),
  readAndNext: (session) => void session.papers.setStatusAndNext('read'),
  markQueued: (session) => session.papers.setStatus('queued'),
  queueAndNext: (session) => void session.papers.setStatusAndNext('queued'),
  markReading: (session) => session.papers.setStatus('reading'),
  markSkipped: (session) => session.papers.setStatus('skipped'),
  skipAndNext: (session) => void session.papers.setStatusAndNext('skipped'),
  markUnread: (session) => session.papers.setStatus('unread'),
  toggleStar: (session) => session.papers.toggleStar(),
  editTags: (session) => void session.papers.editTags(),
  mergePapers: (session) => void session.duplicates.compareSelected(),
  editNote: (_session, frame) => frame.focusReader('note'),
  noteHistory: (session) => session.notes.showHistory(),
  openOnWeb: (session) => void session.papers.openOnWeb(),
  backToList: (session, frame) => {
    if (session.store.get().focusMode) {
      // From the note it is one step back to the page.
      if (document.activeElement?.closest('.note')) frame.focusReader('abstract');
      else frame.leaveFocusMode();
      return;
    }
    const wasCovering = session.store.get().covering;
    session.store.set({ covering: false });
    // The second press, when the list already has the focus, leaves a selection of many.
    if (!wasCovering && document.activeElement?.matches('[role="grid"]')) session.papers.selectOne();
    frame.focusList();
  },

  ...readingActions,
  related: (session, frame) => {
    if (session.store.get().focusMode) frame.leaveFocusMode();
    frame.focusReader('abstract');
    session.store.set({ relatedAsked: session.store.get().currentId });
  },
  goBack: (session, frame) => {
    const isInReader = document.activeElement?.closest('[data-pane="reader"]') !== null;
    if (session.wayBack.back() && isInReader) frame.focusReader('abstract');
  },

  help: (session) => session.dialog({ kind: 'help' }),
  checkForUpdates: (session) => void session.program.checkForUpdates(),
  showLogs: (session) => void session.program.showLogs(),
  showData: (session) => void session.keeping.showFolder(),
};

type GoCommand = 'goInbox' | 'goQueued' | 'goReading' | 'goRead' | 'goSkipped' | 'goStarred' | 'goNotes' | 'goAll';

/**
 * Gives an editing command that came from the application menu to the text that is being edited.
 * @returns false when no text is, and the command is about papers
 */
export function editText(id: CommandId, target: Element | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const field = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  if (!field && !target.isContentEditable) return false;
  const isOwn = !field && (id === 'undo' || id === 'redo' || id === 'selectAll') && askToEdit(target, id);
  if (isOwn) return true;
  if (id === 'selectAll' && field) target.select();
  // Deprecated, and still the only way to a text field's own history.
  else if (id === 'undo' || id === 'redo' || id === 'selectAll') document.execCommand(id);
  else return false;
  return true;
}
