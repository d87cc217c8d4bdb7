import { render } from '@testing-library/react';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LayeredWhole, shadesOf } from './layered-text.tsx';
import { LinkedText } from './linked-text.tsx';

const highlight = (id: string, from: number, to: number, colour: 'yellow' | 'pink' = 'yellow') => ({
  id,
  colour,
  from,
  to,
});

test('a match within a highlight is marked within it, and a highlight goes on across a link', () => {
  const text = 'The loss, see https://a.org/x here';
  const { container } = render(
    <LinkedText text={text} ranges={[[4, 8]]} highlights={[highlight('a', 0, 25, 'pink')]} />,
  );
  const shaded = [...container.querySelectorAll('[data-highlight]')];
  expect(shaded.map(({ textContent }) => textContent).join('')).toBe(text.slice(0, 25));
  expect(shaded.every((element) => element.getAttribute('data-shade') === 'pink')).toBe(true);
  expect(container.querySelector('[data-highlight] > mark')?.textContent).toBe('loss');
  expect(container.textContent).toBe(text);
});

test('what is shown as one is highlighted and marked as one', () => {
  const layers = { matches: [[0, 4] as [number, number]], highlights: [highlight('a', 3, 9)] };
  const shown = (from: number, to: number) =>
    render(
      <LayeredWhole from={from} to={to} layers={layers}>
        x
      </LayeredWhole>,
    ).container.innerHTML;
  expect(shown(2, 5)).toBe('<mark data-highlight="a" data-shade="yellow"><mark>x</mark></mark>');
  expect(shown(4, 5)).toBe('<mark data-highlight="a" data-shade="yellow">x</mark>');
  expect(shown(0, 3)).toBe('<mark>x</mark>');
  expect(shown(9, 12)).toBe('x');
});

test('whatever overlaps, the shades cover the stretch without a gap, and the last of several counts', () => {
  const some = fc.tuple(fc.nat(20), fc.nat(20)).map(([one, other]) => [Math.min(one, other), Math.max(one, other) + 1]);
  fc.assert(
    fc.property(fc.array(some, { maxLength: 5 }), some, (ranges, [from = 0, to = 1]) => {
      const highlights = ranges.map(([start = 0, end = 1], at) => highlight(`${at}`, start, end));
      let at = from;
      for (const shade of shadesOf(from, to, highlights)) {
        expect(shade.from).toBe(at);
        for (let unit = shade.from; unit < shade.to; unit += 1) {
          expect(shade.highlight).toBe(highlights.findLast((one) => one.from <= unit && one.to > unit) ?? null);
        }
        at = shade.to;
      }
      expect(at).toBe(to);
    }),
  );
});
