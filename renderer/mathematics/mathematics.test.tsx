// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { allowedAttributes, allowedElements } from './allowed.ts';
import { fragments } from './fragments-testing.ts';
import { Mathematics } from './mathematics.tsx';
import { setMathematics } from './set-mathematics.ts';

afterEach(cleanup);

test('of the fragments that abstracts hold, 99 in 100 are set', () => {
  expect(new Set(fragments).size).toBeGreaterThan(600);
  const unset = fragments.filter((latex) => setMathematics(latex, false) === null);
  expect(unset).toEqual(['\\limits']);
  expect(unset.length).toBeLessThan(fragments.length / 100);
  expect(fragments.filter((latex) => setMathematics(latex, true) === null)).toEqual(unset);
});

/** What a formula shows, as text without spaces. */
function shown(latex: string): string {
  const { container } = render(<Mathematics latex={latex} />);
  return container.querySelector('math')?.textContent.replaceAll(/\s/g, '') ?? 'not set';
}

test.each([
  ['0.45\\pm0.15', '0.45±0.15'],
  ['50%', '50%'],
  ['a &lt; b', 'a<b'],
  ['\\SI{3.0}{\\metre\\per\\second}', '3.0ms−1'],
  ['\\SI{5}{\\kilo\\meter}', '5km'],
  ['\\num{1e-5}', '1×10−5'],
  ['\\left( x', '(x'],
  ['x \\right]', 'x]'],
  ['\\DeclareMathOperator{\\tr}{tr}\\tr(A)', 'tr\u2061(A)'],
  ['\\begin{eqnarray}a&=&b\\end{eqnarray}', 'a=b'],
  ['E=mc^2 \\label{eq:e}\\tag{1}', 'E=mc2(1)'],
  ['x\\text{ if $y_1$}', 'xify1'],
])('%s shows %s', (latex, expected) =>
  expect(shown(latex).replaceAll('\u2061', '')).toBe(expected.replaceAll('\u2061', '')));

test('a formula is one to a screen reader, and says its LaTeX', () => {
  const { container } = render(<Mathematics latex="\frac{a}{b}" display />);
  const math = container.querySelector('math');
  expect(math?.namespaceURI).toBe('http://www.w3.org/1998/Math/MathML');
  expect(math?.getAttribute('alttext')).toBe('\\frac{a}{b}');
  expect(container.querySelector('mfrac')?.namespaceURI).toBe('http://www.w3.org/1998/Math/MathML');
  expect(container.querySelector('[data-display]')?.getAttribute('data-latex')).toBe('\\frac{a}{b}');
});

test('a long formula may go on in the next line behind a sign, which keeps its space', () => {
  const { container } = render(<Mathematics latex={`\\sim a${'+x_1'.repeat(20)}=b`} />);
  const rows = [...container.querySelectorAll('math > mrow')];
  expect(rows.length).toBeGreaterThan(10);
  expect(rows[0]?.textContent).toBe('∼a+');
  expect(rows.slice(0, -1).map((line) => line.lastElementChild?.getAttribute('form'))).not.toContain(null);
});

test('a sign that begins or ends a formula has no space towards the words around it', () => {
  const { container } = render(<Mathematics latex="\sim 5+" />);
  const [first, last] = container.querySelectorAll('mo');
  expect(first?.getAttribute('lspace')).toBe('0em');
  expect(first?.getAttribute('rspace')).toBeNull();
  expect(last?.getAttribute('rspace')).toBe('0em');
});

describe('what a formula cannot do', () => {
  test.each([
    '\\href{javascript:alert(1)}{x}',
    '\\href{https://a.org}{x}',
    '\\url{javascript:alert(1)}',
    '\\includegraphics{https://a.org/p.png}',
    '\\class{row}{x}',
    '\\id{root}{x}',
    '\\style{position:fixed}{x}',
    '\\data{x=y}{z}',
    '\\htmlClass{row}{x}',
    '\\htmlStyle{color:red}{x}',
    '\\def\\a{\\a\\a}\\a',
    '\\def\\a{xx}\\def\\b{\\a\\a}\\b',
    '\\newcommand{\\a}{\\a}\\a',
    '\\renewcommand{\\alpha}{\\alpha}\\alpha',
    '\\let\\a\\b',
    '\\gdef\\a{x}\\a',
    `${'{'.repeat(500)}x${'}'.repeat(500)}`,
    '{'.repeat(4000),
    `${'\\sqrt{'.repeat(300)}x${'}'.repeat(300)}`,
    `${'\\left('.repeat(400)}x${'\\right)'.repeat(400)}`,
    `${'x^'.repeat(1000)}x`,
    'x'.repeat(100_000),
    'x+'.repeat(2400),
    '\\unknown{x}',
    '\\begin{unknown}x\\end{unknown}',
    'a & b \\\\',
    '}{',
    '\\frac{',
    '\\',
  ])('%.40s is shown as it is written, marked', (latex) => {
    const complaint = vi.spyOn(console, 'error');
    const { container } = render(<Mathematics latex={latex} written={`$${latex}$`} />);
    expect(container.querySelector('math')).toBeNull();
    const marked = container.querySelector('.as-it-is-written');
    expect(marked?.textContent).toBe(`$${latex}$`);
    expect(marked?.getAttribute('data-latex')).toBe(latex);
    expect(complaint).not.toHaveBeenCalled();
    complaint.mockRestore();
  });

  test.each([
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '\\text{<img src=x onerror=alert(1)>}',
    '&#60;b&#62;',
  ])('%s makes no element of its own', (latex) => {
    const { container } = render(<Mathematics latex={latex} />);
    expect(container.querySelector('img, script, b')).toBeNull();
  });

  test.each(['\\char"202e abc', 'a\u202eb', '\\text{\u2067x}'])('%j turns no text around', (latex) => {
    const { container } = render(<Mathematics latex={latex} />);
    expect(container.querySelector('math')).toBeNull();
  });

  test('sizes that are asked for are bounded', () => {
    const { container } = render(<Mathematics latex="x\rule{900em}{900em}\kern 900em y" />);
    for (const element of container.querySelectorAll('math *')) {
      for (const { value } of element.attributes)
        expect(Number.parseFloat(/[\d.]+/.exec(value)?.[0] ?? '0')).toBeLessThan(130);
    }
  });

  test('colours do not: what is set is seen by day and by night', () => {
    const { container } = render(<Mathematics latex="\color{white}x \textcolor{white}{y} \colorbox{black}{z}" />);
    expect(container.querySelector('math')?.innerHTML).not.toMatch(/white|#fff|black|#000/);
  });

  test('whatever is written, only elements and attributes on the lists come of it', () => {
    const fragment = fc.constantFrom(
      ...fragments.slice(0, 400),
      ...[
        '{',
        '}',
        '\\href{x}{',
        '\\text{',
        '\\color{red}',
        '&',
        '\\\\',
        '^',
        '_',
        '<img src=x>',
        '\\class{a}{',
        '\ud800',
      ],
    );
    const attributes = new Set([...allowedAttributes, 'class', 'style', 'alttext', 'display']);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fragment, fc.string({ unit: 'binary' })), { minLength: 1, maxLength: 8 }),
        (parts) => {
          const { container, unmount } = render(<Mathematics latex={parts.join(' ')} />);
          const found = [...container.querySelectorAll('math *')];
          expect(found.filter((element) => !allowedElements.has(element.localName))).toEqual([]);
          const names = found.flatMap((element) => element.getAttributeNames());
          expect(names.filter((name) => !attributes.has(name))).toEqual([]);
          expect(container.querySelector('.mathematics, .as-it-is-written')).not.toBeNull();
          unmount();
        },
      ),
      { numRuns: 100 },
    );
  });
});
