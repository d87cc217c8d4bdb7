import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { useApp, useSession } from '../frame/session-context.ts';
import { CloseIcon, PlusIcon } from '../icons/icons.tsx';
import type { OnlyTags } from '../state/app-state.ts';
import type { Ranges } from '../state/ranges.ts';
import { TagMark } from '../tags/tag-mark.tsx';
import { byName } from '../tags/tag-tree.ts';
import { Dialog } from './dialog.tsx';
import { changeOf, completions, readTags, type TagChoice, tagChoice, withTag } from './tag-choice.ts';

/** Papers looked at to tell tags that all have from tags that some have. */
const mostLooked = 500;

const mostOffered = 8;

interface TagsDialogProps {
  selection: Ranges;
  size: number;
  /** The one paper meant, where it is no row of the list. */
  only?: OnlyTags | undefined;
  onClose(): void;
}

/** The tags of the chosen papers. Nothing changes until Save, and then in one step. */
export function TagsDialog({ selection, size, only, onClose }: TagsDialogProps) {
  const { session } = useSession();
  const [choice, setChoice] = useState<TagChoice | null>(only ? tagChoice([only.tags], true) : null);

  useEffect(() => {
    if (only) return;
    let wanted = true;
    session.list.rowsOf(selection, mostLooked).then(
      (rows) => {
        const tags = rows.map((row) => row.tags);
        if (wanted) setChoice(tagChoice(tags, rows.length === size));
      },
      (error) => {
        session.toasts.fail(error);
        onClose();
      },
    );
    return () => {
      wanted = false;
    };
  }, [session, selection, size, only, onClose]);

  function save(final: TagChoice): void {
    const change = changeOf(final);
    if (change && only) only.save(change);
    else if (change) void session.papers.mark(change, selection);
    onClose();
  }

  const papers = size === 1 ? 'Tags' : `Tags of ${size.toLocaleString()} papers`;
  return (
    <Dialog
      title={papers}
      onClose={onClose}
      className="tags"
      foot={
        <>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            className="button main"
            disabled={choice === null}
            onClick={() => choice && save(choice)}
          >
            Save
          </button>
        </>
      }
    >
      {choice && <TagEditor choice={choice} onChange={setChoice} onSave={save} several={size > 1} />}
    </Dialog>
  );
}

interface TagEditorProps {
  choice: TagChoice;
  onChange(choice: TagChoice): void;
  onSave(choice: TagChoice): void;
  several: boolean;
}

function TagEditor({ choice, onChange, onSave, several }: TagEditorProps) {
  const library = useApp((state) => state.library);
  const tags = library?.tags;
  const known = useMemo(() => (tags ?? []).map(({ name }) => name).sort(byName), [tags]);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(-1);
  const [problem, setProblem] = useState('');
  const id = useId();
  const offered = completions(known, typed, choice, mostOffered);
  const chips = [...choice.after].filter(([, state]) => state !== 'none');

  function add(text: string): void {
    const read = readTags(text, known);
    if ('problem' in read) {
      setProblem(read.problem);
      return;
    }
    onChange(read.tags.reduce((chosen, tag) => withTag(chosen, tag, 'all'), choice));
    setTyped('');
    setActive(-1);
    setProblem('');
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const last = chips.at(-1);
    const picked = offered[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const by = event.key === 'ArrowDown' ? 1 : -1;
      setActive(Math.min(Math.max(active + by, -1), offered.length - 1));
    } else if (event.key === ',' && typed.trim() !== '') {
      add(typed);
    } else if (event.key === 'Enter') {
      if (picked !== undefined) add(picked);
      else if (typed.trim() !== '') add(typed);
      else onSave(choice);
    } else if (event.key === 'Tab' && typed !== '' && (picked ?? offered[0]) !== undefined) {
      add(picked ?? offered[0] ?? '');
    } else if (event.key === 'Backspace' && typed === '' && last) {
      onChange(withTag(choice, last[0], 'none'));
    } else return;
    event.preventDefault();
  }

  return (
    <>
      <ul className="tag-chips" aria-label="Tags">
        {chips.map(([tag, state]) => (
          <li key={tag} className="tag-chip" data-state={state}>
            <TagMark tag={tag} className="tag-mark" />
            <span className="clip" dir="auto">
              {tag}
            </span>
            {state === 'some' && (
              <>
                <span className="tag-some">some</span>
                <button
                  type="button"
                  className="icon-button"
                  aria-label={`Give ${tag} to all`}
                  title="Give to all"
                  onClick={() => onChange(withTag(choice, tag, 'all'))}
                >
                  <PlusIcon />
                </button>
              </>
            )}
            <button
              type="button"
              className="icon-button"
              aria-label={`Remove ${tag}`}
              title={several ? 'Remove from all' : 'Remove'}
              onClick={() => onChange(withTag(choice, tag, 'none'))}
            >
              <CloseIcon />
            </button>
          </li>
        ))}
        {chips.length === 0 && <li className="tag-none">No tags yet</li>}
      </ul>
      <input
        ref={focusOnce}
        data-first
        className="field"
        role="combobox"
        aria-label="Add a tag"
        placeholder="Add a tag"
        aria-expanded={offered.length > 0}
        aria-controls={`${id}-offered`}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        aria-describedby={`${id}-hint`}
        aria-invalid={problem !== ''}
        autoComplete="off"
        spellCheck={false}
        maxLength={5000}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setActive(-1);
          setProblem('');
        }}
        onKeyDown={onKeyDown}
      />
      <div
        role="listbox"
        id={`${id}-offered`}
        aria-label="Tags to add"
        className="tag-offers"
        hidden={offered.length === 0}
      >
        {offered.map((tag, at) => (
          // The input keeps the focus and names the option.
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keys
          <div
            key={tag}
            role="option"
            id={`${id}-${at}`}
            className="tag-offer"
            aria-selected={at === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => add(tag)}
          >
            <TagMark tag={tag} className="tag-mark" />
            <span className="clip" dir="auto">
              {tag}
            </span>
            <span className="count">{tags?.find(({ name }) => name === tag)?.total.toLocaleString()}</span>
          </div>
        ))}
      </div>
      <p className="tag-hint" id={`${id}-hint`} role={problem === '' ? undefined : 'alert'}>
        {problem === ''
          ? 'Enter adds a tag, Enter again saves; a comma adds several. ml/vision is nested in ml.'
          : problem}
      </p>
    </>
  );
}

/** Where the tags come after the dialog; where they are there with it, the dialog sees to it. */
function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
}
