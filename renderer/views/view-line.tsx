import { type DragEvent, memo, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useSession } from '../frame/session-context.ts';
import { MoreIcon } from '../icons/icons.tsx';

/** The menu of a line, and what says for which line it opens. */
export interface LineMenu {
  /** DOM id of the menu. */
  id: string;
  onOpen(view: string): void;
}

interface ViewLineProps {
  /** Id of the view. */
  id: string;
  icon: ReactNode;
  label: string;
  /** Null while it is being counted. */
  count: number | null;
  current: boolean;
  /** True for the line that Tab goes to. */
  reachable: boolean;
  title?: string | undefined;
  menu?: LineMenu | undefined;
}

/** One line of the views pane: opens its view, and has a menu where there is something to be done with it. */
export const ViewLine = memo(function ViewLine(props: ViewLineProps) {
  const { id, icon, label, count, current, reachable, title, menu } = props;
  const { session } = useSession();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what the context menu offers, its button offers too
    <div
      className="view-line"
      onContextMenu={(event) => {
        if (!menu) return;
        event.preventDefault();
        const more = event.currentTarget.querySelector<HTMLElement>('.view-more');
        // Its items must be there when it opens.
        flushSync(() => menu.onOpen(id));
        more?.click();
      }}
    >
      <button
        type="button"
        className="view"
        data-view={id}
        tabIndex={reachable ? 0 : -1}
        aria-current={current ? 'page' : undefined}
        title={title}
        onClick={() => session.goTo(id)}
      >
        {icon}
        <span className="clip" dir="auto">
          {label}
        </span>
        {count === null ? (
          <span className="count">
            …<span className="unseen"> papers, being counted</span>
          </span>
        ) : (
          <span className="count">
            {count.toLocaleString()}
            <span className="unseen"> {count === 1 ? 'paper' : 'papers'}</span>
          </span>
        )}
      </button>
      {menu && (
        <button
          type="button"
          className="icon-button view-more"
          tabIndex={reachable ? 0 : -1}
          popoverTarget={menu.id}
          aria-haspopup="menu"
          aria-label={`Actions for ${label}`}
          title="Actions"
          onClick={() => menu.onOpen(id)}
        >
          <MoreIcon />
        </button>
      )}
    </div>
  );
});

/** Which half of an element a drag is over. */
export function dropSide(event: DragEvent<HTMLElement>): 'before' | 'after' {
  const box = event.currentTarget.getBoundingClientRect();
  return event.clientY < box.top + box.height / 2 ? 'before' : 'after';
}
