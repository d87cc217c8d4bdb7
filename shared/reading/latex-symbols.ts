import { latex2unicode } from 'unicode2latex';

/** The accent commands of LaTeX, and the combining character of each. */
export const accents: ReadonlyMap<string, string> = new Map([
  ['`', '\u0300'],
  ["'", '\u0301'],
  ['^', '\u0302'],
  ['~', '\u0303'],
  ['=', '\u0304'],
  ['u', '\u0306'],
  ['.', '\u0307'],
  ['"', '\u0308'],
  ['r', '\u030a'],
  ['H', '\u030b'],
  ['v', '\u030c'],
  ['d', '\u0323'],
  ['textcommabelow', '\u0326'],
  ['c', '\u0327'],
  ['k', '\u0328'],
  ['b', '\u0331'],
  ['t', '\u0361'],
]);

/** Accents that stand by themselves, as in `\^{}`. */
export const spacingAccents: ReadonlyMap<string, string> = new Map([
  ['\u0300', '`'],
  ['\u0301', "'"],
  ['\u0302', '^'],
  ['\u0303', '~'],
  ['\u0304', '¯'],
  ['\u0308', '"'],
  ['\u0327', '¸'],
]);

/** What the table of unicode2latex lacks, or means for formulas: there a `\mu` is an italic letter. */
const ours: readonly [string, string][] = [
  ['mu', 'μ'],
  ['LaTeX', 'LaTeX'],
  ['TeX', 'TeX'],
  ['BibTeX', 'BibTeX'],
  ['slash', '/'],
  ['par', '\n\n'],
  ['newline', '\n'],
  ['linebreak', '\n'],
  ['item', '\n• '],
  ['qquad', ' '],
  ['space', ' '],
  ['textvisiblespace', ' '],
  ['lbrace', '{'],
  ['rbrace', '}'],
  ['AND', '&'],
];

/** Commands that need an argument to mean anything: as they are written, they say more. */
const needArgument = new Set(['sqrt', 'hat', 'bar', 'vec', 'dot', 'ddot', 'not', 'overline', 'underbar', 'tilde']);

const named = new Map<string, string>();
for (const [command, meaning] of Object.entries(latex2unicode as Record<string, string | { text?: string }>)) {
  const name = /^\\([a-zA-Z]+)$/.exec(command)?.[1];
  const text = typeof meaning === 'string' ? meaning : meaning.text;
  // A character that combines with what stands before it would change the wrong letter.
  if (name !== undefined && text !== undefined && !needArgument.has(name) && !/^\p{M}/u.test(text)) {
    named.set(name, text.replaceAll(/[\u00ad\u200b-\u200d]/g, '').normalize('NFC'));
  }
}
for (const [name, text] of ours) named.set(name, text);

/**
 * The characters that a LaTeX command without arguments stands for: `ß` for `ss`. From the table
 * of the package unicode2latex.
 * @param name without the backslash, letters only
 */
export function symbolOf(name: string): string | undefined {
  return named.get(name);
}

/** Commands of one sign, and what each shows. */
export const signs: ReadonlyMap<string, string> = new Map([
  ...['&', '%', '$', '#', '_', '{', '}'].map((sign) => [sign, sign] as const),
  ...[' ', ',', ';', ':', '>', '\n', '\t'].map((space) => [space, ' '] as const),
  ...['-', '/', '!', '@', '*'].map((nothing) => [nothing, ''] as const),
  ['\\', '\n'],
]);

/** Commands that say how text looks: it is kept, they are not. */
export const looks: ReadonlySet<string> = new Set(
  (
    'emph em it bf rm sc tt sl sf up mbox hbox fbox text textit textbf textrm textsc texttt textsf textsl textup ' +
    'textmd textnormal textsuperscript textsubscript mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak ' +
    'mathscr boldsymbol bm ensuremath operatorname underline uline itshape bfseries scshape ttfamily rmfamily ' +
    'sffamily slshape upshape mdseries normalfont tiny scriptsize footnotesize small normalsize large Large LARGE ' +
    'huge Huge noindent centering protect relax newblock mkbibbold mkbibemph mkbibitalic mkbibbrackets cyrchar ' +
    'uppercase lowercase MakeUppercase MakeLowercase allowbreak nobreak xspace selectfont bibstring natexlab ' +
    'displaystyle limits left right big Big bigg Bigg'
  ).split(' '),
);

/** Commands whose argument is for the machine: both go. */
export const hidden: ReadonlySet<string> = new Set(
  'noopsort label vspace hspace vskip hskip index thanks fontencoding pagestyle color foreignlanguage selectlanguage'.split(
    ' ',
  ),
);

/** Commands that put something around their argument. */
export const around: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['enquote', ['“', '”']],
  ['mkbibquote', ['“', '”']],
  ['mkbibparens', ['(', ')']],
  ['cite', ['[', ']']],
  ['citep', ['[', ']']],
  ['citet', ['[', ']']],
  ['ref', ['[', ']']],
  ['footnote', [' (', ')']],
]);
