import type { LibraryState } from '../../shared/contract.ts';

/** A tag as the library counts it. */
export type KnownTag = LibraryState['tags'][number];

/** A tag with those nested in it. */
export interface TagNode extends KnownTag {
  /** The part of the name that is not in the tag around it. */
  label: string;
  children: TagNode[];
}

const natural = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Names as a reader sorts them: `tag 2` before `tag 10`, whatever the capitals. */
export function byName(a: string, b: string): number {
  return natural.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/**
 * Tags nested by `/`, in natural order on every level. A tag stands in the nearest tag that is there:
 * `ml/vision/3d` in `ml`, with the label `vision/3d`, where there is no `ml/vision`.
 */
export function tagTree(tags: readonly KnownTag[]): TagNode[] {
  const nodes = tags.map((tag): TagNode => ({ ...tag, label: tag.name, children: [] }));
  nodes.sort((a, b) => byName(a.name, b.name));
  const byFolded = new Map<string, TagNode>();
  for (const node of nodes) {
    const key = node.name.toLowerCase();
    if (!byFolded.has(key)) byFolded.set(key, node);
  }
  const roots: TagNode[] = [];
  for (const node of nodes) {
    const around = parentOf(node.name, byFolded);
    if (around) node.label = node.name.slice(around.name.length + 1);
    (around?.children ?? roots).push(node);
  }
  for (const node of nodes) node.children.sort((a, b) => byName(a.label, b.label));
  return roots;
}

function parentOf(name: string, nodes: ReadonlyMap<string, TagNode>): TagNode | undefined {
  for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1)) {
    // A name that ends in a slash is no nested one.
    const found = at < name.length - 1 ? nodes.get(name.slice(0, at).toLowerCase()) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** A tag where it stands in the tree: on which level, from 0. */
export interface TagLine {
  node: TagNode;
  level: number;
  folded: boolean;
}

/** The tags that can be seen, from top to bottom, when some hide what is nested in them. */
export function visibleTags(roots: readonly TagNode[], folded: ReadonlySet<string>): TagLine[] {
  const lines: TagLine[] = [];
  const add = (nodes: readonly TagNode[], level: number) => {
    for (const node of nodes) {
      const isFolded = node.children.length > 0 && folded.has(node.name);
      lines.push({ node, level, folded: isFolded });
      if (!isFolded) add(node.children, level + 1);
    }
  };
  add(roots, 0);
  return lines;
}

/** How many tags are nested in one, on all levels. */
export function nestedCount(node: TagNode): number {
  return node.children.reduce((sum, child) => sum + 1 + nestedCount(child), 0);
}
