import { useId, useState } from 'react';
import { useApp, useSession } from '../frame/session-context.ts';
import { mostSeconds, secondsIn } from './seconds.ts';

/** Seconds offered to whoever has never chosen any. */
const usual = 10;

/** Whether a paper that is open counts as read after a while, and after how many seconds. */
export function MarkReadAfter() {
  const { session } = useSession();
  const seconds = useApp((state) => state.settings.markReadAfter);
  const [typed, setTyped] = useState(String(seconds ?? usual));
  const id = useId();
  const wanted = secondsIn(typed);

  function change(markReadAfter: number | null): void {
    session.settings.change({ markReadAfter });
  }

  return (
    <div className="settings-option">
      <input
        type="checkbox"
        id={id}
        checked={seconds !== null}
        onChange={({ target }) => {
          if (wanted === null) setTyped(String(usual));
          change(target.checked ? (wanted ?? usual) : null);
        }}
      />
      <div>
        <label htmlFor={id}>Mark a paper read when it has been open for</label>{' '}
        <span className="settings-number">
          <input
            type="text"
            inputMode="numeric"
            className="field"
            aria-label="Seconds"
            aria-invalid={seconds !== null && wanted === null}
            aria-describedby={`${id}-problem`}
            autoComplete="off"
            disabled={seconds === null}
            value={typed}
            onChange={({ target }) => {
              setTyped(target.value);
              const now = secondsIn(target.value);
              if (now !== null) change(now);
            }}
            onBlur={() => wanted === null && setTyped(String(seconds ?? usual))}
          />{' '}
          seconds
        </span>
        {/* Always there, so that a screen reader hears what comes into it. */}
        <p id={`${id}-problem`} role="status" className="settings-problem">
          {seconds !== null && wanted === null && `A whole number from 1 to ${mostSeconds}.`}
        </p>
      </div>
    </div>
  );
}
