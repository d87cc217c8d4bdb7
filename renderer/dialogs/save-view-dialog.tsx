import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import { explainQuery } from '../../shared/query/explain.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import { type SavedView, viewIcons } from '../../shared/views.ts';
import { useSession } from '../frame/session-context.ts';
import { ViewIcon, viewIconLabels } from '../icons/view-icon.tsx';
import type { ViewDraft } from '../state/view-draft.ts';
import { sentence } from '../text/sentence.ts';
import { columnsWords, sortWords } from '../views/kept-words.ts';
import { Dialog } from './dialog.tsx';
import './save-view-dialog.css';

interface SaveViewDialogProps {
  draft: ViewDraft;
  onClose(): void;
}

/** A view to be saved: its name, its icon, the query it stands for, and what of the list is kept with it. */
export function SaveViewDialog({ draft, onClose }: SaveViewDialogProps) {
  const { session } = useSession();
  const [view, setView] = useState(draft);
  const [problem, setProblem] = useState('');
  const form = useId();
  const { existing } = draft;
  const query = parseQuery(view.query);

  async function save(id: string | null): Promise<void> {
    if (view.name.trim() === '') {
      setProblem('A view needs a name.');
      document.getElementById(`${form}-name`)?.focus();
      return;
    }
    const failure = await session.views.save({
      ...{ id, name: view.name.trim(), icon: view.icon, query: view.query },
      // A query that says its order itself has it everywhere.
      sort: view.keepSort && query.sort === null ? view.sort : null,
      columns: view.keepColumns ? view.columns : null,
    });
    if (failure === null) onClose();
    else setProblem(failure);
  }

  const main = existing && !draft.isNew ? existing.id : null;
  function onKeyDown(event: KeyboardEvent): void {
    const isSave = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's';
    if (!isSave) return;
    // Else the browser would save its page.
    event.preventDefault();
    void save(main);
  }

  return (
    <Dialog
      title={main === null ? 'Save as a view' : 'Edit view'}
      onClose={onClose}
      className="save-view"
      foot={
        <>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          {existing && (
            <button
              type="button"
              className="button other"
              onClick={() => void save(main === null ? existing.id : null)}
            >
              <span className="clip">{main === null ? `Change “${existing.name}”` : 'Save as another view'}</span>
            </button>
          )}
          <button type="submit" form={form} className="button main">
            {main === null ? 'Save view' : 'Save'}
          </button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void save(main);
        }}
        onKeyDown={onKeyDown}
      >
        <label className="form-label" htmlFor={`${form}-name`}>
          Name
        </label>
        <input
          ref={selectOnce}
          id={`${form}-name`}
          className="field"
          dir="auto"
          autoComplete="off"
          maxLength={100}
          value={view.name}
          aria-invalid={problem !== ''}
          aria-describedby={problem === '' ? undefined : `${form}-problem`}
          onChange={({ target }) => {
            setView({ ...view, name: target.value });
            setProblem('');
          }}
        />
        {problem !== '' && (
          <p className="form-problem" id={`${form}-problem`} role="alert">
            {problem}
          </p>
        )}
        <IconChoice chosen={view.icon} onChoose={(icon) => setView({ ...view, icon })} />
        <label className="form-label" htmlFor={`${form}-query`}>
          Search
        </label>
        <textarea
          id={`${form}-query`}
          className="field query-field"
          dir="auto"
          rows={2}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={10_000}
          value={view.query}
          aria-describedby={`${form}-words`}
          // A query has no lines.
          onChange={({ target }) => setView({ ...view, query: target.value.replaceAll(/[\r\n]+/g, ' ') })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            event.preventDefault();
            void save(main);
          }}
        />
        <p className="query-words" id={`${form}-words`} aria-live="polite">
          {sentence(explainQuery(query))}
        </p>
        <Kept
          label="Keep the order"
          what={query.sort === null ? sortWords(view.sort) : `${sortWords(query.sort)}, as the search says`}
          kept={view.keepSort || query.sort !== null}
          isFixed={query.sort !== null}
          onKeep={(keepSort) => setView({ ...view, keepSort })}
        />
        <Kept
          label="Keep the columns"
          what={columnsWords(view.columns)}
          kept={view.keepColumns}
          onKeep={(keepColumns) => setView({ ...view, keepColumns })}
        />
      </form>
    </Dialog>
  );
}

function selectOnce(input: HTMLInputElement | null): void {
  input?.select();
}

interface IconChoiceProps {
  chosen: SavedView['icon'];
  onChoose(icon: SavedView['icon']): void;
}

function IconChoice({ chosen, onChoose }: IconChoiceProps) {
  const name = useId();
  return (
    <fieldset className="icon-choice">
      <legend className="form-label">Icon</legend>
      {viewIcons.map((icon) => (
        <label key={icon} title={viewIconLabels[icon]}>
          <input
            type="radio"
            name={name}
            aria-label={viewIconLabels[icon]}
            checked={icon === chosen}
            onChange={() => onChoose(icon)}
          />
          <ViewIcon icon={icon} />
        </label>
      ))}
    </fieldset>
  );
}

interface KeptProps {
  label: string;
  /** What would be kept, in words. */
  what: string;
  kept: boolean;
  isFixed?: boolean;
  onKeep(kept: boolean): void;
}

function Kept({ label, what, kept, isFixed = false, onKeep }: KeptProps) {
  return (
    <label className="kept">
      <input type="checkbox" checked={kept} disabled={isFixed} onChange={({ target }) => onKeep(target.checked)} />
      <span>
        {label}
        <span className="kept-what">{what}</span>
      </span>
    </label>
  );
}
