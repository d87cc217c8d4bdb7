import { render } from '@testing-library/react';
import fc from 'fast-check';
import { createElement } from 'react';
import { describe, expect, test } from 'vitest';
import { LinkedText } from './linked-text.tsx';
import { shownRange, storedRange, wholesIn } from './text-places.ts';

/** A formula and a command shown in the place of what is stored: `We [$x$] show \emph{it} twice`. */
function Shown() {
  return (
    <p>
      <span data-from="0" data-to="3">
        {'We '}
      </span>
      {createElement('math', { 'data-from': 3, 'data-to': 6 }, createElement('mi', null, 'x'))}
      <span data-from="6" data-to="12">
        {' show '}
      </span>
      <em data-from="12" data-to="20">
        it
      </em>
      <span data-from="20" data-to="26">
        {' twi'}
        <mark>ce</mark>
      </span>
    </p>
  );
}

const text = 'First a loss\nin two lines, see https://a.org/x and more.\n\n  The second paragraph. ';
const highlights = [{ id: 'a', colour: 'yellow' as const, from: 6, to: 15 }];

describe('places of a text that is shown', () => {
  test('come back from what is shown, and go to it, wherever they begin and end', () => {
    const { container } = render(<LinkedText text={text} ranges={[[8, 12]]} highlights={highlights} />);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(text.length), (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const range = shownRange(container, [from, to]);
        // What stands between paragraphs is not shown.
        const words = text.slice(from, to).replaceAll(/^\s*\n\n\s*|\s*\n\n\s*$/g, '');
        if (words.trim() === '') return;
        const [start, end] = storedRange(container, range as Range) ?? [0, 0];
        expect(text.slice(start, end).trim()).toBe(words.trim());
      }),
    );
  });

  test('of what is not verbatim are all of it', () => {
    const { container } = render(<Shown />);
    expect(wholesIn(container)).toEqual([
      [3, 6],
      [12, 20],
    ]);
    const letters = container.querySelector('mi')?.firstChild as Text;
    const range = document.createRange();
    range.setStart(letters, 0);
    range.setEnd(container.querySelector('em')?.firstChild as Text, 1);
    expect(storedRange(container, range)).toEqual([3, 20]);
    expect(shownRange(container, [4, 14])?.toString()).toBe('x show it');
    expect(shownRange(container, [1, 24])?.toString()).toBe('e x show it twi');
  });

  test('are none where nothing of the text is selected', () => {
    const { container } = render(
      <div>
        <p id="other">Other</p>
        <Shown />
      </div>,
    );
    const range = document.createRange();
    range.selectNodeContents(container.querySelector('#other') as Element);
    expect(storedRange(container, range)).toBeNull();
    expect(shownRange(container, [40, 50])).toBeNull();
  });
});
