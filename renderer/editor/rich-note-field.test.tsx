import { EditorView } from '@codemirror/view';
import { act, render } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import RichNoteField from './rich-note-field.tsx';

// jsdom has no constructed style sheets.
vi.mock('./page-styles.ts', () => ({ constructStyles() {} }));

let show: (text: string) => void = () => {};
let said: string[] = [];

function Note({ text }: { text: string }) {
  const [typed, setTyped] = useState(text);
  show = (other) => act(() => setTyped(other));
  const onChange = (changed: string) => {
    said.push(changed);
    setTyped(changed);
  };
  const nothing = () => {};
  return (
    <RichNoteField
      {...{ text: typed, matches: [], labelledBy: 'name', caret: { current: null }, onChange }}
      {...{ onBlur: nothing, onLeave: nothing }}
    />
  );
}

function opened(text: string): EditorView {
  said = [];
  const { container } = render(<Note text={text} />);
  const view = EditorView.findFromDOM(container);
  if (!view) throw new Error('No editor.');
  return view;
}

const shown = (view: EditorView) => view.state.doc.toString();

test('what comes from elsewhere is shown, be it what was typed once and taken back at once', () => {
  const view = opened('one');
  act(() => {
    view.dispatch({ changes: { from: 3, insert: '!' } });
    view.dispatch({ changes: { from: 3, to: 4 } });
  });
  show('one!');
  expect(shown(view)).toBe('one!');
});

test('what comes from elsewhere is shown, be it what it was when a letter took its own place', () => {
  const view = opened('one');
  act(() => view.dispatch({ changes: { from: 0, to: 1, insert: 'o' } }));
  show('two');
  expect(shown(view)).toBe('two');
  show('one');
  expect(shown(view)).toBe('one');
});

test.each([
  'a\r\nb\rc\n',
  '\ttab, and spaces behind  \n\n',
  'a lone \ud800 surrogate, NUL \0 and \u2028',
  '',
])('a note that is opened, looked at and left says what it said: %j', (text) => {
  const view = opened(text);
  act(() => {
    view.dispatch({ selection: { anchor: view.state.doc.length } });
    view.contentDOM.blur();
  });
  expect(said).toEqual([]);
  act(() => view.dispatch({ changes: { from: 0, insert: '!' } }));
  expect(said).toEqual([`!${text.replaceAll(/\r\n?/g, '\n')}`]);
});
