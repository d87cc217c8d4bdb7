import { cleanup, render } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { TextRange } from '../../shared/paper.ts';
import { piecesOf } from '../../shared/reading/pieces.ts';
import { loadMathematics } from '../mathematics/use-mathematics.ts';
import { LinkedText } from './linked-text.tsx';
import { ShownText, ShownWords } from './shown-text.tsx';

beforeAll(loadMathematics);
afterEach(cleanup);

const noRanges: readonly TextRange[] = [];

test('matches are laid over what is shown: letters of words, all of a formula', () => {
  const text = 'weak $x_1$ and \\emph{weak $y$} words';
  const at = (words: string, from = 0): TextRange => [
    text.indexOf(words, from),
    text.indexOf(words, from) + words.length,
  ];
  const { container } = render(<ShownText text={text} ranges={[at('ea'), at('1'), at('weak', 9)]} />);
  const marks = [...container.querySelectorAll('mark')];
  expect(marks.map((mark) => mark.querySelector('math')?.getAttribute('alttext') ?? mark.textContent)).toEqual([
    'ea',
    'x_1',
    'weak',
  ]);
  expect(container.querySelector('em mark')?.textContent).toBe('weak');
});

test('every piece says which places of the stored text it shows', () => {
  const text = 'So $x$ is M{\\"u}ller';
  const { container } = render(<ShownText text={text} ranges={noRanges} />);
  const places = [...container.querySelectorAll('[data-from]')].map((piece) =>
    text.slice(Number(piece.getAttribute('data-from')), Number(piece.getAttribute('data-to'))),
  );
  // Braces that are LaTeX's show nothing.
  expect(places).toEqual(['So ', '$x$', ' is M', '\\"u', 'ller']);
});

test('a formula on a line of its own stands in its paragraph, and across an empty line in one', () => {
  const text = 'One\n\n$$a$$ two\n\n\\begin{align}a\n\n&=b\\end{align} three';
  const { container } = render(<ShownText text={text} ranges={noRanges} />);
  const paragraphs = [...container.querySelectorAll('p')];
  expect(paragraphs.map((each) => each.querySelectorAll('math').length)).toEqual([0, 1, 1]);
  expect(paragraphs[2]?.textContent).toMatch(/three$/);
});

test('links lead out where they may, and nowhere in a title or on paper', () => {
  const text =
    '\\href{https://a.org}{words}, \\href{javascript:alert(1)}{more}, \\url{https://b.org} and https://c.org/$x';
  const links = (element: HTMLElement) => [...element.querySelectorAll('a')].map((link) => link.href);
  expect(links(render(<ShownText text={text} ranges={noRanges} />).container)).toEqual([
    'https://a.org/',
    'https://b.org/',
    'https://c.org/$x',
  ]);
  expect(links(render(<ShownText text={text} ranges={noRanges} links={false} />).container)).toEqual([]);
  expect(links(render(<ShownWords text={text} />).container)).toEqual([]);
});

test('a title has no formula on a line of its own', () => {
  const { container } = render(<ShownWords text="On $$x$$ alone" />);
  expect(container.querySelector('math')?.getAttribute('display')).toBe('inline');
  expect(container.querySelector('[data-display]')).toBeNull();
});

test('a text without LaTeX is shown as it always was', () => {
  const text = 'Plain words, see https://a.org.\n\nMore for $5 to $10.';
  const shown = render(<ShownText text={text} ranges={[[0, 5]]} />).container.innerHTML;
  expect(shown).toBe(render(<LinkedText text={text} ranges={[[0, 5]]} />).container.innerHTML);
});

test('whatever the text and the matches, every letter that is not LaTeX is shown once', () => {
  const part = fc.constantFrom(
    'word ',
    '$x$',
    '\\emph{soft}',
    '~',
    'https://a.org ',
    '\n\n',
    '$5 ',
    '\\"u',
    '$$',
    '\\(',
    '{',
  );
  const range = fc.tuple(fc.nat(60), fc.nat(60)) as fc.Arbitrary<TextRange>;
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), fc.array(range, { maxLength: 4 }), (parts, ranges) => {
      const text = parts.join('');
      // What a dollar has made a formula of has letters of its own.
      fc.pre(
        piecesOf(text, { repair: true }).every((piece) => piece.kind === 'text' || !/word|soft/.test(piece.latex)),
      );
      const words = render(<ShownText text={text} ranges={ranges} />).container.textContent;
      expect(words.split('word').length).toBe(text.split('word').length);
      expect(words.split('soft').length).toBe(text.split('soft').length);
      cleanup();
    }),
    { numRuns: 60 },
  );
});
