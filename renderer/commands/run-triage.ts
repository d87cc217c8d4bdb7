import type { CommandId, TriageCommandId } from '../../shared/commands.ts';
import type { Session } from '../state/session.ts';
import type { Frame } from './run.ts';

/** What a command of the window means while a view is gone through. */
const meant: Partial<Record<CommandId, TriageCommandId>> = {
  toggleRead: 'read',
  readAndNext: 'read',
  markQueued: 'queue',
  queueAndNext: 'queue',
  markReading: 'reading',
  markSkipped: 'skip',
  skipAndNext: 'skip',
  toggleStar: 'star',
  editTags: 'tag',
  editNote: 'note',
  undo: 'undo',
  redo: 'redo',
  next: 'next',
  previous: 'previous',
  pageOn: 'pageOn',
  pageBack: 'pageBack',
  openOnWeb: 'web',
  backToList: 'leave',
};

/** Commands that do what they always do, and leave the mode open. */
const anywhere = new Set<CommandId>([
  'help',
  'palette',
  'noteHistory',
  'themeSystem',
  'themeLight',
  'themeDark',
  'largerText',
  'smallerText',
  'usualText',
  'print',
  'savePdf',
  'settings',
  'copyLink',
  'checkForUpdates',
  'showLogs',
  'showData',
]);

/**
 * Runs a command of the window while a view is gone through: as the mode means it, or as always after
 * leaving the mode.
 * @returns false when the command is still to be run
 */
export function runInTriage(id: CommandId, session: Session, frame: Frame): boolean {
  if (!session.triage.isOpen || anywhere.has(id)) return false;
  if (id === 'triage') return true;
  const own = meant[id];
  if (own === undefined) {
    session.triage.leave();
    return false;
  }
  runTriage(own, session, frame);
  return true;
}

/** Runs a command of the mode for going through a view, whether a key or a button gave it. */
export function runTriage(id: TriageCommandId, session: Session, frame: Frame): void {
  if (id === 'pageOn' && frame.scrollReader(1)) return;
  if (id === 'pageBack') frame.scrollReader(-1);
  else session.triage.run(id);
}
