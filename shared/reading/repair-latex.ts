import type { Token } from './repair-tokens.ts';

const indices = /^(?:[h-n]{2,}|[p-t]{2,3}|[u-z]{2,}|abcd?|bc|cd|[A-Z]{2,})$/;
/** Commands whose names are words where they are all that stands below or above something. */
const labels =
  /^(?:in|to|text|sim|mid|bar|dot|hat|vec|check|left|right|big|Big|ne|ge|le|div|cap|cup|ni|gets|iff|dots|sum|check|sign|rank|poly|degree|exists)$/;

/**
 * The LaTeX that was meant by tokens that are mathematics: with its backslashes, and with braces where it had them or
 * is read without. Letters that are words below a variable stand upright, whatever the author's LaTeX was.
 */
export function latexOf(tokens: readonly Token[], start: number, end: number): string {
  return new Writer(tokens, end).write(start, end).trim();
}

class Writer {
  private readonly tokens: readonly Token[];
  private readonly last: number;
  private written = '';
  /** Braces that are not written, as what was in them stands by itself. */
  private readonly dropped = new Set<number>();

  constructor(tokens: readonly Token[], last: number) {
    this.tokens = tokens;
    this.last = last;
  }

  write(start: number, end: number): string {
    for (let index = start; index < end; ) index = this.token(index);
    return this.written;
  }

  private put(text: string): void {
    if (/\\[A-Za-z]+$/.test(this.written.slice(-24)) && /^[A-Za-z0-9]/.test(text)) this.written += ' ';
    this.written += text;
  }

  private text(index: number): string {
    return index < this.last ? (this.tokens[index]?.text ?? '') : '';
  }

  /** Writes a token, or several that belong together, and says which is next. */
  private token(index: number): number {
    const token = this.tokens[index];
    if (token === undefined) return index + 1;
    if (token.kind === 'space') {
      this.put(' ');
      return index + 1;
    }
    if (token.kind === 'command') return this.command(index, token);
    if (token.kind === 'number') {
      this.put(token.text.replaceAll(',', '{,}'));
      return index + 1;
    }
    if (token.kind === 'word') return this.word(index, token);
    return this.sign(index, token);
  }

  private sign(index: number, token: Token): number {
    if (token.text === '_' || token.text === '^') return this.script(index, token.text);
    if ((token.text === '{' || token.text === '}') && !token.isArgument) this.put(`\\${token.text}`);
    else if (this.dropped.has(index)) return index + 1;
    else if (token.text === '%') this.put('\\%');
    // A negative space, whose backslash is lost.
    else if (token.text === '!' && !/[\w)}\]']$/.test(this.written)) return index + 1;
    else if (token.text === '~' && this.text(index + 1) !== '') this.put('~');
    else if (token.text === '.' && this.text(index + 1) === '.' && this.text(index + 2) === '.') {
      this.put('\\ldots');
      return index + 3;
    } else if (token.text === '|') return this.bar(index);
    else this.put(token.text.replace('…', '\\ldots').replace('−', '-').replace('→', '\\to'));
    return index + 1;
  }

  /** A norm, where the bars have lost their backslashes and what is below tells. */
  private bar(index: number): number {
    const isDouble = this.text(index + 1) === '|';
    this.put(isDouble || this.isNorm(index) ? '\\|' : '|');
    return index + (isDouble ? 2 : 1);
  }

  private isNorm(index: number): boolean {
    let close = index;
    if (this.text(index + 1) !== '_') {
      close = index + 1;
      while (close < this.last && this.text(close) !== '|') close += 1;
    }
    return (
      this.text(close) === '|' && this.text(close + 1) === '_' && /^(?:[12pqF*{]|infty)$/.test(this.text(close + 2))
    );
  }

  private script(index: number, sign: string): number {
    const next = this.tokens[index + 1];
    this.put(sign);
    if (next === undefined) return index + 1;
    if (next.text === '{') return this.label(index + 1, next.partner, sign);
    if (next.text === '(' && next.partner > 0 && next.partner < this.last) {
      this.put(
        `{${this.tokens
          .slice(index + 2, next.partner)
          .map((token) => token.text.replace('−', '-'))
          .join('')}}`,
      );
      return next.partner + 1;
    }
    if (/^[+−-]$/.test(next.text) && this.tokens[index + 2]?.kind === 'number' && index + 2 < this.last) {
      this.put(`{${next.text.replace('−', '-')}${this.text(index + 2)}}`);
      return index + 3;
    }
    if (next.kind === 'number' && next.text.length > 1) {
      this.put(`{${next.text}}`);
      return index + 2;
    }
    return index + 1;
  }

  /** A single word in braces is a label, a command, or indices. */
  private label(open: number, close: number, sign: string): number {
    const only = this.tokens[open + 1];
    if (close !== open + 2 || only === undefined || (only.kind !== 'command' && only.kind !== 'word')) return open;
    const isLabel = only.kind === 'command' && !only.isEscaped && labels.test(only.text);
    if (isLabel || (only.text === 'top' && sign === '_')) {
      this.put(`{\\mathrm{${only.text}}}`);
      return close + 1;
    }
    return open;
  }

  private word(index: number, token: Token): number {
    if (token.text === 'x' && this.isTimesSign(index)) {
      this.put('\\times');
      return index + 1;
    }
    if (this.isSuffix(index, token)) {
      this.put(token.text === 'x' ? '\\times' : `\\mathrm{${token.text}}`);
      return index + 1;
    }
    const isLabel = token.text.length > 2 && !indices.test(token.text) && !this.isGlued(index);
    if (isLabel) this.put(`\\mathrm{${token.text}}`);
    else this.put(token.text);
    return index + 1;
  }

  /** "4.4 x 10^3" */
  private isTimesSign(index: number): boolean {
    return this.tokens[index - 2]?.kind === 'number' && this.tokens[index + 2]?.text === '10' && index + 2 < this.last;
  }

  /** The K of "approx 10K", which is no variable. */
  private isSuffix(index: number, token: Token): boolean {
    if (!/^[KMBTGx]$/.test(token.text) || this.tokens[index - 1]?.kind !== 'number') return false;
    const before = this.tokens[this.tokens[index - 2]?.kind === 'space' ? index - 3 : index - 2];
    return /^(?:relation|binary)$/.test(before?.command?.role ?? '') && !/^[\w_^({]/.test(this.text(index + 1));
  }

  /** Whether letters are part of a longer row of letters and commands. */
  private isGlued(index: number): boolean {
    return this.tokens[index + 1]?.kind === 'command' && this.tokens[index + 1]?.isEscaped === false;
  }

  private command(index: number, token: Token): number {
    const name = token.text.replace('\\', '');
    const command = token.command;
    if (command === null) {
      this.put(token.text);
      return index + 1;
    }
    const argument = this.tokens[index + 1];
    if (command.role === 'words' || (command.role === 'font' && /^(?:mathrm|mathtt|mathsf|mathit)$/.test(name))) {
      if (argument?.text === '{' && argument.partner > 0 && argument.partner < this.last) {
        const words = this.tokens
          .slice(index + 2, argument.partner)
          .map((part) => part.text.replace(/[%&#_]/g, '\\$&'))
          .join('');
        this.put(`${command.latex}{${words}}`);
        return argument.partner + 1;
      }
    }
    if (/^(?:mathcal|mathscr|mathbb)$/.test(name) && this.isNarrowed(index + 1)) {
      this.put(`${command.latex}{${this.text(index + 2)}}`);
      this.dropped.add(argument?.partner ?? -1);
      return index + 3;
    }
    if (command.role === 'root' && argument?.text === '(' && argument.partner > 0 && argument.partner < this.last) {
      this.put('\\sqrt{');
      for (let at = index + 2; at < argument.partner; ) at = this.token(at);
      this.put('}');
      return argument.partner + 1;
    }
    this.put(/^(?:bf|bm)$/.test(name) ? '\\mathbf' : command.latex);
    // "-log10(P)": the base, though nothing says so.
    if (name === 'log' && /^(?:2|10)$/.test(argument?.text ?? '') && /^[\s(]/.test(this.text(index + 2))) {
      this.put(`_{${argument?.text}}`);
      return index + 2;
    }
    if (command.role === 'fraction' && argument?.kind === 'number' && argument.text.length === 2) {
      this.put(`{${argument.text[0]}}{${argument.text[1]}}`);
      return index + 2;
    }
    if (command.role === 'size' && /^[{}]$/.test(this.text(index + 1))) {
      this.put(`\\${this.text(index + 1)}`);
      return index + 2;
    }
    return index + 1;
  }

  /**
   * `mathcal{C_Phi/m}` is a script C only, the rest is as it stands elsewhere: alphabets of capital letters have no
   * others, and what is printed for those is anything.
   */
  private isNarrowed(open: number): boolean {
    const brace = this.tokens[open];
    if (brace?.text !== '{' || brace.partner <= open + 2 || brace.partner >= this.last) return false;
    return /^[A-Z]$/.test(this.text(open + 1)) && !/^[_^]$/.test(this.text(brace.partner + 1));
  }
}
