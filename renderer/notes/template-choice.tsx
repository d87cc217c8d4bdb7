import { useContext, useSyncExternalStore } from 'react';
import type { PaperId } from '../../shared/paper.ts';
import { SessionContext } from '../frame/session-context.ts';
import type { Session } from '../state/session.ts';

interface TemplateChoiceProps {
  id: PaperId;
  /** The note has been begun. */
  onBegun(): void;
}

/** The templates that an empty note can begin with, where there are some. */
export function TemplateChoice(props: TemplateChoiceProps) {
  const context = useContext(SessionContext);
  return context && <Choice {...props} session={context.session} />;
}

function Choice({ id, onBegun, session }: TemplateChoiceProps & { session: Session }) {
  const templates = useSyncExternalStore(session.store.subscribe, () => session.store.get().settings.noteTemplates);
  const readOnly = useSyncExternalStore(session.store.subscribe, () => session.store.get().library?.readOnly ?? null);
  if (templates.length === 0 || readOnly !== null) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons, not fields of a form
    <div className="note-templates" role="group" aria-label="Begin with a template">
      <span aria-hidden="true">Template</span>
      {templates.map((template, at) => (
        <button
          // Two may have one name.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={at}
          type="button"
          className="in-text"
          // The focus stays in a note that is being written.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => void session.notes.begin(id, template).then((begun) => begun && onBegun())}
        >
          {template.name}
        </button>
      ))}
    </div>
  );
}
