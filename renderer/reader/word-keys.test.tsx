import { render } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { LinkedText } from '../text/linked-text.tsx';
import { WordKeys } from './word-keys.ts';

const text = 'The loss is convex. It is smooth, see https://a.org/x there.\n\nA second paragraph.';
let keys: WordKeys;

beforeEach(() => {
  const { container } = render(<LinkedText text={text} ranges={[[4, 8]]} />);
  keys = new WordKeys(container, text, false);
  document.getSelection()?.removeAllRanges();
});

const none = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };
const right = { ...none, key: 'ArrowRight' };
const left = { ...none, key: 'ArrowLeft' };
const selected = () => {
  const range = keys.selected();
  return range && text.slice(...range);
};

/** What is selected after each key. */
function after(...presses: Parameters<WordKeys['press']>[0][]) {
  return presses.map((press) => {
    expect(keys.press(press)).toBe(true);
    return selected();
  });
}

test('the arrows select one word after another, and stay at the ends', () => {
  expect(after(right, right, right, left, left, left)).toEqual(['The', 'loss', 'is', 'loss', 'The', 'The']);
  for (let press = 0; press < 40; press += 1) keys.press(right);
  expect(selected()).toBe('paragraph');
});

test('with Shift they select more words, and fewer again', () => {
  const more = { ...right, shiftKey: true };
  const less = { ...left, shiftKey: true };
  expect(after(right, more, more, less, less, less)).toEqual([
    'The',
    'The loss',
    'The loss is',
    'The loss',
    'The',
    'The',
  ]);
  keys.select([9, 11]);
  expect(after(less, more, more)).toEqual(['loss is', 'is', 'is convex']);
});

test('with Ctrl they go by sentences, with Shift by more of them', () => {
  const sentence = { ...right, ctrlKey: true };
  expect(after(sentence, { ...sentence, shiftKey: true })).toEqual([
    'The loss is convex.',
    'The loss is convex. It is smooth, see https://a.org/x there.',
  ]);
});

test('a selection made otherwise goes on from there', () => {
  keys.select([4, 11]);
  expect(after({ ...right, shiftKey: true })).toEqual(['loss is convex']);
  keys.select([4, 11]);
  expect(after(right)).toEqual(['convex']);
});

test('other keys are left alone, and those that mean something else', () => {
  expect(keys.press({ ...none, key: 'x' })).toBe(false);
  expect(keys.press({ ...right, altKey: true })).toBe(false);
  expect(keys.press({ ...right, metaKey: true })).toBe(false);
  expect(keys.press({ ...none, key: 'ArrowDown' })).toBe(false);
  expect(keys.press({ ...none, key: 'ArrowDown', shiftKey: true })).toBe(false);
  expect(selected()).toBeNull();
});
