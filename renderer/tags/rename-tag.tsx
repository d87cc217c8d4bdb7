import { useEffect, useId, useRef, useState } from 'react';
import { useApp } from '../frame/session-context.ts';
import { renamePlan } from './tag-changes.ts';
import type { TagRowActions } from './tag-row.tsx';

interface RenameTagProps {
  name: string;
  actions: Pick<TagRowActions, 'onRenamed' | 'onLeave'>;
}

/** The new name of a tag, and what it would do, said while it is typed. */
export function RenameTag({ name, actions }: RenameTagProps) {
  const tags = useApp((state) => state.library?.tags) ?? [];
  const [typed, setTyped] = useState(name);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  // An effect, because the dialog that it may open with gives the focus to its first control.
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const plan = renamePlan(tags, name, typed);
  const isEmpty = typed.trim() === '';
  const words =
    plan.kind === 'rename' ? plan.sentence : plan.kind === 'problem' && !isEmpty ? plan.problem : 'Enter renames it.';

  function save(): void {
    if (plan.kind === 'rename') void actions.onRenamed(name, plan.to);
    else if (plan.kind === 'same') actions.onLeave(name);
  }

  return (
    <form
      className="rename-tag"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Leaves the renaming, and not the dialog around it.
        event.preventDefault();
        event.stopPropagation();
        actions.onLeave(name);
      }}
    >
      <input
        ref={input}
        className="field"
        dir="auto"
        aria-label={`New name of ${name}`}
        aria-describedby={id}
        aria-invalid={plan.kind === 'problem' && !isEmpty}
        autoComplete="off"
        spellCheck={false}
        maxLength={101}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <button type="submit" className="button small main" disabled={plan.kind === 'problem'}>
        {plan.kind === 'rename' && plan.merges ? 'Merge' : 'Rename'}
      </button>
      <button type="button" className="button small" onClick={() => actions.onLeave(name)}>
        Cancel
      </button>
      <p id={id} role="status" data-merges={(plan.kind === 'rename' && plan.merges) || undefined}>
        {words}
      </p>
    </form>
  );
}
