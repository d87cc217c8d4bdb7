import { CompletionContext } from '@codemirror/autocomplete';
import { undo } from '@codemirror/commands';
import { syntaxTree } from '@codemirror/language';
import type { EditorView } from '@codemirror/view';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { askToEdit } from '../commands/edit-event.ts';
import type { NoteActions } from '../notes/note-actions.ts';
import { fittingTags, paperCompletions, tagCompletions, titleInLink } from './completions.ts';
import { stateAt } from './editor-testing.ts';
import { targetAt } from './follow.ts';
import { makeEditor, showText } from './note-editor-view.ts';
import { setMatches } from './note-marks.ts';

let views: EditorView[] = [];
afterEach(() => {
  for (const view of views) view.destroy();
  views = [];
  document.body.replaceChildren();
});

function editor(text: string) {
  const told = { onChange: vi.fn(), onBlur: vi.fn(), onLeave: vi.fn() };
  const view = makeEditor(document.body.appendChild(document.createElement('div')), {
    ...{ text, labelledBy: 'name', placeholder: 'Write', onMac: false, actions: () => null },
    ...told,
  });
  views.push(view);
  return { view, ...told };
}

const lines = (view: EditorView) => [...view.contentDOM.querySelectorAll('.cm-line')].map((line) => line.textContent);

describe('the editor', () => {
  test('is a text field with a name, its words checked for spelling', () => {
    const { contentDOM } = editor('a').view;
    expect(contentDOM.getAttribute('role')).toBe('textbox');
    expect(contentDOM.getAttribute('aria-labelledby')).toBe('name');
    expect(contentDOM.getAttribute('aria-multiline')).toBe('true');
    expect(contentDOM.getAttribute('spellcheck')).toBe('true');
  });

  test('tells what is typed, and not what comes from elsewhere, which leaves the caret where it is', () => {
    const { view, onChange } = editor('one two three');
    view.dispatch({ selection: { anchor: 13 } });
    showText(view, 'one 2 three');
    expect([view.state.doc.toString(), view.state.selection.main.head]).toEqual(['one 2 three', 11]);
    expect(onChange).not.toHaveBeenCalled();
    view.dispatch({ changes: { from: 11, insert: '!' } });
    expect(onChange).toHaveBeenCalledExactlyOnceWith('one 2 three!');
    undo(view);
    expect(onChange).toHaveBeenLastCalledWith('one 2 three');
  });

  test('leaves a note alone that has other line ends, until it is written on', () => {
    const { view, onChange } = editor('one\r\ntwo');
    showText(view, 'one\r\ntwo');
    expect(onChange).not.toHaveBeenCalled();
    expect(lines(view)).toEqual(['one', 'two']);
  });

  test('goes back and forth when the menu asks it to', () => {
    const { view } = editor('one');
    view.dispatch({ changes: { from: 3, insert: ' two' }, userEvent: 'input' });
    expect(askToEdit(view.contentDOM, 'undo')).toBe(true);
    expect(view.state.doc.toString()).toBe('one');
    askToEdit(view.contentDOM, 'redo');
    askToEdit(view.contentDOM, 'selectAll');
    expect(view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to)).toBe('one two');
    expect(askToEdit(document.body, 'undo')).toBe(false);
  });

  test('is left by Escape', () => {
    const { view, onLeave } = editor('one');
    const press = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
    view.contentDOM.dispatchEvent(press);
    expect([onLeave.mock.calls.length, press.defaultPrevented]).toEqual([1, true]);
  });

  test('shows links to papers as their words, each line in its own direction, and what was searched for', () => {
    const { view } = editor('See [[arxiv:2306.12345|that one]] #mine\nweak');
    expect(lines(view)).toEqual(['See that one #mine', 'weak']);
    expect(view.contentDOM.querySelector('.md-tag')?.textContent).toBe('#mine');
    expect([...view.contentDOM.querySelectorAll('.cm-line')].map((line) => line.getAttribute('dir'))).toEqual([
      'auto',
      'auto',
    ]);
    view.dispatch({ effects: setMatches.of([[40, 44]]) });
    expect(view.contentDOM.querySelector('mark')?.textContent).toBe('weak');
    view.dispatch({ changes: { from: 0, insert: 'x' } });
    expect(view.contentDOM.querySelector('mark')).toBeNull();
  });

  test('makes text of whatever is hostile', () => {
    const hostile = '<img src=x onerror=alert(1)> [[arxiv:1|" onclick="x]] <script>x</script> [a](javascript:x)';
    const { view } = editor(hostile);
    expect(view.contentDOM.querySelector('script, img[src], [onclick], [onerror], a')).toBeNull();
    expect(view.contentDOM.textContent).toContain('<script>x</script>');
  });
});

test('mathematics is no Markdown, and money is no mathematics', () => {
  const names = (text: string) => {
    const found: string[] = [];
    syntaxTree(stateAt(text, 0)).iterate({ enter: ({ name }) => void found.push(name) });
    return found;
  };
  expect(names('$a_b$ and $c_d$ *soft*').filter((name) => /^(Mathematics|Emphasis)$/.test(name))).toEqual([
    ...['Mathematics', 'Mathematics', 'Emphasis'],
  ]);
  expect(names('from $5 to $10')).not.toContain('Mathematics');
  expect(names('$$\\int_a^b$$')).toContain('Mathematics');
  expect(names('<b>x</b> <script>')).not.toContain('HTMLTag');
});

test('where what stands in a note leads', () => {
  const state = stateAt(
    '[[2306.12345|a]] #tag [w](https://a.org) <https://b.org> https://c.org [x](javascript:y) plain',
    0,
  );
  const at = (words: string) => targetAt(state, state.doc.toString().indexOf(words) + 1);
  expect(at('2306')).toEqual({ kind: 'paper', id: 'arxiv:2306.12345' });
  expect(at('#tag')).toEqual({ kind: 'tag', tag: 'tag' });
  expect(at('[w]')).toEqual({ kind: 'web', href: 'https://a.org/' });
  expect(at('<https')).toEqual({ kind: 'web', href: 'https://b.org/' });
  expect(at('https://c')).toEqual({ kind: 'web', href: 'https://c.org/' });
  expect([at('[x]'), at('plain')]).toEqual([null, null]);
});

describe('what is offered', () => {
  const row = {
    id: 'arxiv:2306.12345',
    title: 'On [Deep] | Nets',
    authors: ['A. One', 'B. Two'],
    published: '2023-06',
  };
  const call = vi.fn(async (name: string) => (name === 'list.open' ? { result: 1, rows: [row] } : {}));
  const client = { call } as unknown as Client;
  const actions = () => ({ client, tags: () => ['ml', 'ml/vision', 'two words', 'html'] }) as unknown as NoteActions;
  const context = (text: string) => {
    const state = stateAt(text, text.length);
    return new CompletionContext(state, state.doc.length, false);
  };

  test('after [[ are papers of the whole library, written with their titles', async () => {
    const found = await paperCompletions(actions)(context('See [[deep ne'));
    expect(call).toHaveBeenCalledWith('list.open', { view: 'all', query: 'deep ne', sort: [], limit: 8 });
    expect(found).toMatchObject({ from: 6, options: [{ label: row.title, detail: 'A. One and others, 2023' }] });
    const { view } = editor('See [[deep ne]] there');
    const [option] = found?.options ?? [];
    if (option && typeof option.apply === 'function') option.apply(view, option, 6, 13);
    expect(view.state.doc.toString()).toBe('See [[arxiv:2306.12345|On Deep Nets]] there');
    expect(titleInLink('a\n[b]|c')).toBe('a b c');
  });

  test.each(['plain', '[one', '[[a]]', '[[a|b'])('are no papers after %j', async (text) => {
    expect(await paperCompletions(actions)(context(text))).toBeNull();
  });

  test('after # are tags that can be written so, those that begin so first', () => {
    const labels = (text: string) => {
      const found = tagCompletions(actions)(context(text));
      return found && 'options' in found ? found.options.map(({ label }) => label) : null;
    };
    expect(labels('a #m')).toEqual(['ml', 'ml/vision', 'html']);
    expect([labels('# m'), labels('C#m'), labels('#'), labels('#zzz')]).toEqual([null, null, null, null]);
    // Enter takes the first one: a tag that was typed whole is no other.
    expect(labels('a #ml')).toEqual(['ml', 'ml/vision', 'html']);
    expect([labels('a #html'), labels('a #ml/vision')]).toEqual([null, null]);
    expect(fittingTags(['a/b', 'b', 'cb'], 'B')).toEqual(['b', 'a/b', 'cb']);
  });
});
