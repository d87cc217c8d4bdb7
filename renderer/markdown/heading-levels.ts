import type { Nodes, Root } from 'mdast';

/** Level of the outermost heading in a note: below the paper's title (2) and the note's own (3). */
const outermost = 4;

/**
 * The level that each top-level heading of a note gets in the window: demoted, and with no level
 * left out on the way down, whatever the note did.
 */
export function headingLevels(root: Root): Map<Nodes, number> {
  const levels = new Map<Nodes, number>();
  const open: number[] = [];
  for (const node of root.children) {
    if (node.type !== 'heading') continue;
    while ((open.at(-1) ?? 0) >= node.depth) open.pop();
    levels.set(node, Math.min(6, outermost + open.length));
    open.push(node.depth);
  }
  return levels;
}
