import { type KeyboardEvent, useId } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import { type Status, statuses, statusLabels } from '../../shared/paper.ts';
import { withKey } from '../frame/key-hint.tsx';
import { StatusIcon } from '../icons/icons.tsx';
import './status-control.css';

const commandOf: Record<Status, CommandId> = {
  unread: 'markUnread',
  queued: 'markQueued',
  reading: 'markReading',
  read: 'toggleRead',
  skipped: 'markSkipped',
};

const steps: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/**
 * The five statuses as one control. The arrows only move the focus and Space chooses, as in a
 * toolbar: passing over a status must not mark the paper with it.
 * @param status the status now, or null when the papers are of several
 */
export function StatusControl({ status, onChoose }: { status: Status | null; onChoose(status: Status): void }) {
  const name = useId();

  function onKeyDown(event: KeyboardEvent<HTMLFieldSetElement>): void {
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const radios = [...event.currentTarget.querySelectorAll('input')];
    const at = radios.indexOf(event.target as HTMLInputElement);
    radios[(at + step + radios.length) % radios.length]?.focus();
  }

  return (
    <fieldset className="status-control" onKeyDown={onKeyDown}>
      <legend className="unseen">Status</legend>
      {statuses.map((choice) => (
        <label key={choice} title={withKey(statusLabels[choice], commandOf[choice])}>
          <input
            className="unseen"
            type="radio"
            name={name}
            value={choice}
            checked={choice === status}
            onChange={() => onChoose(choice)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') onChoose(choice);
            }}
          />
          <StatusIcon status={choice} />
          <span className="status-name">{statusLabels[choice]}</span>
        </label>
      ))}
    </fieldset>
  );
}
