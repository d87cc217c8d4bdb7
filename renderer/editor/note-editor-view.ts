import { autocompletion, completionStatus } from '@codemirror/autocomplete';
import { history, historyKeymap, isolateHistory, redo, selectAll, standardKeymap, undo } from '@codemirror/commands';
import { Annotation, EditorState, type Extension, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder, tooltips } from '@codemirror/view';
import { editEvent } from '../commands/edit-event.ts';
import type { NoteActions } from '../notes/note-actions.ts';
import { paperCompletions, tagCompletions } from './completions.ts';
import { followAtCaret, followByClick } from './follow.ts';
import { linkOfPasted, makeLink, toggleEmphasis, toggleStrong } from './format-keys.ts';
import { continueList, indentItems, outdentItems } from './list-keys.ts';
import { markdownLanguage } from './markdown-language.ts';
import { noteMarks } from './note-marks.ts';
import { pastedPictures } from './pictures.ts';

/** What an editor of a note is given, and tells. The functions are asked anew each time. */
export interface EditorParts {
  text: string;
  /** The id of the element that names it. */
  labelledBy: string;
  placeholder: string;
  onMac: boolean;
  actions(): NoteActions | null;
  /** Something was typed: the whole text. */
  onChange(text: string): void;
  onBlur(target: EventTarget | null): void;
  /** Escape was pressed. */
  onLeave(): void;
}

/** Marks what comes into the text from elsewhere, and was not typed. */
const fromElsewhere = Annotation.define<true>();

/** Pasting an address over words makes a link of them. */
const linksByPasting = EditorView.domEventHandlers({
  paste(event, view) {
    const insert = linkOfPasted(view.state, event.clipboardData?.getData('text/plain') ?? '');
    if (insert === null) return false;
    const { from, to } = view.state.selection.main;
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + insert.length },
      userEvent: 'input.paste',
      annotations: isolateHistory.of('full'),
    });
    return true;
  },
});

function keys({ actions }: EditorParts): Extension {
  return keymap.of([
    { key: 'Enter', run: continueList },
    { key: 'Tab', run: indentItems, shift: outdentItems },
    { key: 'Mod-b', run: toggleStrong },
    { key: 'Mod-i', run: toggleEmphasis },
    { key: 'Mod-Shift-k', run: makeLink },
    { key: 'Mod-Enter', run: followAtCaret(actions) },
    ...historyKeymap,
    ...standardKeymap,
  ]);
}

/** Escape closes what is offered, and else leaves the note: also while something to be offered is only looked for. */
function leaving({ onLeave }: EditorParts): Extension {
  const run = ({ state }: EditorView) => {
    if (completionStatus(state) === 'active') return false;
    onLeave();
    return true;
  };
  return keymap.of([{ key: 'Escape', run, stopPropagation: true }]);
}

/** Where what is offered may stand: as high as the window, and as wide as the note. */
function besideTheList({ dom }: EditorView): { left: number; right: number; top: number; bottom: number } {
  const { left, right } = dom.getBoundingClientRect();
  return { left, right, top: 0, bottom: dom.ownerDocument.documentElement.clientHeight };
}

function extensions(parts: EditorParts): Extension {
  const { actions } = parts;
  return [
    history(),
    markdownLanguage(),
    noteMarks(),
    EditorView.lineWrapping,
    placeholder(parts.placeholder),
    // Before what the editor does with the same keys and events.
    Prec.highest(leaving(parts)),
    Prec.high([keys(parts), linksByPasting, pastedPictures(actions), followByClick(actions, parts.onMac)]),
    autocompletion({
      override: [paperCompletions(actions), tagCompletions(actions)],
      icons: false,
      optionClass: ({ type }) => `offer-${type}`,
    }),
    tooltips({ tooltipSpace: besideTheList }),
    EditorState.phrases.of({ Completions: 'Papers and tags' }),
    EditorView.contentAttributes.of({
      'aria-labelledby': parts.labelledBy,
      'data-note-field': '',
      spellcheck: 'true',
      autocorrect: 'on',
      autocapitalize: 'sentences',
    }),
    EditorView.domEventHandlers({ blur: (event) => parts.onBlur(event.relatedTarget) }),
    EditorView.updateListener.of(({ docChanged, geometryChanged, transactions, state, view }) => {
      // What is offered is no wider than the note.
      if (geometryChanged) view.dom.style.setProperty('--note-inline-size', `${view.dom.clientWidth}px`);
      const isTyped = docChanged && !transactions.every((each) => each.annotation(fromElsewhere));
      if (isTyped) parts.onChange(state.doc.toString());
    }),
  ];
}

/** Makes an editor within an element. Take it down with `destroy`. */
export function makeEditor(parent: HTMLElement, parts: EditorParts): EditorView {
  const view = new EditorView({ parent, doc: parts.text, extensions: extensions(parts) });
  const { scrollDOM, contentDOM } = view;
  // The text itself is what is stepped to, and within it the keys scroll.
  scrollDOM.tabIndex = -1;
  contentDOM.addEventListener(editEvent, (event) => {
    const act = { undo, redo, selectAll }[event.detail];
    act(view);
    event.preventDefault();
  });
  return view;
}

/** Puts another text into the editor that was not typed there: only where it differs, so that the caret stays. */
export function showText(view: EditorView, text: string): void {
  const now = view.state.doc.toString();
  const next = text.replaceAll(/\r\n?/g, '\n');
  if (now === next) return;
  const shorter = Math.min(now.length, next.length);
  let from = 0;
  while (from < shorter && now[from] === next[from]) from += 1;
  let same = 0;
  while (same < shorter - from && now[now.length - 1 - same] === next[next.length - 1 - same]) same += 1;
  view.dispatch({
    changes: { from, to: now.length - same, insert: next.slice(from, next.length - same) },
    annotations: [fromElsewhere.of(true), isolateHistory.of('full')],
  });
}
