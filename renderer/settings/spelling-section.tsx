import { useId, useState } from 'react';
import { useApp, useSession } from '../frame/session-context.ts';
import { CloseIcon } from '../icons/icons.tsx';
import { byName, languageName, likelyLanguage } from './languages.ts';
import { Section } from './section.tsx';

/** Languages that are checked at once, at most; see `settingsSchema`. */
const most = 10;
const none: readonly string[] = [];

/** In which languages the spelling of notes is checked; off until one is chosen. */
export function SpellingSection() {
  const { session } = useSession();
  const { languages, fetches } = useApp((state) => state.host.spelling);
  const chosen = useApp((state) => state.settings.spelling ?? none);
  const readOnly = useApp((state) => (state.library?.readOnly ?? null) !== null);
  const left = byName(languages.filter((language) => !chosen.includes(language)));
  const [picked, setPicked] = useState<string | null>(null);
  const wanted = picked !== null && left.includes(picked) ? picked : likelyLanguage(left, navigator.languages);
  const id = useId();

  function choose(spelling: readonly string[]): void {
    void session.program.set({ spelling: spelling.length === 0 ? null : [...spelling] });
  }

  return (
    <Section title="Spelling">
      <p>{chosen.length === 0 ? 'The spelling of notes is not checked.' : 'The spelling of notes is checked in:'}</p>
      {chosen.length > 0 && (
        <ul className="settings-languages">
          {chosen.map((language) => (
            <li key={language}>
              <span>{languageName(language)}</span>
              <button
                type="button"
                className="icon-button"
                aria-label={`Do not check ${languageName(language)}`}
                title="Do not check"
                disabled={readOnly}
                onClick={() => {
                  choose(chosen.filter((other) => other !== language));
                  document.getElementById(id)?.focus();
                }}
              >
                <CloseIcon />
              </button>
            </li>
          ))}
        </ul>
      )}
      {chosen.length < most && wanted !== undefined && (
        <p className="settings-buttons">
          <select
            id={id}
            className="select"
            aria-label="Language"
            value={wanted}
            disabled={readOnly}
            onChange={({ target }) => setPicked(target.value)}
          >
            {left.map((language) => (
              <option key={language} value={language}>
                {languageName(language)}
              </option>
            ))}
          </select>
          <button type="button" className="button" disabled={readOnly} onClick={() => choose([...chosen, wanted])}>
            Add language
          </button>
        </p>
      )}
      {fetches && (
        <p className="settings-words">
          The dictionary of a language is fetched once, over the network, from a server of Google’s. What you choose
          takes effect when Offprint next starts.
        </p>
      )}
    </Section>
  );
}
