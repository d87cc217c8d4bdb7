/** How a stretch of a text is set apart. */
export type TextStyle = 'emphasis' | 'strong' | 'code';

/** Commands of LaTeX that set their argument apart, and how; `undefined` where it looks like any other text. */
export const styleCommands: ReadonlyMap<string, TextStyle | undefined> = new Map<string, TextStyle | undefined>([
  ...(['emph', 'textit', 'textsl', 'mkbibemph', 'mkbibitalic'] as const).map((name) => [name, 'emphasis'] as const),
  ...(['textbf', 'mkbibbold'] as const).map((name) => [name, 'strong'] as const),
  ...(['texttt', 'code', 'lstinline'] as const).map((name) => [name, 'code'] as const),
  ...(
    'text textrm textsc textsf textup textmd textnormal mbox hbox fbox underline uline textcolor MakeUppercase ' +
    'MakeLowercase uppercase lowercase ensuremath protect'
  )
    .split(' ')
    .map((name) => [name, undefined] as const),
]);

/** Commands of LaTeX that say how what follows looks, up to the end of its group. */
export const declarations: ReadonlyMap<string, TextStyle | undefined> = new Map<string, TextStyle | undefined>([
  ...(['em', 'it', 'sl', 'itshape', 'slshape'] as const).map((name) => [name, 'emphasis'] as const),
  ...(['bf', 'bfseries'] as const).map((name) => [name, 'strong'] as const),
  ...(['tt', 'ttfamily'] as const).map((name) => [name, 'code'] as const),
  ...(
    'rm sc sf up scshape rmfamily sffamily upshape mdseries normalfont tiny scriptsize footnotesize small normalsize ' +
    'large Large LARGE huge Huge noindent centering relax newblock allowbreak nobreak xspace selectfont maketitle'
  )
    .split(' ')
    .map((name) => [name, undefined] as const),
]);

/** Commands that are mathematics wherever they stand, and how many arguments each has. */
export const mathematicsCommands: ReadonlyMap<string, number> = new Map([
  ...['frac', 'dfrac', 'tfrac', 'binom', 'stackrel', 'overset', 'underset'].map((name) => [name, 2] as const),
  ...(
    'sqrt hat widehat tilde widetilde bar overline vec dot ddot mathbb mathcal mathfrak mathscr mathbf mathrm mathit ' +
    'mathsf mathtt boldsymbol bm operatorname mathbbm'
  )
    .split(' ')
    .map((name) => [name, 1] as const),
]);

/** Environments that only arrange text: what is in them stays, they go. */
export const textEnvironments =
  /^(?:abstract|itemize|enumerate|description|inparaenum|quote|quotation|center|flushleft|flushright|document|theorem|lemma|proposition|corollary|definition|proof|remark|small|footnotesize|sloppypar|comment)\*?$/;

/** Entities of HTML that captures leave in texts, and what each is. */
export const entities: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&nbsp;', '\u00a0'],
  ['&#39;', "'"],
  ['&#x27;', "'"],
  ['&#34;', '"'],
]);
