import type { EditorView } from '@codemirror/view';
import { useContext, useLayoutEffect, useRef } from 'react';
import { isMac } from '../commands/keys.ts';
import { NoteActionsContext } from '../notes/note-actions.ts';
import { type NoteFieldProps, notePlaceholder } from '../reader/note-field.ts';
import { makeEditor, showText } from './note-editor-view.ts';
import { setMatches } from './note-marks.ts';
import { constructStyles } from './page-styles.ts';
import './editor.css';

constructStyles();

/** The note as text to be written, shown as what it will be while it is written. */
export default function RichNoteField(props: NoteFieldProps) {
  const actions = useContext(NoteActionsContext);
  const latest = useRef({ ...props, actions });
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  /** What was typed and told, and has not come back yet. */
  const told = useRef<string[]>([]);

  useLayoutEffect(() => {
    latest.current = { ...props, actions };
  });

  // Made once. In the very step in which the field before it goes: no key falls between the two.
  useLayoutEffect(() => {
    if (!place.current) return;
    const { text, labelledBy, caret } = latest.current;
    const view = makeEditor(place.current, {
      ...{ text, labelledBy, placeholder: notePlaceholder, onMac: isMac(navigator.platform) },
      actions: () => latest.current.actions,
      onChange(typed) {
        // What is shown already does not come back: what was typed before it would be waited for in vain.
        if (typed === latest.current.text) told.current.length = 0;
        else told.current.push(typed);
        latest.current.onChange(typed);
      },
      onBlur: (target) => latest.current.onBlur(target),
      onLeave: () => latest.current.onLeave(),
    });
    editor.current = view;
    const { length } = view.state.doc;
    const { anchor, head, top, hasFocus } = caret.current ?? {
      anchor: length,
      head: length,
      top: null,
      hasFocus: true,
    };
    view.dispatch({
      selection: { anchor: Math.min(anchor, length), head: Math.min(head, length) },
      scrollIntoView: top === null,
    });
    if (hasFocus) view.focus();
    if (top !== null) view.scrollDOM.scrollTop = top;
    return () => {
      editor.current = null;
      view.destroy();
    };
  }, []);

  const { text, matches } = props;
  useLayoutEffect(() => {
    const at = told.current.lastIndexOf(text);
    told.current.splice(0, at + 1);
    // What comes back late, after more was typed, must not take that away.
    if (at < 0 && editor.current) showText(editor.current, text);
  }, [text]);

  useLayoutEffect(() => {
    // Where the library's line ends are others than the editor's, its places are others, too.
    const shown = text.includes('\r') ? [] : matches;
    editor.current?.dispatch({ effects: setMatches.of(shown) });
  }, [text, matches]);

  return <div className="note-rich" ref={place} />;
}
