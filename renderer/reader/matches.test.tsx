import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { LinkedText } from '../text/linked-text.tsx';
import { matchesIn, showCurrent } from './matches.ts';

const text = 'See the loss at https://a.org/loss now.\n\nAnd the loss again.';
const at = (words: string, from = 0): [number, number] => {
  const start = text.indexOf(words, from);
  return [start, start + words.length];
};

function show() {
  const highlights = [{ id: 'a', colour: 'blue' as const, from: 0, to: 7 }];
  // The second goes into a link and out of it; the last one stands where a paragraph begins.
  const ranges = [at('loss'), at('at https://a.org/loss now'), at('And')];
  const { container } = render(
    <div>
      <div className="page-scroll">
        <LinkedText text={text} ranges={ranges} highlights={highlights} />
      </div>
      <div className="note-behind">
        <mark>not read</mark>
      </div>
    </div>,
  );
  return container;
}

const words = (container: Element) =>
  matchesIn(container).map((match) => match.map(({ textContent }) => textContent).join(''));

test('what was searched for is one place however many elements show it, and a highlight is none', () => {
  expect(words(show())).toEqual(['loss', 'at https://a.org/loss now', 'And']);
});

test('one is the current one, or none', () => {
  const container = show();
  const [first = [], second = []] = matchesIn(container);
  showCurrent(container, first);
  showCurrent(container, second);
  const current = () => [...container.querySelectorAll('[data-current]')];
  expect(current()).toEqual(second);
  showCurrent(container, null);
  expect(current()).toEqual([]);
});
