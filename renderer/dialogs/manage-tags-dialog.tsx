import { type KeyboardEvent, useDeferredValue, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { onMenuKeyDown } from '../frame/menu-keys.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import { counted } from '../state/import-words.ts';
import { isNested, type TagOutcome } from '../state/tag-actions.ts';
import { ColourChoice } from '../tags/colour-choice.tsx';
import { TagRow, type TagRowActions } from '../tags/tag-row.tsx';
import { tagTree, visibleTags } from '../tags/tag-tree.ts';
import { useTagRows } from '../tags/use-tag-rows.ts';
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
  const input = useRef<HTMLInputElement>(null);
  const rows = useTagRows(shown, rename);
  const { focus } = rows;
  const reachable = rows.drawn.some(({ node }) => node.name === active) ? active : (shown[0]?.node.name ?? null);

  // The rows are drawn anew only when something of them changes, and what can be done with them stays the same.
  const latest = useRef({ shown, focus });
  useLayoutEffect(() => {
    latest.current = { shown, focus };
  });
  const actions = useMemo((): TagRowActions => {
    const goTo = (name: string) => {
      setActive(name);
      latest.current.focus(name);
    };
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
        setRenaming(null);
        // Else it might be nowhere to be seen.
        setFilter((filtered) => (to.toLowerCase().includes(filtered.trim().toLowerCase()) ? filtered : ''));
        goTo(to);
      },
      onLeave: (name) => {
        setRenaming(null);
        goTo(name);
      },
      onRemove: async (name) => {
        const names = latest.current.shown.map(({ node }) => node.name);
        const at = names.indexOf(name);
        const next = names.slice(at + 1).find((other) => !isNested(other, name)) ?? names[at - 1];
        const outcome = await session.tags.remove(name);
        setTold(outcome);
        if ('problem' in outcome) return;
        if (next === undefined) input.current?.focus();
        else goTo(next);
      },
      onColour: (name) => setColouring(name),
    };
  }, [session, onClose]);

  function onListKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const name = rows.focused();
    if (name === null) return;
    const moved = rows.move(event);
    if (moved === 'before') input.current?.focus();
    else if (event.key === 'F2') setRenaming(name);
    else if (event.key === 'Delete') void actions.onRemove(name);
    else if (!moved) return;
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
        placeholder={lines.length === 0 ? 'Filter' : `Filter ${counted(lines.length, 'tag')}`}
        autoComplete="off"
        spellCheck={false}
        value={filter}
        onChange={({ target }) => setFilter(target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || (event.key !== 'ArrowDown' && event.key !== 'Enter')) return;
          event.preventDefault();
          if (shown[0]) focus(shown[0].node.name);
        }}
      />
      <ul className="tag-rows" aria-label="Tags" ref={rows.list} onKeyDown={onListKeyDown} onScroll={rows.onScroll}>
        {rows.drawn.map(({ node, level }) => (
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
