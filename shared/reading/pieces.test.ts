import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasLatex } from './has-latex.ts';
import { piecesOf } from './pieces.ts';

/** Pieces as a line: formulas in brackets, styles and addresses before their words. */
function shown(source: string): string {
  return piecesOf(source, { repair: false })
    .filter((piece) => piece.kind === 'math' || piece.text !== '')
    .map((piece) => {
      if (piece.kind === 'math') return piece.display ? `⟦⟦${piece.latex}⟧⟧` : `⟦${piece.latex}⟧`;
      return `${piece.style ? `<${piece.style}>` : ''}${piece.href ? `<${piece.href}>` : ''}${piece.text}`;
    })
    .join('');
}

describe('mathematics', () => {
  test.each([
    ['an $n$-gram, $x_1$ and $ y $ plus $k$NN', 'an ⟦n⟧-gram, ⟦x_1⟧ and ⟦y⟧ plus ⟦k⟧NN'],
    ['$a$$b$ and $$\\sum_i x$$ done', '⟦a⟧⟦b⟧ and ⟦⟦\\sum_i x⟧⟧ done'],
    ['\\(a\\), \\[b\\], \\( c', '⟦a⟧, ⟦⟦b⟧⟧, \\( c'],
    ['$x \\text{ if $y$ holds}$ and $z$', '⟦x \\text{ if $y$ holds}⟧ and ⟦z⟧'],
    ['the cost $\\$5$ and $x\\$y$', 'the cost ⟦\\$5⟧ and ⟦x\\$y⟧'],
    ['$50%$ of $95\\%$ % no comment', '⟦50%⟧ of ⟦95\\%⟧ % no comment'],
    ['$f(x) = x for x > 0$, so', '⟦f(x) = x for x > 0⟧, so'],
    ['at $p<0.05$, $10^{-3}$ ($95\\%$), $O(n \\log n)$.', 'at ⟦p<0.05⟧, ⟦10^{-3}⟧ (⟦95\\%⟧), ⟦O(n \\log n)⟧.'],
    ['\\begin{equation}a=b\\end{equation}', '⟦⟦a=b⟧⟧'],
    ['\\begin{align*}a&=b\\\\c&=d\\end{align*}', '⟦⟦\\begin{align*}a&=b\\\\c&=d\\end{align*}⟧⟧'],
    [
      '\\begin{cases}a&\\begin{cases}b\\end{cases}\\end{cases} \\end{cases}',
      '⟦⟦\\begin{cases}a&\\begin{cases}b\\end{cases}\\end{cases}⟧⟧ \\end{cases}',
    ],
    ['$\\begin{matrix}a\\\\b\\end{matrix}$', '⟦\\begin{matrix}a\\\\b\\end{matrix}⟧'],
    [
      'x \\in \\mathbb{R}^n, \\frac{a}{b}, \\alpha_i^{2} and $1$',
      'x ∈ ⟦\\mathbb{R}^n⟧, ⟦\\frac{a}{b}⟧, ⟦\\alpha_i^{2}⟧ and ⟦1⟧',
    ],
    ['the 3\\textsuperscript{rd}', 'the 3⟦{}^{\\text{rd}}⟧'],
    ['$SNR$ of $-5$ dB, $+$ and $\\alpha-$Fe', '⟦SNR⟧ of ⟦-5⟧ dB, ⟦+⟧ and ⟦\\alpha-⟧Fe'],
  ])('%s', (source, expected) => expect(shown(source)).toBe(expected));

  test.each([
    'an open $x of one paragraph\n\nand the next$',
    'a \\[ b\n\n\\]',
    '\\begin{cases} and no end',
    '$ and $$ and $$$ and $$$$',
    '$$ $$',
  ])('%j has none', (source) => expect(shown(source)).toBe(source));
});

describe('money and other dollars stay', () => {
  test.each([
    'costs $5 to $10',
    'a $5 < $10 comparison',
    'prices: $5=cheap, $50=dear',
    'US$ 3M, US$3M, US$4M, A$5 and C$6',
    '$100k and $2',
    '$5-$10, $5M/$10M, $1,000,$2,000',
    'from $0.002/1K tokens, ($1 or $2)',
    'between $5 million and $10 million',
    'export $HOME/bin:$PATH, $var1, $var2',
    'Python $variable and $other of it',
    'see https://a.org/?a=$b$&c=$d$ and `$x$ in code`',
    'a price of 5$ and of 6$ per head',
  ])('%s', (source) => expect(shown(source)).toBe(source));

  test.each([
    ['costs $5, and $x$ is', 'costs $5, and ⟦x⟧ is'],
    ['\\$5 and $x$ \\$6', '$5 and ⟦x⟧ $6'],
    ['we pay $5. We define $x_1$.', 'we pay $5. We define ⟦x_1⟧.'],
    ['5$ for $x$ and 6$ for $y$', '5$ for ⟦x⟧ and 6$ for ⟦y⟧'],
    ['a $3.5B, $n$-step plan', 'a $3.5B, ⟦n⟧-step plan'],
  ])('beside mathematics: %s', (source, expected) => expect(shown(source)).toBe(expected));
});

describe('commands for text', () => {
  test.each([
    ['M{\\"u}ller \\\'e \\v{s} {\\ss} \\o re na\\"{\\i}ve \\c{c} \\.I \\\'{\\^e}', 'Müller é š ß øre naïve ç İ ế'],
    ['\\emph{soft} \\textbf{loud} \\texttt{c} \\textsc{Caps}', '<emphasis>soft <strong>loud <code>c Caps'],
    ['\\emph{a $x$ b}', '<emphasis>a ⟦x⟧<emphasis> b'],
    ['{\\em old} and {\\bf loud} {set}', '<emphasis>old and <strong>loud {set}'],
    ['see~\\cite{a,b}, \\citep[p.~3]{c}, Sec.~\\ref{s}', 'see\u00a0[a,b], [c], Sec.\u00a0[s]'],
    ['Fig.~3, 15~points, about ~5, 10~20, ~/bin', 'Fig.\u00a03, 15\u00a0points, about ~5, 10~20, ~/bin'],
    ['50\\% of R\\&D \\#1 a\\_b \\{x\\}', '50% of R&D #1 a_b {x}'],
    ['a -- b---c d--e', 'a – b—c d–e'],
    ["``quoted'' `single' it's", "“quoted” ‘single’ it's"],
    ['Tom &amp; Jerry &lt;b&gt; AT&T &unknown;', 'Tom & Jerry <b> AT&T &unknown;'],
    ['\\url{https://a.org/~x_y\\%20}', '<https://a.org/~x_y%20>https://a.org/~x_y%20'],
    ['\\href{https://b.org/~u}{words}, so', '<https://b.org/~u>words, so'],
    ['\\LaTeX is, \\textcolor{red}{this}\\label{x}\\footnote{that}', 'LaTeX is, this (that)'],
    ['\\begin{itemize}\\item one \\item two\\end{itemize}', '\n• one \n• two'],
  ])('%s', (source, expected) => expect(shown(source)).toBe(expected));

  test.each([
    'run it with --help or <!-- this --> or ----',
    "6'' and '' alone, it's `open",
    '\\unknown{x}, \\emph, \\textbf{open, {0,1} and {BERT}',
    'C:\\Users\\new and \\',
    'https://a.org/~user/a--b_c',
    'doi 10.1000/a~b--c',
  ])('%s stays as it is written', (source) => expect(shown(source)).toBe(source));
});

const fragment = fc.constantFrom(
  ...['$', '$$', '\\(', '\\)', '\\[', '\\]', '\\begin{cases}', '\\end{cases}', '\\begin{itemize}', '{', '}', '\\emph{'],
  ...[
    '\\text{',
    '\\frac',
    '\\alpha',
    '_',
    '^',
    '\\"',
    '\\v',
    '~',
    '--',
    '``',
    "''",
    '`',
    "'",
    '&amp;',
    '\\',
    '\n\n',
    ' ',
  ],
  ...[
    'a',
    '5',
    'é',
    '\ud83d\ude00',
    '\ud800',
    'https://a.org/',
    '\\url{',
    '\\href{',
    '{\\em ',
    '\\cite{',
    '\\item',
    '%',
  ],
);

test('whatever the text, its pieces cover it once, in order, and the verbatim ones say so', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fragment, fc.string({ unit: 'binary' })), { maxLength: 40 }),
      fc.boolean(),
      (parts, repair) => {
        const source = parts.join('');
        const pieces = piecesOf(source, { repair });
        const starts = [0, ...pieces.map((piece) => piece.to)];
        expect(pieces.map((piece) => piece.from)).toEqual(starts.slice(0, -1));
        expect(starts.at(-1)).toBe(source.length);
        expect(pieces.every((piece) => piece.from < piece.to && (piece.kind === 'text' || piece.latex !== ''))).toBe(
          true,
        );
      },
    ),
    { numRuns: 500 },
  );
});

test('a text with nothing of LaTeX in it is one piece, and known for it at a look', () => {
  const source = 'A plain title: of mice & men (2nd ed.), 5-10 % – {a, b}';
  expect(hasLatex(source)).toBe(false);
  expect(piecesOf(source, { repair: false })).toEqual([{ kind: 'text', text: source, from: 0, to: source.length }]);
  expect(piecesOf('', { repair: true })).toEqual([]);
});

test('what has nothing to be shown otherwise is not asked to wait', () => {
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 12 }), (parts) => {
      const source = parts.join('');
      if (!hasLatex(source)) expect(shown(`${source}$`)).toBe(`${source}$`);
    }),
  );
});

test.each([
  ...[
    '$',
    '$ ',
    '$5 ',
    '$$ ',
    '$x',
    '\\(',
    '\\[',
    '\\[ ',
    '{',
    '}',
    '{}',
    '\\text{',
    '$\\text{',
    '$\\text{}',
    '\\begin{cases}',
  ],
  ...[
    '\\begin{cases}\\end{cases',
    '\\emph{',
    '\\"',
    "\\'{",
    '`',
    '``',
    "`a'",
    "``a''",
    '--',
    '-',
    '~',
    '&amp;',
    '\\frac',
    '\\frac{',
    '\\alpha_',
  ],
  ...[
    'https://',
    'www.',
    '10.1000/',
    '\\cite[',
    '\\url{',
    '\\href{a}',
    '\\verb',
    '\n\n',
    '\\item ',
    '\\\\',
    '_',
    '^{',
    '{\\em ',
  ],
  ...[`${'$\\text{'.repeat(200)}${'}'.repeat(200)}${'{}'.repeat(500)}`],
])('a hundred thousand units of %j are read in as many steps', (unit) => {
  const source = unit.repeat(Math.ceil(100_000 / unit.length));
  let looked = 0;
  const count = (places: number) => {
    looked += places;
  };
  const pieces = piecesOf(source, { repair: false }, count);
  expect(pieces.at(-1)?.to).toBe(source.length);
  expect(looked).toBeLessThan(source.length * 250);
});
