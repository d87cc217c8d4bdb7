import { EditorState, type StateCommand } from '@codemirror/state';
import { markdownLanguage } from './markdown-language.ts';
import { noteMarks } from './note-marks.ts';

/** A state of the editor with a text and the caret at a place in it. */
export function stateAt(doc: string, anchor: number, head: number = anchor): EditorState {
  return EditorState.create({ doc, selection: { anchor, head }, extensions: [markdownLanguage(), noteMarks()] });
}

/** A state of the editor, from a text in which `|` stands for the caret, or two of them for the ends of a selection. */
export function stateOf(text: string): EditorState {
  const [before = '', selected = '', after] = text.split('|');
  const doc = after === undefined ? before + selected : before + selected + after;
  const [anchor, head] = [before.length, before.length + (after === undefined ? 0 : selected.length)];
  return stateAt(doc, anchor, head);
}

/** The other way around. */
export function textOf({ doc, selection }: EditorState): string {
  const text = doc.toString();
  const { from, to } = selection.main;
  const caret = `${text.slice(0, from)}|${text.slice(from)}`;
  return from === to ? caret : `${caret.slice(0, to + 1)}|${caret.slice(to + 1)}`;
}

/** What a key makes of a text; null where it leaves it alone. */
export function pressed(command: StateCommand, text: string): string | null {
  let state = stateOf(text);
  const isDone = command({
    state,
    dispatch: (transaction) => {
      state = transaction.state;
    },
  });
  return isDone ? textOf(state) : null;
}
