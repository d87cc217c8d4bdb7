import { changesLibrary } from '../../shared/changing-commands.ts';
import { type CommandDescription, type CommandId, commands } from '../../shared/commands.ts';
import type { Host } from '../../shared/host-calls.ts';
import { leastReadingSize, mostReadingSize } from '../../shared/settings.ts';
import type { AppState } from '../state/app-state.ts';
import { sizeOf } from '../state/ranges.ts';
import { canGiveWay } from './give-way.ts';

const all: readonly (CommandDescription & { id: CommandId })[] = commands;

const needPapers = new Set<CommandId>([
  'selectAll',
  'copyCitation',
  'copyLink',
  'next',
  'previous',
  'first',
  'last',
  'focusReader',
]);

/** Commands about the paper in the reader, which need not be in the list. */
const ofShownPaper = new Set<CommandId>([
  'nextMatch',
  'previousMatch',
  'focusMode',
  'showOriginal',
  'highlight',
  'quoteInNote',
  'related',
]);

/** Whether a command is of any use in this program. What is not is not offered: neither listed nor in the help. */
export function isOffered(id: CommandId, { kind, logs }: Host): boolean {
  if (id === 'showLogs') return logs;
  // What a browser shows is updated with the program that serves it.
  return id !== 'checkForUpdates' || kind === 'desktop';
}

/** Whether a command would do something now. */
export function isAvailable(id: CommandId, state: AppState): boolean {
  const { library, list, triage, currentId, settings, wayBack } = state;
  if ((library?.readOnly ?? null) !== null && changesLibrary(id)) return false;
  if (id === 'undo') return triage !== null || (library?.undo ?? null) !== null;
  if (id === 'redo') return triage !== null || (library?.redo ?? null) !== null;
  if (id === 'mergePapers') return sizeOf(list.selection) > 1;
  if (id === 'print' || id === 'savePdf') return (triage ? triage.current : currentId) !== null;
  if (id === 'goBack') return wayBack.length > 0;
  if (ofShownPaper.has(id)) return currentId !== null;
  if (id === 'largerText') return settings.reading.size < mostReadingSize;
  if (id === 'smallerText') return settings.reading.size > leastReadingSize;
  const section = all.find((command) => command.id === id)?.section;
  if (needPapers.has(id) || (section === 'Paper' && id !== 'backToList')) return list.total > 0 && list.focus >= 0;
  return true;
}

/** What can be done while a dialog is open, which is about something else: the others would work behind it. */
const besideDialog = new Set<CommandId>([
  'undo',
  'redo',
  'toggleDensity',
  'themeSystem',
  'themeLight',
  'themeDark',
  'largerText',
  'smallerText',
  'usualText',
  'showLogs',
  'showData',
]);

/** What may take the place of a dialog that can give way. */
const inItsPlace = new Set<CommandId>(['palette', 'settings', 'help', 'checkForUpdates']);

/** The commands for which there is no use now, or in this program at all. */
export function unavailable(state: AppState): CommandId[] {
  const { dialog, host } = state;
  const isFree = (id: CommandId) =>
    dialog === null || besideDialog.has(id) || (canGiveWay(dialog) && inItsPlace.has(id));
  return all.map(({ id }) => id).filter((id) => !isFree(id) || !isOffered(id, host) || !isAvailable(id, state));
}
