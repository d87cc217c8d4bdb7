import {
  type ChangeSpec,
  EditorSelection,
  type EditorState,
  type SelectionRange,
  type StateCommand,
} from '@codemirror/state';
import { safeHref } from '../text/safe-href.ts';

/** How many asterisks stand right before and right after a range, the smaller number of both. */
function asterisksAround(state: EditorState, { from, to }: SelectionRange): number {
  const before = /\*{0,3}$/.exec(state.doc.sliceString(Math.max(0, from - 3), from))?.[0].length ?? 0;
  const after = /^\*{0,3}/.exec(state.doc.sliceString(to, to + 3))?.[0].length ?? 0;
  return Math.min(before, after);
}

/** The word that a caret stands in or at; the range itself where something is selected. */
function wordAt(state: EditorState, range: SelectionRange): SelectionRange {
  return range.empty ? (state.wordAt(range.head) ?? range) : range;
}

/** Puts asterisks around what is selected, or the word at the caret; takes them away where they stand. */
function toggled(length: 1 | 2): StateCommand {
  const mark = '*'.repeat(length);
  return ({ state, dispatch }) => {
    const change = state.changeByRange((range) => {
      const word = wordAt(state, range);
      const around = asterisksAround(state, word);
      const isMarked = length === 1 ? around % 2 === 1 : around >= 2;
      const { from, to } = word;
      const changes: ChangeSpec[] = isMarked
        ? [
            { from: from - length, to: from },
            { from: to, to: to + length },
          ]
        : [
            { from, insert: mark },
            { from: to, insert: mark },
          ];
      const shift = isMarked ? -length : length;
      return { changes, range: EditorSelection.range(range.anchor + shift, range.head + shift) };
    });
    dispatch(state.update(change, { scrollIntoView: true, userEvent: 'input.format' }));
    return true;
  };
}

/** Makes what is selected strong, or no longer. */
export const toggleStrong = toggled(2);

/** Emphasises what is selected, or no longer. */
export const toggleEmphasis = toggled(1);

/** An address of the web in a text that is nothing else; null for any other text. */
export function addressIn(text: string): string | null {
  const trimmed = text.trim();
  return /^(?:https?|mailto):\S+$/i.test(trimmed) && safeHref(trimmed) !== null ? trimmed : null;
}

/** How an address stands in a link: brackets and spaces end it otherwise. */
function target(address: string): string {
  return /[()<>\s]/.test(address) ? `<${address.replaceAll(/[<>]/g, encodeURIComponent)}>` : address;
}

/** Makes a link of what is selected, and puts the caret where what is missing is to be written. */
export const makeLink: StateCommand = ({ state, dispatch }) => {
  const { from, to } = state.selection.main;
  const selected = state.sliceDoc(from, to);
  const address = addressIn(selected);
  const [insert, caret] =
    address === null ? [`[${selected}]()`, selected === '' ? 1 : selected.length + 3] : [`[](${target(address)})`, 1];
  dispatch(
    state.update({
      changes: { from, to, insert },
      selection: EditorSelection.cursor(from + caret),
      scrollIntoView: true,
      userEvent: 'input.format',
    }),
  );
  return true;
};

/**
 * What pasting an address over words makes of them: a link. Null where something else is pasted, or over nothing, over
 * several lines or over an address, which it then takes the place of.
 */
export function linkOfPasted(state: EditorState, pasted: string): string | null {
  const { from, to, empty } = state.selection.main;
  const address = addressIn(pasted);
  if (empty || address === null) return null;
  const words = state.sliceDoc(from, to);
  return words.includes('\n') || addressIn(words) !== null ? null : `[${words}](${target(address)})`;
}
