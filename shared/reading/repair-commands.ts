/** What a LaTeX command does where it stands. */
export type CommandRole =
  | 'greek'
  | 'symbol'
  | 'dots'
  | 'relation'
  | 'binary'
  | 'arrow'
  | 'operator'
  | 'big'
  | 'font'
  | 'words'
  | 'accent'
  | 'fraction'
  | 'root'
  | 'open'
  | 'close'
  | 'size';

/** A LaTeX command as abstracts use it. */
export interface Command {
  role: CommandRole;
  /** Whether its name without the backslash is a word, an abbreviation or a name, too: then it proves nothing. */
  isWord: boolean;
  /** Its LaTeX, with the backslash. */
  latex: string;
}

const commands = new Map<string, Command>();

function add(role: CommandRole, isWord: boolean, names: string): void {
  for (const name of names.split(' ')) commands.set(name, { role, isWord, latex: `\\${name}` });
}

add('greek', true, 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon');
add('greek', true, 'phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega');
add('greek', false, 'varepsilon vartheta varphi varrho varsigma varpi varGamma varDelta varPhi');
add('symbol', false, 'infty nabla hbar emptyset varnothing aleph imath jmath forall nexists');
add('symbol', true, 'ell partial exists top bot perp prime star dagger ast circ Re Im wp degree');
add('dots', false, 'ldots cdots dotsc dotsb vdots ddots');
add('dots', true, 'dots');
add('relation', false, 'leq geq neq leqslant geqslant lesssim gtrsim simeq propto subseteq subsetneq supseteq');
add('relation', false, 'preceq succeq notin models vdash lll ggg coloneqq triangleq gg ll approx cong subset supset');
add('relation', true, 'sim equiv in ni le ge ne prec succ asymp mid parallel');
add('arrow', false, 'rightarrow leftarrow Rightarrow Leftarrow leftrightarrow Leftrightarrow longrightarrow mapsto');
add('arrow', false, 'uparrow downarrow longmapsto hookrightarrow rightharpoonup rightleftharpoons nearrow searrow');
add('binary', true, 'colon');
add('arrow', true, 'to gets iff implies');
add('binary', false, 'pmod bmod');
add('binary', false, 'cdot otimes oplus odot ominus setminus bigcirc boxtimes ltimes rtimes bullet');
add('binary', true, 'pm mp times div cap cup wedge vee land lor');
add('operator', false, 'argmin argmax polylog');
add('operator', true, 'log ln lg exp sin cos tan cot tanh sinh cosh arg max min inf sup lim limsup liminf det dim');
add('operator', true, 'ker deg gcd Pr poly rank tr diag sgn sign softmax');
add('big', true, 'sum prod int oint iint bigcup bigcap bigoplus bigotimes coprod');
add('font', false, 'mathcal mathbb mathbf mathrm mathfrak mathsf mathscr mathit mathtt boldsymbol bm bf');
add('words', false, 'operatorname textbf textit textrm textsc texttt textsf textsubscript textsuperscript mathop mbox');
add('words', true, 'text');
add('accent', false, 'tilde widetilde widehat overline underline ddot overrightarrow mathring');
add('accent', true, 'hat bar vec dot check breve');
add('fraction', false, 'frac tfrac dfrac cfrac binom tbinom underset overset stackrel');
add('root', false, 'sqrt');
add('open', false, 'langle lfloor lceil lvert lVert');
add('close', false, 'rangle rfloor rceil rvert rVert');
add('size', true, 'left right big Big bigg Bigg bigl bigr Bigl Bigr quad qquad displaystyle');
for (const name of ['argmin', 'argmax', 'polylog', 'poly', 'rank', 'tr', 'diag', 'sgn', 'sign', 'softmax']) {
  const command = commands.get(name);
  if (command) command.latex = `\\operatorname{${name}}`;
}

const longestName = Math.max(...Array.from(commands.keys(), (name) => name.length));

/** The command of a name without its backslash. */
export function commandOf(name: string): Command | undefined {
  return commands.get(name);
}

/** Longest letters that were commands and letters without a space between them. */
const longestGlued = 60;
/** Words that read as a letter or two before a command, and are words. */
const words =
  /^(?:blog|vlog|clog|flog|slog|syslog|menu|taxi|maxi|spin|skin|thin|chin|stop|atop|into|onto|unto|auto|begin)$/i;

/**
 * Cuts letters that stand without a space where LaTeX had backslashes: `Phicirc` into `Phi` and `circ`, `nlog` into
 * `n` and `log`, `xinmathbb` into `x`, `in`, `mathbb`. A letter cannot follow a command directly, so there are at most
 * two letters, then commands only.
 * @returns the parts, one of the letters as they are where they are no such thing
 */
export function partsOfLetters(letters: string): string[] {
  if (letters.length < 3 || letters.length > longestGlued || commands.has(letters) || words.test(letters)) {
    return [letters];
  }
  for (let before = 0; before <= 2; before += 1) {
    const cut = cutCommands(letters, before);
    if (cut === null || !cut.some((name) => isTelling(name, before))) continue;
    return [...letters.slice(0, before), ...cut];
  }
  return [letters];
}

/** Names that no word ends with: a letter before a shorter one may make any word. */
function isTelling(name: string, before: number): boolean {
  if (name === 'log' || name === 'leq' || name === 'geq' || name === 'neq') return true;
  return name.length > (before === 0 || commands.get(name)?.isWord === false ? 3 : 4);
}

/** Commands that make up all of the letters from a place on, the longest first. */
function cutCommands(letters: string, from: number): string[] | null {
  const ends: (number | null)[] = new Array(letters.length + 1).fill(null);
  ends[letters.length] = letters.length;
  for (let at = letters.length - 1; at >= from; at -= 1) {
    for (let to = Math.min(letters.length, at + longestName); to > at; to -= 1) {
      if (ends[to] === null || !commands.has(letters.slice(at, to))) continue;
      ends[at] = to;
      break;
    }
  }
  const cut: string[] = [];
  for (let at = from; at < letters.length; ) {
    const to = ends[at];
    if (to === null || to === undefined) return null;
    cut.push(letters.slice(at, to));
    at = to;
  }
  return cut.length > 0 ? cut : null;
}
