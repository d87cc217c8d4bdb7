import type { KeyboardEvent } from 'react';
import { useSession } from '../frame/session-context.ts';
import type { TagNode } from '../tags/tag-tree.ts';

/**
 * The keys of the views pane. Up, Down, Home and End go through all lines and open each; Right and Left
 * unfold and fold a tag, or go into it and out of it; F2 changes what a line stands for, Delete removes a
 * saved view, Alt with Up or Down moves it.
 */
export function useViewKeys(folded: ReadonlySet<string>, roots: readonly TagNode[]) {
  const { session } = useSession();

  function focusLine(pane: HTMLElement, line: HTMLElement | undefined): void {
    const view = line?.dataset['view'];
    if (!line || view === undefined || !pane.contains(line)) return;
    line.focus();
    session.goTo(view, { keepDrawer: true });
  }

  return (event: KeyboardEvent<HTMLElement>): void => {
    const pane = event.currentTarget;
    const lines = [...pane.querySelectorAll<HTMLElement>('[data-view]')];
    const own = lines.find((line) => line === document.activeElement);
    const view = own?.dataset['view'];
    if (!own || view === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.altKey ? movesView(event.key, view) : does(event.key)) event.preventDefault();

    function does(key: string): boolean {
      const at = lines.indexOf(own as HTMLElement);
      const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[key];
      if (step !== undefined) {
        focusLine(pane, lines[Math.min(Math.max(at + step, 0), lines.length - 1)]);
        return true;
      }
      if (view?.startsWith('tag:')) return doesWithTag(key, view.slice('tag:'.length), at);
      if (!view?.startsWith('view:')) return false;
      if (key === 'F2') session.views.edit(view);
      else if (key === 'Delete') void session.views.remove(view);
      else return false;
      return true;
    }

    function doesWithTag(key: string, tag: string, at: number): boolean {
      const node = find(roots, tag);
      const isParent = (node?.children.length ?? 0) > 0;
      if (key === 'F2') session.dialog({ kind: 'manageTags', rename: tag });
      else if (key === 'ArrowRight' && isParent) {
        if (folded.has(tag)) foldTag(tag, false);
        else focusLine(pane, lines[at + 1]);
      } else if (key === 'ArrowLeft' && isParent && !folded.has(tag)) foldTag(tag, true);
      else if (key === 'ArrowLeft') {
        const around = own?.closest('.tag-item')?.parentElement?.closest('.tag-item');
        focusLine(pane, around?.querySelector<HTMLElement>('[data-view]') ?? undefined);
      } else return false;
      return true;
    }
  };

  function foldTag(tag: string, isFolded: boolean): void {
    session.tags.fold(tag, isFolded);
    session.announce(`${tag} ${isFolded ? 'folded' : 'unfolded'}`);
  }

  function movesView(key: string, view: string): boolean {
    const by = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : null;
    if (by === null || !view.startsWith('view:')) return false;
    const at = session.views.all.findIndex(({ id }) => id === view);
    void session.views.move(view, at + by);
    return true;
  }
}

function find(nodes: readonly TagNode[], name: string): TagNode | undefined {
  for (const node of nodes) {
    const found = node.name === name ? node : find(node.children, name);
    if (found) return found;
  }
  return undefined;
}
