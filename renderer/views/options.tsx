import { useId } from 'react';
import { Choice, densities, themes } from '../frame/choice.tsx';
import { withKey } from '../frame/key-hint.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { MoreIcon } from '../icons/icons.tsx';

/** Seconds after which a paper can be marked read; any other number is chosen in the settings. */
const someSeconds = [3, 10, 30, 60];

const entries = { import: 'Import…', chooseColumns: 'Columns…', settings: 'Settings…' } as const;

/** The buttons at the foot of the views: options of the window, and the keys. */
export function Options() {
  const { session, run } = useSession();
  const settings = useApp((state) => state.settings);
  const menu = useId();

  function close(): void {
    document.getElementById(menu)?.hidePopover();
  }

  return (
    <>
      <button
        type="button"
        className="icon-button"
        popoverTarget={menu}
        aria-label="Options and import"
        title="Options and import"
      >
        <MoreIcon />
      </button>
      <button
        type="button"
        className="icon-button help-button"
        aria-label="Keyboard shortcuts"
        title={withKey('Keyboard shortcuts', 'help')}
        onClick={() => run('help')}
      >
        ?
      </button>
      <div popover="auto" id={menu} className="options">
        <Choice
          legend="Theme"
          options={themes}
          value={settings.theme}
          onChange={(theme) => session.settings.change({ theme })}
        />
        <Choice
          legend="Rows"
          options={densities}
          value={settings.density}
          onChange={(density) => session.settings.change({ density })}
        />
        <label className="option-line">
          Mark read after
          <select
            value={settings.markReadAfter ?? ''}
            onChange={({ target }) =>
              session.settings.change({ markReadAfter: target.value === '' ? null : Number(target.value) })
            }
          >
            <option value="">never</option>
            {[...new Set([...someSeconds, settings.markReadAfter ?? 3])]
              .toSorted((a, b) => a - b)
              .map((seconds) => (
                <option key={seconds} value={seconds}>
                  {seconds === 1 ? '1 second' : `${seconds} seconds`}
                </option>
              ))}
          </select>
        </label>
        <hr />
        {(Object.keys(entries) as (keyof typeof entries)[]).map((id) => (
          <button
            key={id}
            type="button"
            className="option-button"
            onClick={() => {
              close();
              run(id);
            }}
          >
            {entries[id]}
          </button>
        ))}
      </div>
    </>
  );
}
