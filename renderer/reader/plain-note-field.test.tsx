import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { PlainNoteField } from './plain-note-field.tsx';

function field(text: string) {
  const told: string[] = [];
  const onChange = vi.fn((changed: string) => told.push(changed));
  const onComposing = vi.fn((composing: boolean) => told.push(composing ? 'begun' : 'over'));
  const nothing = () => {};
  render(
    <PlainNoteField
      {...{ text, matches: [], labelledBy: 'name', caret: { current: null }, onChange, onComposing }}
      {...{ onBlur: nothing, onLeave: nothing, onGone: nothing }}
    />,
  );
  return { told, element: screen.getByRole<HTMLTextAreaElement>('textbox') };
}

test('what was composed is told before the field may go, in browsers, too, that tell of it only afterwards', () => {
  const { told, element } = field('日');
  fireEvent.compositionStart(element);
  const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value') ?? {};
  set?.call(element, '日本');
  fireEvent.compositionEnd(element);
  expect(told).toEqual(['begun', '日本', 'over']);
});

test('a composition that is given up changes nothing, be the line ends of the note others than the field has', () => {
  const { told, element } = field('one\r\ntwo\rthree');
  fireEvent.compositionStart(element);
  fireEvent.compositionEnd(element);
  expect(told).toEqual(['begun', 'over']);
});
