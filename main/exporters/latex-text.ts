import { accents, looks, symbolOf } from '../../shared/reading/latex-symbols.ts';
import { textAndMathematics } from './text-and-mathematics.ts';

/**
 * Each sign that means something in LaTeX, as LaTeX that prints it. Braces never stand by themselves: BibTeX counts
 * them, backslash or not. `--`, `''` and the like would become other signs.
 */
const signs: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  $: '\\$',
  '&': '\\&',
  '%': '\\%',
  '#': '\\#',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '`': '\\`{}',
};
const special = /[\\{}$&%#_~^`]|-(?=-)|'(?=')/g;

/** Commands of mathematics that are no characters: what they do, they do within the formula. */
const structure = new Set(
  (
    'frac dfrac tfrac cfrac sqrt root binom dbinom tbinom stackrel overset underset sideset substack left right middle big Big bigg ' +
    'Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm lim limsup liminf sup inf max min arg argmax argmin ' +
    'sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan exp log ln lg det dim ker hom deg gcd Pr bmod ' +
    'pmod mod pod limits nolimits displaystyle textstyle scriptstyle scriptscriptstyle hat widehat bar overline ' +
    'underline vec dot ddot tilde widetilde check breve acute grave mathring overbrace underbrace overrightarrow ' +
    'overleftarrow prime not mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr boldsymbol bm ' +
    'operatorname text textrm textbf textit textsf texttt textup mbox mathop mathbin mathrel mathord mathopen mathclose ' +
    'mathpunct phantom hphantom vphantom quad qquad hline begin end label tag nonumber notag ldots cdots vdots ddots ' +
    'dots dotsc dotsb dotsm dotsi lvert rvert lVert rVert langle rangle lfloor rfloor lceil rceil vert Vert mid nmid ' +
    'boxed xrightarrow xleftarrow iff implies impliedby colon ensuremath smash hfill'
  ).split(' '),
);
const environments =
  /^(?:equation|align|alignat|aligned|alignedat|flalign|gather|gathered|multline|split|eqnarray|math|displaymath|[bBpvV]?(?:small)?matrix|cases|array|subarray)\*?$/;

/**
 * Whether mathematics may be given to LaTeX and BibTeX as it is written: its braces are in pairs for both, and so are
 * its environments, no paragraph ends in it, no macro's parameter stands in it, and it has no command but those known here. A command that is not might be none, and stop the
 * reader's document; or read and write files.
 */
function isSound(written: string): boolean {
  if (/\n\s*\n|\^\^|%|(?<!\\)#|\\$/.test(written)) return false;
  let [depth, escapedDepth] = [0, 0];
  for (const [sign, command] of written.matchAll(/\\([a-zA-Z]+|[\s\S])|[{}]/g)) {
    if (sign === '{' || sign === '\\{') depth += 1;
    else if (sign === '}' || sign === '\\}') depth -= 1;
    if (sign === '{') escapedDepth += 1;
    else if (sign === '}') escapedDepth -= 1;
    if (depth < 0 || escapedDepth < 0) return false;
    if (command !== undefined && command.length > 1) {
      const isKnown =
        structure.has(command) || looks.has(command) || accents.has(command) || symbolOf(command) !== undefined;
      if (!isKnown) return false;
    }
  }
  const open: string[] = [];
  for (const [, what, name = ''] of written.matchAll(/\\(begin|end)(?![a-zA-Z])\s*(?:\{([^{}]*)\})?/g)) {
    if (!environments.test(name)) return false;
    if (what === 'begin') open.push(name);
    else if (open.pop() !== name) return false;
  }
  return depth === 0 && escapedDepth === 0 && open.length === 0;
}

/** Text without mathematics as LaTeX. */
function escaped(text: string): string {
  return text.replaceAll(special, (sign) => signs[sign] ?? `${sign}{}`);
}

/**
 * Text as LaTeX that prints it, for the value of a BibTeX field in braces: UTF-8, with everything escaped that LaTeX or
 * BibTeX would take for its own, and mathematics as mathematics.
 * @param words what is to be done with stretches of text that are no mathematics, escaped already, and as they were
 */
export function latexText(text: string, words: (latex: string, text: string) => string = (latex) => latex): string {
  const clean = text.toWellFormed();
  return textAndMathematics(clean)
    .map((stretch) => {
      if (stretch.kind === 'mathematics' && isSound(stretch.written)) return stretch.written;
      const plain = stretch.kind === 'text' ? stretch.text : stretch.written;
      return words(escaped(plain), plain);
    })
    .join('');
}

/** Small words that have no capital in a title that is written with capitals. */
const small =
  /^(?:a|an|and|as|at|but|by|for|from|in|into|is|nor|of|on|or|over|per|so|than|the|to|up|via|vs|with|yet)$/iu;

/**
 * A title as LaTeX, with braces around what no style may write small: `{BERT}`, `{iPhone}`, `{GPT}-4`; and, where the
 * title is not written with capitals throughout, around every word that has one all the same: `{Bayesian}`.
 */
export function latexTitle(title: string): string {
  const words = title.match(/\p{L}[\p{L}\p{M}\p{N}'’]*/gu) ?? [];
  const telling = words.slice(1).filter((word) => word.length > 1 && !small.test(word));
  const capitals = telling.filter((word) => /^\p{Lu}/u.test(word));
  const isCapitalised = telling.length > 0 && capitals.length * 2 > telling.length;
  let isFirst = true;
  return latexText(title, (latex) =>
    latex.replaceAll(/\\[a-zA-Z]+(?:\{\})?|\\[\s\S]|\p{L}[\p{L}\p{M}\p{N}'’]*/gu, (word) => {
      if (word.startsWith('\\')) return word;
      const [begins, goesOn] = [/^\p{Lu}/u.test(word), /^\p{L}.*\p{Lu}/u.test(word)];
      const isProtected = goesOn || (begins && !isFirst && (!isCapitalised || word.length === 1));
      isFirst = false;
      return isProtected ? `{${word}}` : word;
    }),
  );
}
