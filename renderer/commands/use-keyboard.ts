import { useEffect } from 'react';
import { type CommandId, commands, type TriageCommandId, triageCommands } from '../../shared/commands.ts';
import { isDialogOnItsWay, typeOnItsWay } from '../dialogs/lazy-dialog.tsx';
import type { Choice } from '../state/paper-actions.ts';
import type { Session } from '../state/session.ts';
import { canGiveWay } from './give-way.ts';
import { isMac, KeyReader, strokeOf } from './keys.ts';
import { editText, type Frame, runCommand } from './run.ts';
import { meantInPage } from './run-reading.ts';
import { runTriage } from './run-triage.ts';
import { isTyping, ownsStroke } from './typing.ts';

/** True when this window runs on a Mac. */
export const onMac = isMac(navigator.platform);

const whileTyping = new Set<CommandId>(
  commands.filter((command) => 'whileTyping' in command).map((command) => command.id),
);

/** Keys that only choose rows, and so are no commands: what they move by, in rows or pages. */
const choosing: Record<string, { rows?: number; pages?: number; how: Choice }> = {
  'Shift+ArrowDown': { rows: 1, how: 'range' },
  'Shift+ArrowUp': { rows: -1, how: 'range' },
  'Shift+j': { rows: 1, how: 'range' },
  'Shift+k': { rows: -1, how: 'range' },
  'Shift+Home': { rows: Number.NEGATIVE_INFINITY, how: 'range' },
  'Shift+End': { rows: Number.POSITIVE_INFINITY, how: 'range' },
  PageDown: { pages: 1, how: 'alone' },
  PageUp: { pages: -1, how: 'alone' },
  'Shift+PageDown': { pages: 1, how: 'range' },
  'Shift+PageUp': { pages: -1, how: 'range' },
};

/**
 * Runs commands from the keyboard and from the application menu. Single letters never fire while
 * typing; nothing fires under a dialog or menu, or where an element uses the key itself.
 * @param rowsPerPage how many rows the list shows
 */
export function useKeyboard(session: Session, frame: Frame, rowsPerPage: () => number): void {
  useEffect(() => {
    const keys = new KeyReader(commands);
    const triageKeys = new KeyReader<TriageCommandId | CommandId>([...triageCommands, ...alsoInTriage].map(inMenu));

    // Before whatever has the focus: it is not what the key is meant for.
    function holdBack(event: KeyboardEvent): void {
      if (event.isComposing || !isDialogOnItsWay()) return;
      const stroke = strokeOf({ ...pick(event), altGraph: event.getModifierState('AltGraph') }, onMac);
      if (stroke === null) return;
      event.preventDefault();
      event.stopPropagation();
      const isLetter = [...event.key].length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (isLetter || stroke === 'Enter') typeOnItsWay(event.key);
    }

    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const stroke = strokeOf({ ...pick(event), altGraph: event.getModifierState('AltGraph') }, onMac);
      if (stroke === null) return;
      if (document.querySelector(floating) && !(stroke === 'Mod+k' && canGiveWay(session.store.get().dialog))) return;
      const typing = isTyping(event.target);
      if (typing) keys.forget();
      if (!typing && ownsStroke(event.target, stroke)) return;
      if (session.triage.isOpen && !typing) {
        const answer = triageKeys.press(stroke, event.timeStamp);
        if (answer === null || answer === 'pending') return;
        event.preventDefault();
        if (event.repeat && !repeatable.has(answer)) return;
        const command = alsoInTriage.find(({ id }) => id === answer);
        if (command) runCommand(command.id, session, frame);
        else runTriage(answer as TriageCommandId, session, frame);
        return;
      }
      const choice = choosing[stroke];
      if (choice && !typing) {
        event.preventDefault();
        session.papers.move(choice.rows ?? (choice.pages ?? 0) * rowsPerPage(), choice.how);
        return;
      }
      const answer = typing ? typedCommand(stroke) : keys.press(stroke, event.timeStamp);
      if (answer === null) return;
      event.preventDefault();
      if (answer === 'pending') return;
      // Held keys may move, but must not mark paper after paper.
      if (event.repeat && !repeatable.has(answer)) return;
      runCommand(meantInPage(answer, event.target, frame.page()), session, frame);
    }

    window.addEventListener('keydown', holdBack, true);
    window.addEventListener('keydown', onKeyDown);
    const unlisten = session.client.on('command', ({ id }) => {
      if (!editText(id, document.activeElement)) runCommand(id, session, frame);
    });
    return () => {
      window.removeEventListener('keydown', holdBack, true);
      window.removeEventListener('keydown', onKeyDown);
      unlisten();
    };
  }, [session, frame, rowsPerPage]);
}

/** What has the keys to itself while it is open. */
const floating = 'dialog:modal, [popover]:popover-open';

/** What means the same while a view is gone through as anywhere. */
const alsoInTriage = commands.filter(({ id }) =>
  ['help', 'palette', 'noteHistory', 'largerText', 'smallerText', 'usualText'].includes(id),
);

/** The commands for going through a view stand in no menu; their keys are read like those of all others. */
function inMenu<Id extends string>({ id, keys }: { id: Id; keys: readonly string[] }) {
  return { id, keys, label: id, section: 'Paper' as const };
}

const repeatable = new Set<CommandId | TriageCommandId>([
  ...(['next', 'previous', 'pageOn', 'pageBack', 'undo', 'redo', 'nextMatch', 'previousMatch'] as const),
  ...(['largerText', 'smallerText'] as const),
]);

function pick(event: KeyboardEvent) {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  return { key, code, ctrlKey, metaKey, altKey, shiftKey };
}

/** The command of a stroke that also works while typing. */
function typedCommand(stroke: string): CommandId | null {
  const command = commands.find(({ keys }) => (keys as readonly string[]).includes(stroke));
  return command && whileTyping.has(command.id) ? command.id : null;
}
