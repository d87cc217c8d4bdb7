import { type CSSProperties, memo } from 'react';
import { colourLabels } from './colour-choice.tsx';
import { RenameTag } from './rename-tag.tsx';
import { removalWords } from './tag-changes.ts';
import { TagMark } from './tag-mark.tsx';
import type { TagNode } from './tag-tree.ts';

/** What can be done with the rows, each by the name of its tag. */
export interface TagRowActions {
  /** The focus came into the row. */
  onReach(name: string): void;
  onShow(name: string): void;
  onRename(name: string): void;
  onRenamed(name: string, to: string): Promise<void>;
  /** The renaming was given up. */
  onLeave(name: string): void;
  onRemove(name: string): Promise<void>;
  /** The menu of colours opens for it. */
  onColour(name: string): void;
}

interface TagRowProps {
  node: TagNode;
  level: number;
  label: string;
  /** True for the row that Tab goes to. */
  isReachable: boolean;
  isRenaming: boolean;
  /** DOM id of the menu of colours. */
  colours: string;
  actions: TagRowActions;
}

/** One tag in the list of all. */
export const TagRow = memo(function TagRow(props: TagRowProps) {
  const { node, level, label, isReachable, isRenaming, colours, actions } = props;
  const { name, count, total, colour } = node;
  const tabIndex = isReachable ? 0 : -1;
  return (
    <li
      className="tag-row"
      data-tag={name}
      data-renaming={isRenaming || undefined}
      style={{ '--level': level } as CSSProperties}
      onFocus={() => actions.onReach(name)}
    >
      <button
        type="button"
        className="icon-button"
        tabIndex={tabIndex}
        popoverTarget={colours}
        aria-haspopup="menu"
        aria-label={`Colour of ${name}: ${colour === null ? 'none' : colourLabels[colour]}`}
        title="Colour"
        onClick={() => actions.onColour(name)}
      >
        <TagMark tag={name} />
      </button>
      {isRenaming ? (
        <RenameTag name={name} actions={actions} />
      ) : (
        <>
          <button
            type="button"
            className="tag-name clip"
            dir="auto"
            tabIndex={tabIndex}
            title={`Show the papers of ${name}`}
            onClick={() => actions.onShow(name)}
          >
            {label}
          </button>
          <span className="count" title={count === total ? undefined : `${count.toLocaleString()} with just this tag`}>
            {total.toLocaleString()}
            <span className="unseen"> {total === 1 ? 'paper' : 'papers'}</span>
          </span>
          <button
            type="button"
            className="button small"
            tabIndex={tabIndex}
            aria-label={`Rename ${name}`}
            title="Rename or merge (F2)"
            onClick={() => actions.onRename(name)}
          >
            Rename
          </button>
          <button
            type="button"
            className="button small"
            tabIndex={tabIndex}
            aria-label={`Remove ${name}`}
            title={`${removalWords(node)} (Del)`}
            onClick={() => void actions.onRemove(name)}
          >
            Remove
          </button>
        </>
      )}
    </li>
  );
});
