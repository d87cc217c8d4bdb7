import { useEffect, useId, useRef, useState } from 'react';
import { type KeyedPaper, parseKeyPattern } from '../../shared/citation-keys.ts';
import { citationStyles } from '../../shared/export-formats.ts';
import { usualKeyPattern } from '../../shared/settings.ts';
import { Choice } from '../frame/choice.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { Section } from './section.tsx';

/** Stands in where no paper is open. */
const example: KeyedPaper = {
  title: 'Attention Is All You Need',
  authors: ['Ashish Vaswani', 'Noam Shazeer', 'Niki Parmar'],
  published: '2017-06-12',
};

/** How papers are cited, and what they are called in other programs. */
export function CitationsSection({ focused }: { focused: boolean }) {
  const { session } = useSession();
  const style = useApp((state) => state.settings.citationStyle);
  const part = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!focused) return;
    part.current?.scrollIntoView({ block: 'nearest' });
    part.current?.querySelector<HTMLInputElement>('input:checked')?.focus();
  }, [focused]);

  return (
    <Section title="Citations">
      <div ref={part} className="settings-citations">
        <Choice
          legend="Copy citations as"
          options={citationStyles.map(({ id, label }) => [id, label] as const)}
          value={style}
          onChange={(citationStyle) => session.settings.change({ citationStyle })}
        />
      </div>
      <KeyPattern />
    </Section>
  );
}

/** The pattern of citation keys with what comes of it, or why it is none. */
function KeyPattern() {
  const { session } = useSession();
  const saved = useApp((state) => state.settings.citationKeys);
  const [typed, setTyped] = useState(saved);
  const id = useId();
  const parsed = parseKeyPattern(typed);
  const problem = 'error' in parsed ? parsed : null;

  function change(pattern: string): void {
    setTyped(pattern);
    if (pattern.length <= 200 && 'make' in parseKeyPattern(pattern)) session.settings.change({ citationKeys: pattern });
  }

  return (
    <div className="settings-keys">
      <label htmlFor={id}>Citation keys</label>
      <span className="settings-keys-line">
        <input
          id={id}
          className="field"
          type="text"
          value={typed}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-words ${id}-form`}
          onChange={({ target }) => change(target.value)}
        />
        {typed !== usualKeyPattern && (
          <button type="button" className="button small" onClick={() => change(usualKeyPattern)}>
            As usual
          </button>
        )}
      </span>
      {/* Always there, so that a screen reader hears what comes into it. */}
      <p id={`${id}-words`} role="status" className={problem ? 'form-problem' : 'settings-words'}>
        {problem ? (
          `At character ${problem.at + 1}: ${problem.error}`
        ) : (
          <>
            As in <code>{'make' in parsed ? parsed.make(example) : ''}</code>
          </>
        )}
      </p>
      <p id={`${id}-form`} className="settings-words">
        From <code>[auth]</code>, <code>[authors3]</code>, <code>[year]</code>, <code>[shortyear]</code>,{' '}
        <code>[title1]</code>, with <code>:lower</code> or <code>:upper</code>. A key that a paper has stays.
      </p>
    </div>
  );
}
