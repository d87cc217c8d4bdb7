import { looksLikeMathematics } from './looks-like-mathematics.ts';

/** A stretch `[from, to)` of a text that is mathematics, with the LaTeX in it. */
export interface MathematicsSpan {
  from: number;
  to: number;
  latex: string;
  display: boolean;
}

/** A stretch that is left alone. */
export interface Stretch {
  from: number;
  to: number;
}

/** Longest mathematics, in UTF-16 units: what is longer was never meant as one formula. */
export const longestMathematics = 5000;
/** Most texts within a formula that are jumped over on the way to its end. */
const mostJumps = 32;

/** Environments that are mathematics by themselves. */
const environments =
  /^(?:equation|align|alignat|aligned|alignedat|flalign|gather|gathered|multline|multlined|split|eqnarray|math|displaymath|[bBpvV]?(?:small)?matrix|[dr]?cases|array|subarray|CD|empheq|dmath)\*?$/;
/** Environments that only say that what is in them is mathematics. */
const wrappers = /^(?:math|displaymath|equation\*?|dmath\*?)$/;

type Kind = '$' | '$$' | '(' | ')' | '[' | ']' | 'begin' | 'end' | 'text' | '{' | '}' | 'break';

interface Token {
  kind: Kind;
  from: number;
  to: number;
  name: string;
  /** Index of the token that closes this one, for groups and environments; -1 where none does. */
  partner: number;
}

const tokenPattern =
  /\\(?<edge>begin|end)[ \t]*\{(?<name>[a-zA-Z]{1,30}\*?)\}|\\(?:text[a-z]*|mbox|hbox)\s{0,4}\{|\\[\s\S]|\$+|[{}]|\n[ \t\r]*\n/g;

/**
 * Finds the mathematics of a text by its marks: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, and environments that are
 * mathematics. Money, escaped dollars, dollars that close nothing, and everything across an empty line stays text.
 * @param kept stretches in which nothing is looked for, in order
 * @param look told how many places were looked at, in a test
 * @returns the stretches in order, none overlapping
 */
export function mathematicsIn(
  text: string,
  kept: readonly Stretch[],
  look?: (places: number) => void,
): MathematicsSpan[] {
  if (!/[$\\]/.test(text)) return [];
  return new SpanFinder(text, tokensOf(text, kept), look).find();
}

function tokensOf(text: string, kept: readonly Stretch[]): Token[] {
  const tokens: Token[] = [];
  let skipped = 0;
  for (const match of text.matchAll(tokenPattern)) {
    const from = match.index;
    while (skipped < kept.length && (kept[skipped]?.to ?? 0) <= from) skipped += 1;
    if ((kept[skipped]?.from ?? Infinity) <= from) continue;
    const kind = kindOf(match[0], match.groups?.['edge']);
    if (kind === null) continue;
    tokens.push({ kind, from, to: from + match[0].length, name: match.groups?.['name'] ?? '', partner: -1 });
  }
  pairUp(tokens);
  return tokens;
}

function kindOf(written: string, edge: string | undefined): Kind | null {
  if (edge === 'begin' || edge === 'end') return edge;
  if (written.startsWith('\n')) return 'break';
  if (written === '$' || written === '$$' || written === '{' || written === '}') return written;
  if (written.startsWith('\\')) {
    if (written.endsWith('{') && written.length > 2) return 'text';
    return /^\\[()[\]]$/.test(written) ? (written.charAt(1) as Kind) : null;
  }
  return null;
}

/** Finds the end of each group and each environment; groups end with their paragraph. */
function pairUp(tokens: readonly Token[]): void {
  let groups: number[] = [];
  const open = new Map<string, number[]>();
  tokens.forEach((token, index) => {
    if (token.kind === '{' || token.kind === 'text') groups.push(index);
    else if (token.kind === 'break') groups = [];
    else if (token.kind === '}') {
      const opener = tokens[groups.pop() ?? -1];
      if (opener) opener.partner = index;
    } else if (token.kind === 'begin') {
      const same = open.get(token.name);
      if (same) same.push(index);
      else open.set(token.name, [index]);
    } else if (token.kind === 'end') {
      const opener = tokens[open.get(token.name)?.pop() ?? -1];
      if (opener) opener.partner = index;
    }
  });
}

class SpanFinder {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private readonly look: (places: number) => void;
  private readonly found: MathematicsSpan[] = [];
  /** Where the next token of a kind is, or the end of the paragraph: none is searched for again and again. */
  private readonly next = new Map<Kind, number>();
  private at = 0;

  constructor(text: string, tokens: readonly Token[], look: (places: number) => void = () => {}) {
    this.text = text;
    this.tokens = tokens;
    this.look = look;
  }

  find(): MathematicsSpan[] {
    while (this.at < this.tokens.length) {
      this.look(1);
      const token = this.tokens[this.at] as Token;
      const done =
        token.kind === '$'
          ? this.takeInline(token.from)
          : token.kind === '$$'
            ? this.takeBetween(token, '$$')
            : token.kind === '('
              ? this.takeBetween(token, ')')
              : token.kind === '['
                ? this.takeBetween(token, ']')
                : token.kind === 'begin' && this.takeEnvironment(token);
      if (!done) this.at += 1;
    }
    return this.found;
  }

  /** Mathematics up to the next token of a kind. */
  private takeBetween(opener: Token, kind: Kind): boolean {
    const index = this.nextOf(kind);
    const closer = this.tokens[index];
    if (closer?.kind !== kind || closer.to - opener.from > longestMathematics) return false;
    if (kind === '$$' && !looksLikeMathematics(this.text.slice(opener.to, closer.from), '')) return false;
    return this.take(opener.from, opener.to, closer.from, closer.to, kind !== ')', index + 1);
  }

  /** Index of the next token of a kind, or of the end of the paragraph where that comes first. */
  private nextOf(kind: Kind): number {
    let index = this.next.get(kind) ?? 0;
    if (index > this.at) return index;
    for (index = this.at + 1; index < this.tokens.length; index += 1) {
      this.look(1);
      const found = this.tokens[index]?.kind;
      if (found === kind || found === 'break') break;
    }
    this.next.set(kind, index);
    return index;
  }

  /** Mathematics between single dollars; those within its `\text{…}` are not its end. */
  private takeInline(from: number): boolean {
    let jumps = 0;
    const first = this.at + 1;
    for (let index = first; index < this.tokens.length; index += 1) {
      this.look(1);
      const token = this.tokens[index] as Token;
      if (token.from - from > longestMathematics || token.kind === 'break') break;
      if (token.kind === 'text' && token.partner > index && jumps < mostJumps) {
        jumps += 1;
        index = token.partner;
      } else if (token.kind === '$' || token.kind === '$$') {
        return this.closeInline(from, token, index) || (jumps > 0 && this.takeShortest(from));
      }
    }
    return jumps > 0 && this.takeShortest(from);
  }

  /** Where the dollar beyond the texts of a formula is not its end, the next one may be. */
  private takeShortest(from: number): boolean {
    for (let index = this.at + 1; index < this.tokens.length; index += 1) {
      this.look(1);
      const token = this.tokens[index] as Token;
      if (token.kind === 'break') return false;
      if (token.kind === '$') return this.closeInline(from, token, index);
    }
    return false;
  }

  private closeInline(from: number, closer: Token, index: number): boolean {
    const content = this.text.slice(from + 1, closer.from);
    this.look(content.length);
    if (!looksLikeMathematics(content, this.text.charAt(closer.from + 1))) return false;
    const taken = this.take(from, from + 1, closer.from, closer.from + 1, false, index + 1);
    // "$a$$b$": the second of the two opens the next.
    if (taken && closer.kind === '$$') {
      this.at = index;
      if (!this.takeInline(closer.from + 1)) this.at = index + 1;
    }
    return taken;
  }

  private takeEnvironment(opener: Token): boolean {
    const closer = this.tokens[opener.partner];
    if (closer === undefined || !environments.test(opener.name)) return false;
    const isWrapper = wrappers.test(opener.name);
    const [from, to] = isWrapper ? [opener.to, closer.from] : [opener.from, closer.to];
    return this.take(opener.from, from, to, closer.to, opener.name !== 'math', opener.partner + 1);
  }

  private take(from: number, latexFrom: number, latexTo: number, to: number, display: boolean, next: number): boolean {
    const latex = this.text.slice(latexFrom, latexTo).trim();
    if (latex === '' || to - from > longestMathematics) return false;
    this.found.push({ from, to, latex, display });
    this.at = next;
    return true;
  }
}
