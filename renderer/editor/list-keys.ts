import { syntaxTree } from '@codemirror/language';
import { EditorSelection, type EditorState, type Line, type StateCommand } from '@codemirror/state';

/** What stands before the words of a line: quotation marks, then an item's mark and its box. */
interface LineStart {
  /** Indentation and quotation marks. */
  before: string;
  /** `-`, `*`, `+` or a number with its sign, and the space after it; empty for a line that is no item. */
  mark: string;
  /** `[ ] ` or `[x] `, or empty. */
  box: string;
}

const start = /^(\s*(?:>[ \t]?)*[ \t]*)((?:[-*+]|\d{1,9}[.)])[ \t]+)?(\[[ xX]\][ \t]+)?/;

/** Reads how a line begins. A box stands only in an item. */
export function lineStartOf(text: string): LineStart {
  const [, before = '', mark = '', box = ''] = start.exec(text) ?? [];
  return { before, mark, box: mark === '' ? '' : box };
}

/** The mark of the item after this one: the same, or the next number. */
function nextMark(mark: string): string {
  const [, number, rest = ''] = /^(\d+)(.*)$/s.exec(mark) ?? [];
  return number === undefined ? mark : `${Number(number) + 1}${rest}`;
}

/** True in a block of code, where nothing is a list. */
function isInCode(state: EditorState, at: number): boolean {
  for (let node = syntaxTree(state).resolveInner(at, -1); ; ) {
    if (node.name === 'FencedCode' || node.name === 'CodeBlock') return true;
    if (!node.parent) return false;
    node = node.parent;
  }
}

/**
 * Enter in a list, a task list or a quotation: goes on with it in the next line, or ends it where nothing was written
 * into the last one. False elsewhere.
 */
export const continueList: StateCommand = ({ state, dispatch }) => {
  const { main } = state.selection;
  const line = state.doc.lineAt(main.head);
  const { before, mark, box } = lineStartOf(line.text);
  const length = before.length + mark.length + box.length;
  if (mark === '' && !before.includes('>')) return false;
  if (main.head - line.from < length || isInCode(state, main.head)) return false;
  const isEmpty = line.text.slice(length).trim() === '' && main.empty;
  if (isEmpty) {
    // A level further out, if there is one: an item in an item, a quotation that the item stands in.
    const outer = mark === '' ? before.replace(/>[ \t]?(?=[^>]*$)/, '') : outdented(before, mark, box);
    dispatch(
      state.update({
        changes: { from: line.from, to: line.to, insert: outer },
        selection: EditorSelection.cursor(line.from + outer.length),
        scrollIntoView: true,
        userEvent: 'delete',
      }),
    );
    return true;
  }
  const insert = `${state.lineBreak}${before}${nextMark(mark)}${box === '' ? '' : '[ ] '}`;
  // What stands after the caret goes along, without the space that parted it.
  const rest = /^[ \t]*/.exec(state.doc.sliceString(main.to, state.doc.lineAt(main.to).to))?.[0].length ?? 0;
  dispatch(
    state.update({
      changes: { from: main.from, to: main.to + rest, insert },
      selection: EditorSelection.cursor(main.from + insert.length),
      scrollIntoView: true,
      userEvent: 'input',
    }),
  );
  return true;
};

/** The beginning of an empty item, one level further out; without its mark where it was outermost. */
function outdented(before: string, mark: string, box: string): string {
  const indentation = before.slice(quoted(before));
  if (indentation === '') return before;
  const less = indentation.startsWith('\t') ? indentation.slice(1) : indentation.slice(Math.min(2, indentation.length));
  return before.slice(0, before.length - indentation.length) + less + mark + box;
}

function selectedLines(state: EditorState): Line[] {
  const { from, to } = state.selection.main;
  const lines: Line[] = [];
  for (let at = from; at <= to; ) {
    const line = state.doc.lineAt(at);
    lines.push(line);
    at = line.to + 1;
  }
  return lines;
}

const widthOf = (indentation: string) => indentation.replaceAll('\t', '    ').length;

/** The item that stands above a line and that it could be put into, if any. */
function itemAbove(state: EditorState, line: Line): LineStart | null {
  if (line.number === 1) return null;
  const above = lineStartOf(state.doc.line(line.number - 1).text);
  return above.mark === '' ? null : above;
}

/**
 * Tab in a list: puts the items a level further in. False where there is no item above to put them into, and outside of
 * lists: there Tab leaves the text, as everywhere.
 */
export const indentItems: StateCommand = ({ state, dispatch }) => {
  const lines = selectedLines(state);
  const [first] = lines;
  if (!first || isInCode(state, first.from)) return false;
  const above = itemAbove(state, first);
  const own = lineStartOf(first.text);
  if (!above || own.mark === '' || widthOf(own.before) > widthOf(above.before)) return false;
  const indentation = ' '.repeat(above.mark.trimEnd().length + 1);
  const changes = lines
    .filter(({ text }) => text.trim() !== '')
    .map(({ from, text }) => ({ from: from + quoted(text), insert: indentation }));
  dispatch(state.update({ changes, userEvent: 'input.indent' }));
  return true;
};

/** Shift+Tab in a list: puts the items a level further out. False where they are outermost, and outside of lists. */
export const outdentItems: StateCommand = ({ state, dispatch }) => {
  const lines = selectedLines(state);
  if (!lines.some(({ text }) => lineStartOf(text).mark !== '') || isInCode(state, lines[0]?.from ?? 0)) return false;
  const changes = lines.flatMap(({ from, text }) => {
    const at = quoted(text);
    const [indentation = ''] = /^(?:\t| {1,3})/.exec(text.slice(at)) ?? [];
    // As far as the item above it is out, at least by what a bullet takes.
    const less = indentation === '\t' ? 1 : Math.min(indentation.length, /^\s*\d/.test(text.slice(at)) ? 3 : 2);
    return less === 0 ? [] : [{ from: from + at, to: from + at + less }];
  });
  if (changes.length === 0) return false;
  dispatch(state.update({ changes, userEvent: 'delete.dedent' }));
  return true;
};

/** Length of the quotation marks that a line begins with. */
function quoted(text: string): number {
  return /^(?:[ \t]*>[ \t]?)*/.exec(text)?.[0].length ?? 0;
}
