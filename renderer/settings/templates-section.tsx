import { useId, useState } from 'react';
import type { NoteTemplate } from '../../shared/settings.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import { CloseIcon } from '../icons/icons.tsx';
import { Section } from './section.tsx';
import './templates-section.css';

/** Templates that there are at most; see `settingsSchema`. */
const most = 50;

const names = ['title', 'authors', 'year', 'key', 'link', 'abstract', 'today'] as const;

/** What a template that is added says, to be written over. */
const example: NoteTemplate = {
  name: 'Reading note',
  text: '{{authors}}, {{year}} · {{link}}\n\n## What it shows\n\n\n## What is open\n\n\nRead on {{today}}.\n',
};

/** The texts that notes can begin with. */
export function TemplatesSection() {
  const { session } = useSession();
  const saved = useApp((state) => state.settings.noteTemplates);
  const readOnly = useApp((state) => (state.library?.readOnly ?? null) !== null);
  const [templates, setTemplates] = useState<readonly (NoteTemplate & { key: number })[]>(() =>
    saved.map((template, key) => ({ ...template, key })),
  );
  const [added, setAdded] = useState<number | null>(null);
  const id = useId();

  function change(changed: typeof templates): void {
    setTemplates(changed);
    // A name that is just being written anew is none for a moment.
    const noteTemplates = changed.map(({ name, text }) => ({ name: name.trim() || 'Untitled', text }));
    session.settings.change({ noteTemplates });
  }

  function set(key: number, field: Partial<NoteTemplate>): void {
    change(templates.map((template) => (template.key === key ? { ...template, ...field } : template)));
  }

  function add(): void {
    const key = Math.max(-1, ...templates.map((template) => template.key)) + 1;
    change([...templates, { ...example, key }]);
    setAdded(key);
  }

  return (
    <Section title="Note templates">
      <p id={`${id}-words`}>
        {templates.length === 0
          ? 'A note can begin with a text of yours.'
          : 'Chosen where a note is still empty. These stand for what the paper has: '}
        {templates.length > 0 && names.map((name) => <code key={name}>{`{{${name}}}`}</code>)}
      </p>
      {templates.map(({ key, name, text }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset of browsers cannot be laid out
        <div key={key} className="settings-template" role="group" aria-label={`Template ${name}`}>
          <input
            className="field"
            aria-label="Name"
            // The one that was just added is to be named.
            ref={key === added ? focused : undefined}
            maxLength={100}
            autoComplete="off"
            disabled={readOnly}
            value={name}
            onChange={({ target }) => set(key, { name: target.value })}
          />
          <button
            type="button"
            className="icon-button"
            aria-label={`Remove ${name}`}
            title="Remove"
            disabled={readOnly}
            onClick={() => {
              change(templates.filter((template) => template.key !== key));
              document.getElementById(`${id}-add`)?.focus();
            }}
          >
            <CloseIcon />
          </button>
          <textarea
            className="field"
            aria-label="Text"
            aria-describedby={`${id}-words`}
            rows={6}
            maxLength={20_000}
            spellCheck
            autoComplete="off"
            dir="auto"
            disabled={readOnly}
            value={text}
            onChange={({ target }) => set(key, { text: target.value })}
          />
        </div>
      ))}
      <button
        id={`${id}-add`}
        type="button"
        className="button"
        disabled={readOnly || templates.length >= most}
        onClick={add}
      >
        Add template
      </button>
    </Section>
  );
}

function focused(field: HTMLInputElement | null): void {
  field?.select();
  field?.focus();
}
