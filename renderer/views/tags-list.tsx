import { type CSSProperties, memo, useId, useMemo } from 'react';
import { useSession } from '../frame/session-context.ts';
import { ChevronIcon } from '../icons/icons.tsx';
import { useTagColour } from '../tags/tag-colours.ts';
import { TagMark } from '../tags/tag-mark.tsx';
import type { TagNode } from '../tags/tag-tree.ts';
import { type LineMenu, ViewLine } from './view-line.tsx';

interface TagsListProps {
  nodes: readonly TagNode[];
  folded: ReadonlySet<string>;
  current: string;
  reachable: string;
  menu: LineMenu;
  /** What the list is called, for a screen reader: by the id of its heading, or by name. */
  labelledBy?: string;
  label?: string;
  level?: number;
}

/** Tags with those nested in them, which can be folded away. */
export function TagsList({ labelledBy, label, nodes, ...shared }: TagsListProps) {
  return (
    <ul aria-labelledby={labelledBy} aria-label={label}>
      {nodes.map((node) => (
        <TagItem key={node.name} node={node} {...shared} />
      ))}
    </ul>
  );
}

// A reader may have a thousand tags: one is drawn only when something of it or of those in it changes.
const TagItem = memo(function TagItem(
  props: Omit<TagsListProps, 'labelledBy' | 'label' | 'nodes'> & { node: TagNode },
) {
  const { node, ...shared } = props;
  const { folded, current, reachable, menu, level = 0 } = shared;
  const id = `tag:${node.name}`;
  const isFolded = folded.has(node.name);
  const list = useId();
  const isParent = node.children.length > 0;
  // The same from one drawing to the next, so that a line is drawn only when something of it changed.
  const mark = useMemo(
    () => (isParent ? <span className="icon" /> : <TagMark tag={node.name} />),
    [isParent, node.name],
  );
  return (
    <li className="tag-item" style={{ '--level': level } as CSSProperties} data-parent={isParent || undefined}>
      {isParent && <FoldButton node={node} isFolded={isFolded} reachable={id === reachable} list={list} />}
      <ViewLine
        id={id}
        icon={mark}
        label={node.label}
        count={node.total}
        current={id === current}
        reachable={id === reachable}
        title={titleOf(node)}
        menu={menu}
      />
      {isParent && !isFolded && (
        <div id={list}>
          <TagsList {...shared} nodes={node.children} label={`Nested in ${node.name}`} level={level + 1} />
        </div>
      )}
    </li>
  );
});

interface FoldButtonProps {
  node: TagNode;
  isFolded: boolean;
  reachable: boolean;
  /** DOM id of what it unfolds. */
  list: string;
}

/** Stands where other tags have their mark, and has its colour. */
function FoldButton({ node, isFolded, reachable, list }: FoldButtonProps) {
  const { session } = useSession();
  const colour = useTagColour(node.name);
  return (
    <button
      type="button"
      className="fold"
      tabIndex={reachable ? 0 : -1}
      aria-expanded={!isFolded}
      aria-controls={isFolded ? undefined : list}
      aria-label={`Tags nested in ${node.name}`}
      title={isFolded ? 'Unfold (→)' : 'Fold (←)'}
      onClick={() => session.tags.fold(node.name, !isFolded)}
    >
      <ChevronIcon data-colour={colour} />
    </button>
  );
}

function titleOf({ name, count, total, children }: TagNode): string {
  if (children.length === 0) return name;
  const own = count === 0 ? 'none with just this tag' : `${count.toLocaleString()} with just this tag`;
  return `${name}\n${total.toLocaleString()} papers, ${own}`;
}
