import { cleanup, render } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { TextRange } from '../../shared/paper.ts';
import { loadMathematics } from '../mathematics/use-mathematics.ts';
import { formulasIn } from './formulas.tsx';
import Markdown from './markdown.tsx';

beforeAll(loadMathematics);
afterEach(cleanup);

/** The LaTeX of the formulas that a note shows; those on lines of their own in brackets. */
function formulas(text: string): string[] {
  const { container } = render(<Markdown text={text} />);
  return [...container.querySelectorAll('.mathematics')].map((formula) => {
    const latex = formula.getAttribute('data-latex') ?? '';
    return formula.hasAttribute('data-display') ? `[${latex}]` : latex;
  });
}

test.each([
  ['the $x_1$ and *the $y_2 * z_2$*', ['x_1', 'y_2 * z_2']],
  ['# On $\\mathbb{R}$', ['\\mathbb{R}']],
  ['| $|x|$ | b |\n|---|---|\n| $a_1$ | $b$ |', ['|x|', 'a_1', 'b']],
  ['- $x$\n- [ ] \\(y\\)', ['x', 'y']],
  ['$$\na\n+ b\n- c\n$$\n\nand', ['[a\n+ b\n- c]']],
  ['so\n\\[x = y\\]\nand', ['[x = y]']],
  ['> \\begin{align}\n> a&=b\n> \\end{align}', ['[\\begin{align}\na&=b\n\\end{align}]']],
  ['a $x\n< y$ b', ['x\n< y']],
  ['~~$x$~~ **$y$** [$z$](https://a.org)', ['x', 'y', 'z']],
  ['$a$ \\$5 and $b$', ['a', 'b']],
])('%j', (text, expected) => expect(formulas(text)).toEqual(expected));

test.each([
  '`$x$` and ``a $y$ b``',
  '```\n$x$\n```',
  '```\n$x\n```\n$y',
  '~~~sh\necho $A $B\n~~~',
  '    $x = 1$ in code',
  'costs $5 to $10',
  'https://a.org/?a=$b$',
  '\\$x$',
])('%j has none', (text) => expect(formulas(text)).toEqual([]));

test('a formula that matches is marked whole', () => {
  const range: TextRange = [5, 6];
  const { container } = render(<Markdown text="see $a+b$ here" ranges={[range]} />);
  expect(container.querySelector('mark math')?.getAttribute('alttext')).toBe('a+b');
});

test('what cannot be set is shown as it is written', () => {
  const { container } = render(<Markdown text={'see $\\unknown{x}$ here'} />);
  expect(container.textContent).toBe('see $\\unknown{x}$ here');
});

test('whatever is written, every formula is one that the note holds', () => {
  const piece = fc.constantFrom(
    '$',
    '$$',
    'x',
    ' ',
    '\n',
    '\n\n',
    '`',
    '```\n',
    '> ',
    '- ',
    '\\(',
    '\\)',
    '|',
    '*',
    '\\',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const text = pieces.join('');
      // What a quotation puts before each line is not in the formula.
      const bare = (latex: string) => latex.replaceAll(/[>\-\s]/g, '');
      const held = formulasIn(text).map(({ latex, display }) => bare(display ? `[${latex}]` : latex));
      expect(held).toEqual(expect.arrayContaining(formulas(text).map(bare)));
      cleanup();
    }),
    { numRuns: 100 },
  );
});
