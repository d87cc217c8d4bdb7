import { useState } from 'react';
import { onMac } from '../commands/use-keyboard.ts';
import { Keys } from '../frame/key-hint.tsx';
import { useApp } from '../frame/session-context.ts';
import { Dialog } from './dialog.tsx';
import { foundSections, helpSections } from './help-lines.ts';
import { SearchLanguage, searchLanguage } from './search-language.tsx';

/** Every command that has a key, with its keys, and what can be written in the search box. */
export function HelpDialog({ onClose }: { onClose(): void }) {
  const inTriage = useApp((state) => state.triage !== null);
  const [typed, setTyped] = useState('');
  const sections = foundSections(helpSections(inTriage), typed, onMac);
  const wanted = typed.trim().toLowerCase();
  const whole = 'the search box'.includes(wanted);
  const language = searchLanguage.filter((line) => whole || line.some((text) => text.toLowerCase().includes(wanted)));
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} className="help">
      <input
        className="field help-search"
        type="search"
        aria-label="Find a key"
        placeholder="Find a key or what it does"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <div className="help-sections">
        {sections.map(({ heading, lines }) => (
          <section key={heading} aria-labelledby={`help-${heading}`}>
            <h3 id={`help-${heading}`}>{heading}</h3>
            <dl>
              {lines.map(({ id, label, keys }) => (
                <Line key={id} label={label} keys={keys} />
              ))}
            </dl>
          </section>
        ))}
        {language.length > 0 && (
          <section aria-labelledby="help-search">
            <h3 id="help-search">The search box</h3>
            <SearchLanguage shown={language} />
          </section>
        )}
      </div>
      <p role="status" className={sections.length + language.length > 0 ? 'unseen' : 'help-note'}>
        {wanted !== '' && (sections.length + language.length > 0 ? 'Found' : 'No key does that.')}
      </p>
      {wanted === '' && (
        <p className="help-note">
          Ctrl or ⌘ with a click chooses several papers, Shift with a click a range. In the list’s header, Alt with ←
          and → resizes a column; with Shift as well it moves the column.
        </p>
      )}
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
