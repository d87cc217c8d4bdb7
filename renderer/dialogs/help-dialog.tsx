import { type CommandDescription, type CommandSection, commands } from '../../shared/commands.ts';
import { Keys } from '../frame/key-hint.tsx';
import { Dialog } from './dialog.tsx';

/** Sections of the help in the order in which a reader needs them. */
const sections: readonly CommandSection[] = ['Paper', 'Go', 'View', 'Edit', 'File', 'Help'];

/** Keys of the list that choose rows and so are no commands. */
const choosing = [
  { id: 'extend', label: 'Extend the selection', keys: ['Shift+ArrowDown', 'Shift+ArrowUp'] },
  { id: 'page', label: 'A page of papers', keys: ['PageDown', 'PageUp'] },
  { id: 'open', label: 'Open the paper', keys: ['Enter'] },
];

/** Every command that has a key, with its keys. */
export function HelpDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} className="help">
      <div className="help-sections">
        {sections.map((section) => (
          <section key={section} aria-labelledby={`help-${section}`}>
            <h3 id={`help-${section}`}>{section}</h3>
            <dl>
              {(commands as readonly CommandDescription[])
                .filter((command) => command.section === section && command.keys.length > 0)
                .map(({ id, label, keys }) => (
                  <Line key={id} label={label} keys={keys} />
                ))}
              {section === 'Go' && choosing.map(({ id, label, keys }) => <Line key={id} label={label} keys={keys} />)}
            </dl>
          </section>
        ))}
      </div>
      <p className="help-note">
        Ctrl or ⌘ with a click chooses several papers, Shift with a click a range. In the list’s header, Alt with ← and
        → resizes a column; with Shift as well it moves the column.
      </p>
    </Dialog>
  );
}

function Line({ label, keys }: { label: string; keys: readonly string[] }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {keys.map((key, at) => (
          <span key={key} className="help-keys">
            {at > 0 && <span className="help-or">or</span>}
            <Keys of={key} />
          </span>
        ))}
      </dd>
    </div>
  );
}
