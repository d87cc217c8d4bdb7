import type { ReactNode } from 'react';
import type { TriageCommandId } from '../../shared/commands.ts';
import { triageCommands } from '../../shared/commands.ts';
import type { Status } from '../../shared/paper.ts';
import { KeyCaps } from '../frame/key-hint.tsx';
import { useSession } from '../frame/session-context.ts';
import { NoteIcon, StarIcon, StatusIcon, TagIcon, UndoIcon } from '../icons/icons.tsx';
import type { TriageState } from './triage-state.ts';
import './triage-actions.css';

const verdicts: readonly [TriageCommandId, Status, string][] = [
  ['read', 'read', 'Read'],
  ['queue', 'queued', 'To read'],
  ['reading', 'reading', 'Reading'],
  ['skip', 'skipped', 'Skip'],
];

/** What can be decided about a paper, each with its key. */
export function TriageActions({ triage }: { triage: TriageState }) {
  const marks = triage.current?.marks ?? null;
  return (
    <div className="triage-actions" role="toolbar" aria-label="Decide">
      {verdicts.map(([id, status, label]) => (
        <Action key={id} id={id} label={label} pressed={marks?.status === status} disabled={!marks}>
          <StatusIcon status={status} />
        </Action>
      ))}
      <span className="triage-gap" />
      <Action id="star" label="Star" pressed={marks?.starred ?? false} disabled={!marks}>
        <StarIcon filled={marks?.starred ?? false} />
      </Action>
      <Action id="tag" label="Tags" disabled={!marks}>
        <TagIcon />
      </Action>
      <Action id="note" label="Note" disabled={!triage.current?.paper}>
        <NoteIcon />
      </Action>
      <span className="triage-gap" />
      <Action id="undo" label="Undo" disabled={triage.undoable === 0}>
        <UndoIcon />
      </Action>
    </div>
  );
}

interface ActionProps {
  id: TriageCommandId;
  label: string;
  pressed?: boolean;
  disabled: boolean;
  /** The icon. */
  children: ReactNode;
}

function Action({ id, label, pressed, disabled, children }: ActionProps) {
  const { session } = useSession();
  const command = triageCommands.find((each) => each.id === id);
  const key = command?.keys[0] ?? '';
  return (
    <button
      type="button"
      className="triage-action"
      data-command={id}
      aria-pressed={pressed}
      aria-disabled={disabled}
      aria-label={label}
      aria-keyshortcuts={key}
      title={`${command?.label ?? label} (${key})`}
      // The page keeps the keys: a Space after a click is for scrolling.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => !disabled && session.triage.run(id)}
    >
      {children}
      <span className="triage-label">{label}</span>
      <KeyCaps of={key} />
    </button>
  );
}
