import { useId } from 'react';
import { withKey } from '../frame/key-hint.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { MoreIcon } from '../icons/icons.tsx';

const themes = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;
const densities = [
  ['compact', 'Compact'],
  ['comfortable', 'Comfortable'],
] as const;

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
            {[3, 10, 30, 60].map((seconds) => (
              <option key={seconds} value={seconds}>
                {seconds} seconds
              </option>
            ))}
          </select>
        </label>
        <hr />
        {(['import', 'chooseColumns'] as const).map((id) => (
          <button
            key={id}
            type="button"
            className="option-button"
            onClick={() => {
              close();
              run(id);
            }}
          >
            {id === 'import' ? 'Import…' : 'Columns…'}
          </button>
        ))}
      </div>
    </>
  );
}

interface ChoiceProps<T extends string> {
  legend: string;
  options: readonly (readonly [T, string])[];
  value: T;
  onChange(value: T): void;
}

/** A few values of which one holds, side by side. */
function Choice<T extends string>({ legend, options, value, onChange }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      {options.map(([id, label]) => (
        <label key={id}>
          <input type="radio" name={name} checked={id === value} onChange={() => onChange(id)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
