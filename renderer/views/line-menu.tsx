import type { ReactNode } from 'react';
import { firstInMenu, onMenuKeyDown } from '../frame/menu-keys.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import { ColourChoice } from '../tags/colour-choice.tsx';

interface LineMenuProps {
  id: string;
  /** The view whose line it was opened from, or null before it was opened at all. */
  view: string | null;
}

/** What can be done with a saved view or a tag: one menu for all lines of the pane. */
export function ViewLineMenu({ id, view }: LineMenuProps) {
  return (
    <div popover="auto" id={id} role="menu" aria-label="Actions" className="line-menu" onKeyDown={onMenuKeyDown}>
      {view?.startsWith('view:') && <SavedViewItems menu={id} view={view} />}
      {view?.startsWith('tag:') && <TagItems menu={id} tag={view.slice('tag:'.length)} />}
    </div>
  );
}

interface ItemProps {
  menu: string;
  children: ReactNode;
  /** The key that does the same where the focus is on the line. */
  hint?: string;
  disabled?: boolean;
  isFirst?: boolean;
  onChoose(): void;
}

function Item({ menu, children, hint, disabled = false, isFirst = false, onChoose }: ItemProps) {
  return (
    <button
      ref={isFirst ? firstInMenu : undefined}
      type="button"
      role="menuitem"
      tabIndex={-1}
      className="line-menu-item"
      aria-disabled={disabled || undefined}
      onClick={() => {
        if (disabled) return;
        // Closed first: it gives the focus back, and what comes then may take it.
        document.getElementById(menu)?.hidePopover();
        onChoose();
      }}
    >
      <span>{children}</span>
      {hint !== undefined && <span className="line-menu-hint">{hint}</span>}
    </button>
  );
}

function SavedViewItems({ menu, view }: { menu: string; view: string }) {
  const { session } = useSession();
  const views = useApp((state) => state.library?.views);
  const at = views?.findIndex(({ id }) => id === view) ?? -1;
  const last = (views?.length ?? 0) - 1;
  return (
    <>
      <Item menu={menu} hint="F2" isFirst onChoose={() => session.views.edit(view)}>
        Edit…
      </Item>
      <Item menu={menu} hint="Alt ↑" disabled={at <= 0} onChoose={() => void session.views.move(view, at - 1)}>
        Move up
      </Item>
      <Item menu={menu} hint="Alt ↓" disabled={at >= last} onChoose={() => void session.views.move(view, at + 1)}>
        Move down
      </Item>
      <hr />
      <Item menu={menu} hint="Del" onChoose={() => void session.views.remove(view)}>
        Remove
      </Item>
    </>
  );
}

function TagItems({ menu, tag }: { menu: string; tag: string }) {
  const { session } = useSession();
  const known = useApp((state) => state.library?.tags.find(({ name }) => name === tag));
  return (
    <>
      <ColourChoice
        chosen={known?.colour ?? null}
        onChoose={(colour) => {
          document.getElementById(menu)?.hidePopover();
          void session.tags.colour(tag, colour);
        }}
      />
      <hr />
      <Item menu={menu} hint="F2" onChoose={() => session.dialog({ kind: 'manageTags', rename: tag })}>
        Rename or merge…
      </Item>
      <Item menu={menu} onChoose={() => session.dialog({ kind: 'manageTags', rename: null })}>
        Manage tags…
      </Item>
      <hr />
      <Item menu={menu} onChoose={() => void session.tags.remove(tag)}>
        Remove from {known === undefined || known.total === 1 ? '1 paper' : `${known.total.toLocaleString()} papers`}
      </Item>
    </>
  );
}
