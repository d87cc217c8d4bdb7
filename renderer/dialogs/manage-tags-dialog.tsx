import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import { focusFirstItem, onMenuKeyDown } from '../frame/menu-keys.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import { counted } from '../state/import-words.ts';
import type { TagOutcome } from '../state/tag-actions.ts';
import { ColourChoice } from '../tags/colour-choice.tsx';
import { TagRow, type TagRowActions } from '../tags/tag-row.tsx';
import { type TagLine, tagTree, visibleTags } from '../tags/tag-tree.ts';
import { Dialog } from './dialog.tsx';
import './manage-tags-dialog.css';

interface ManageTagsDialogProps {
  /** The tag that is to be renamed at once, or null. */
  rename: string | null;
  onClose(): void;
}

const nothingFolded: ReadonlySet<string> = new Set();

/** All tags of the library: each can be renamed, merged into another, coloured and removed. */
export function ManageTagsDialog({ rename, onClose }: ManageTagsDialogProps) {
  const { session } = useSession();
  const tags = useApp((state) => state.library?.tags);
  const [filter, setFilter] = useState('');
  const wanted = useDeferredValue(filter.trim().toLowerCase());
  const lines = useMemo(() => visibleTags(tagTree(tags ?? []), nothingFolded), [tags]);
  const shown = useMemo(() => lines.filter(({ node }) => node.name.toLowerCase().includes(wanted)), [lines, wanted]);
  const [active, setActive] = useState<string | null>(rename);
  const [renaming, setRenaming] = useState(rename);
  const [told, setTold] = useState<TagOutcome | null>(null);
  const [colouring, setColouring] = useState<string | null>(null);
  const colours = useId();
  const list = useRef<HTMLUListElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const focusNext = useRef<string | null>(null);
  const reachable = shown.some(({ node }) => node.name === active) ? active : (shown[0]?.node.name ?? null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a row that was asked for may come with any of these
  useEffect(() => {
    const name = focusNext.current;
    if (name === null) return;
    const row = rowOf(list.current, name);
    if (!row) return;
    focusNext.current = null;
    row.querySelector<HTMLElement>('.tag-name')?.focus();
  }, [shown, renaming]);

  const actions = useMemo((): TagRowActions => {
    const names = () => shown.map(({ node }) => node.name);
    return {
      onReach: setActive,
      onShow: (name) => {
        onClose();
        session.tags.show(name);
      },
      onRename: (name) => setRenaming(name),
      onRenamed: async (name, to) => {
        const outcome = await session.tags.rename(name, to);
        setTold(outcome);
        if ('problem' in outcome) return;
        focusNext.current = to;
        setActive(to);
        setRenaming(null);
      },
      onLeave: (name) => {
        focusNext.current = name;
        setRenaming(null);
      },
      onRemove: async (name) => {
        const before = names();
        const at = before.indexOf(name);
        const next = before.slice(at + 1).find((other) => !other.startsWith(`${name}/`)) ?? before[at - 1] ?? null;
        const outcome = await session.tags.remove(name);
        setTold(outcome);
        if ('problem' in outcome) return;
        focusNext.current = next;
        setActive(next);
        if (next === null) input.current?.focus();
      },
      onColour: (name) => setColouring(name),
    };
  }, [session, shown, onClose]);

  function onListKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const row = document.activeElement?.closest<HTMLElement>('.tag-row');
    const name = row?.dataset['tag'];
    if (!row || name === undefined || row.matches('[data-renaming]')) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step !== undefined) {
      const at = shown.findIndex(({ node }) => node.name === name) + step;
      if (at === -1) input.current?.focus();
      else focusAlike(list.current, row, shown[Math.min(Math.max(at, 0), shown.length - 1)]);
    } else if (event.key === 'F2') setRenaming(name);
    else if (event.key === 'Delete') void actions.onRemove(name);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog
      title="Tags"
      onClose={onClose}
      className="manage-tags"
      foot={
        <>
          <p className="tags-told" role="status" data-problem={told !== null && 'problem' in told ? true : undefined}>
            {told && ('done' in told ? told.done : told.problem)}
          </p>
          {told && 'done' in told && (
            <button
              type="button"
              className="button"
              onClick={() => {
                setTold(null);
                input.current?.focus();
                void session.undo();
              }}
            >
              Undo
            </button>
          )}
          <button type="button" className="button main" onClick={onClose}>
            Done
          </button>
        </>
      }
    >
      <input
        ref={input}
        type="search"
        className="field"
        aria-label="Filter the tags"
        placeholder={`Filter ${counted(lines.length, 'tag')}`}
        autoComplete="off"
        spellCheck={false}
        value={filter}
        onChange={({ target }) => setFilter(target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || (event.key !== 'ArrowDown' && event.key !== 'Enter')) return;
          event.preventDefault();
          focusAlike(list.current, null, shown[0]);
        }}
      />
      <ul className="tag-rows" aria-label="Tags" ref={list} onKeyDown={onListKeyDown}>
        {shown.map(({ node, level }) => (
          <TagRow
            key={node.name}
            node={node}
            // Among others than its neighbours in the tree, a tag has its whole name.
            level={wanted === '' ? level : 0}
            label={wanted === '' ? node.label : node.name}
            isReachable={node.name === reachable}
            isRenaming={node.name === renaming}
            colours={colours}
            actions={actions}
          />
        ))}
      </ul>
      {shown.length === 0 && (
        <p className="tags-none">
          {lines.length === 0
            ? 'There are no tags yet. Press t on a paper to give it one.'
            : 'No tag has this in its name.'}
        </p>
      )}
      <div
        popover="auto"
        id={colours}
        role="menu"
        aria-label={colouring === null ? 'Colour' : `Colour of ${colouring}`}
        className="colour-menu"
        onKeyDown={onMenuKeyDown}
        onToggle={(event) => {
          if (event.newState === 'open') focusFirstItem(event.currentTarget);
        }}
      >
        <ColourChoice
          chosen={tags?.find(({ name }) => name === colouring)?.colour ?? null}
          onChoose={(colour) => {
            document.getElementById(colours)?.hidePopover();
            if (colouring !== null) void session.tags.colour(colouring, colour);
          }}
        />
      </div>
    </Dialog>
  );
}

function rowOf(list: HTMLElement | null, name: string): HTMLElement | undefined {
  return [...(list?.querySelectorAll<HTMLElement>('.tag-row') ?? [])].find((row) => row.dataset['tag'] === name);
}

/** Focuses in another row what has the focus in this one. */
function focusAlike(list: HTMLElement | null, row: HTMLElement | null, line: TagLine | undefined): void {
  const other = line && rowOf(list, line.node.name);
  if (!other) return;
  const at = row ? [...row.querySelectorAll('button')].findIndex((button) => button.matches(':focus')) : 1;
  other.querySelectorAll('button')[Math.max(at, 0)]?.focus();
}
