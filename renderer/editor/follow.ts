import { syntaxTree } from '@codemirror/language';
import type { EditorState, Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { PaperId } from '../../shared/paper.ts';
import type { NoteActions } from '../notes/note-actions.ts';
import { safeHref } from '../text/safe-href.ts';
import { foundInNote } from './note-marks.ts';

/** Where something in a note leads. */
export type NoteTarget = { kind: 'paper'; id: PaperId } | { kind: 'tag'; tag: string } | { kind: 'web'; href: string };

/** Where what stands at a place in the text leads; null for nowhere. */
export function targetAt(state: EditorState, at: number): NoteTarget | null {
  const { links, tags } = state.field(foundInNote);
  const isHere = ({ from, to }: { from: number; to: number }) => from <= at && at <= to;
  const link = links.find(isHere);
  if (link) return { kind: 'paper', id: link.id };
  const tag = tags.find(isHere);
  if (tag) return { kind: 'tag', tag: tag.tag };
  for (const side of [-1, 1] as const) {
    for (let node = syntaxTree(state).resolveInner(at, side); node.parent; node = node.parent) {
      const address =
        node.name === 'URL' ? node : node.name === 'Link' || node.name === 'Autolink' ? node.getChild('URL') : null;
      const href = address && safeHref(state.sliceDoc(address.from, address.to).replace(/^<(.*)>$/, '$1'));
      if (href) return { kind: 'web', href };
    }
  }
  return null;
}

/** Goes where something leads. */
function follow(target: NoteTarget, actions: NoteActions | null): boolean {
  if (target.kind === 'web') window.open(target.href, '_blank', 'noopener');
  else if (!actions) return false;
  else if (target.kind === 'paper') actions.openPaper(target.id);
  else actions.showTag(target.tag);
  return true;
}

/** Follows the link that the caret is in. False where it is in none. */
export function followAtCaret(actions: () => NoteActions | null): (view: EditorView) => boolean {
  return ({ state }) => {
    const target = targetAt(state, state.selection.main.head);
    return target !== null && follow(target, actions());
  };
}

/** A click with Ctrl, or Cmd on a Mac, follows a link; one without only puts the caret there. */
export function followByClick(actions: () => NoteActions | null, onMac: boolean): Extension {
  return EditorView.domEventHandlers({
    mousedown(event, view) {
      const isMeant = event.button === 0 && (onMac ? event.metaKey : event.ctrlKey);
      const at = isMeant ? view.posAtCoords({ x: event.clientX, y: event.clientY }) : null;
      const target = at === null ? null : targetAt(view.state, at);
      if (target === null || !follow(target, actions())) return false;
      event.preventDefault();
      return true;
    },
  });
}
