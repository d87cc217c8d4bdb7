import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { piecesOf } from '../../shared/reading/pieces.ts';
import { paragraphsAround, shownPieces } from './shown-pieces.tsx';

function shown(text: string, range: [number, number] = [0, text.length]) {
  const pieces = piecesOf(text, { repair: true });
  const layers = { matches: [], highlights: [] };
  const { container } = render(<p>{shownPieces(text, pieces, range, layers, { links: true, display: true })}</p>);
  const places = [...container.querySelectorAll('[data-from]')].map((element) => [
    Number(element.getAttribute('data-from')),
    Number(element.getAttribute('data-to')),
  ]);
  const kept = [...container.querySelectorAll('.with-its-sign')].map((element) =>
    [...element.querySelectorAll('[data-from]')].map((part) =>
      text.slice(Number(part.getAttribute('data-from')), Number(part.getAttribute('data-to'))),
    ),
  );
  return { places, kept };
}

test('the sign behind a formula stays with it, and every letter stands once and in its place', () => {
  const text = 'where m gg n, and (nu^1-based) x_1). This "L_2" too.';
  const { places, kept } = shown(text);
  expect(kept).toEqual([
    ['m gg n', ','],
    ['nu^1', '-'],
    ['x_1', ').'],
    ['L_2', '"'],
  ]);
  expect(places[0]?.[0]).toBe(0);
  expect(places.at(-1)?.[1]).toBe(text.length);
  for (const [index, place] of places.entries()) if (index > 0) expect(place[0]).toBe(places[index - 1]?.[1]);
});

test('a sign beyond the range stays out of it, and one that is the whole rest is shown once', () => {
  expect(shown('so x_1. Then', [0, 6])).toEqual({
    places: [
      [0, 3],
      [3, 6],
    ],
    kept: [],
  });
  expect(shown('so x_1.')).toEqual({
    places: [
      [0, 3],
      [3, 6],
      [6, 7],
    ],
    kept: [['x_1', '.']],
  });
});

test('a formula joins the paragraphs that it stands across, and each piece is looked at a few times only', () => {
  const text = `$$a\n${'$x$ b\n\n'.repeat(2000)}\\begin{align}a\n \n=b\\end{align} c`;
  let looks = 0;
  const pieces = new Proxy(piecesOf(text, { repair: true }), {
    get(target, name) {
      looks += 1;
      return Reflect.get(target, name);
    },
  });
  const paragraphs = paragraphsAround(text, pieces);
  expect(paragraphs).toHaveLength(2001);
  expect(text.slice(...(paragraphs.at(-1) ?? []))).toBe('\\begin{align}a\n \n=b\\end{align} c');
  const layers = { matches: [], highlights: [] };
  for (const range of paragraphs) shownPieces(text, pieces, range, layers, { links: true, display: true });
  expect(looks).toBeLessThan(50 * pieces.length);
});
