import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { latexToText } from './latex-text.ts';

const raw = String.raw;

describe('LaTeX becomes Unicode', () => {
  test.each([
    [raw`M{\"u}ller and J\"org and Ren\'e and Bal\'azs`, 'Müller and Jörg and René and Balázs'],
    [raw`{\'e} \v{s} \v S \c{c} \c c \H{o} \k{a} \r{u} \u{g} \=o \.z \d{h} \b{k}`, 'é š Š ç ç ő ą ů ğ ō ż ḥ ḵ'],
    [raw`\'{\i} \"\i{} {\'\i} \^\j`, 'í ï í ĵ'],
    [
      raw`Stra\ss{}e, Wei\ss e, \O rsted, \AA{}ngstr\"om, {\L}\'od\'z, \ae\oe`,
      'Straße, Weiße, Ørsted, Ångström, Łódź, æœ',
    ],
    [raw`\'{\^e} and {\"{\i}}`, 'ế and ï'],
    [
      raw`one---two, 1--10, ${'``'}quoted'' and ${'`'}single' but don't`,
      "one—two, 1–10, “quoted” and ‘single’ but don't",
    ],
    [raw`Fig.~1, see~[2], about ~5 GeV (~10%)`, 'Fig. 1, see [2], about ~5 GeV (~10%)'],
    [raw`A \& B, 5\%, \$3, C\#, x\_y, \{a\}`, 'A & B, 5%, $3, C#, x_y, {a}'],
    [raw`{T}he {GPU} and {{BERT}}`, 'The GPU and BERT'],
    [raw`\textit{very} \emph{deep} {\it nets} \textbf{a {\em b}}`, 'very deep nets a b'],
    [
      raw`\url{https://example.org/~a_b%20c} and \href{https://example.org/a\_b}{here}`,
      'https://example.org/~a_b%20c and here (https://example.org/a_b)',
    ],
    [raw`\enquote{so {it} goes}\footnote{Not always.}`, '“so it goes” (Not always.)'],
    [raw`an $\ell_1$ ball \alpha decay \ldots\ end`, 'an $\\ell_1$ ball α decay … end'],
    [raw`the \LaTeX{} way, \TeX too`, 'the LaTeX way, TeX too'],
    [raw`{\noopsort{1973a}}1973`, '1973'],
    [raw`\unknown{stays} \sqrt{n}`, raw`\unknown{stays} \sqrt{n}`],
    ['\\~{} \\^{} a\\', '~ ^ a\\'],
    ['{R\\&amp;D', 'R&D'],
    ['a\\-b\\/c \\\\ d', 'abc \n d'],
  ])('%s', (latex, text) => {
    expect(latexToText(latex)).toBe(text);
  });
});

describe('formulas stay as they are written', () => {
  test.each([
    raw`$\alpha^{2} \leq {\"u}$`,
    raw`\(\frac{a}{b}~c\)`,
    "$$\\sum_{i} ``x''$$",
    raw`\[ a --- b \]`,
    raw`\begin{equation} {a} \end{equation}`,
    raw`$5 \$ {x}$`,
  ])('%s', (formula) => {
    expect(latexToText(`{a} ${formula} {b}`)).toBe(`a ${formula} b`);
  });

  test('a dollar sign alone is money, and no formula goes past an empty line', () => {
    expect(latexToText('{It} costs $5 {now}')).toBe('It costs $5 now');
    expect(latexToText('$5\n\n{later} $7')).toBe('$5\n\nlater $7');
    expect(latexToText('\\(a {b}')).toBe('\\(a b');
  });
});

test('text without LaTeX stays as it is', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[^\\{}$~`&'-]*$/), (text) => {
      expect(latexToText(text)).toBe(text);
    }),
  );
});

test('any text at all gives some text, and a formula in it survives', () => {
  const scrap = fc.oneof(
    fc.constantFrom(
      '\\',
      '{',
      '}',
      '$',
      '\\(',
      '\\"',
      "\\'",
      '\\v',
      ' ',
      'o',
      '~',
      '`',
      "'",
      '-',
      '\n\n',
      '\\begin{align}',
    ),
    fc.constantFrom('\\url{', '\\href{', '\\textit', '\\foo', '\\ss', '\\end{align}', '\\i', '\ud835', '\\enquote'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 40 }), (scraps) => {
      expect(typeof latexToText(scraps.join(''))).toBe('string');
      expect(latexToText(`$x_{1}$ ${scraps.join('')}`)).toContain('$x_{1}$');
    }),
    { numRuns: 500 },
  );
});

test.each([
  '\\(',
  '$$a',
  '\\begin{align}',
  '\\url{',
  '{',
  '\\"',
  '`',
  '\\textit{',
  '$\n\n',
  '\\\\$',
  "\\'\\d",
])('takes time in proportion to the text: %j a hundred thousand times', (piece) => {
  const start = performance.now();
  latexToText(`${piece.repeat(100_000)}\n\n\\) $$ } \\end{align} a`);
  // Milliseconds where it is linear, minutes where it is not.
  expect(performance.now() - start).toBeLessThan(5000);
});
