import { accents, around, hidden, looks, signs, spacingAccents, symbolOf } from '../../shared/reading/latex-symbols.ts';

/** No character of these, no LaTeX; most text has none. */
const hasLatex = /[\\{}$~`]|--|''|&amp;/;
const plain = /[^\\{}$~`'\-?!]+/y;
const commandName = /([a-zA-Z]+)\*?/y;
const emptyLine = /\n[ \t\r]*\n/g;
const spaces = /[ \t\r\n]+/y;
/** Accents on one letter. */
const mostAccents = 4;
/** Environments that are formulas. */
const formulas = /^(?:equation|align|gather|multline|eqnarray|math|displaymath|[a-z]*matrix|cases)\*?$/;

/**
 * Text with LaTeX in it as plain Unicode: accents (`M{\"u}ller`), commands for characters (`\ss`,
 * `\ldots`), ligatures (` --- `, ``` ``…'' ```), ties, braces that protect capitals. What only
 * says how text looks goes, an unknown command stays as it is written. Formulas (`$…$`, `\(…\)`,
 * `$$…$$`, `\[…\]`, `equation` and its kin) stay exactly as they are written.
 *
 * The characters of commands come from the package unicode2latex. The reading is ours: the
 * maintained parsers (unified-latex, and @retorquere/bibtex-parser, which is built on it) turn
 * formulas into characters, need milliseconds for an abstract, and far more than linear time for
 * text that was made to hurt.
 *
 * White space and control characters are left for `oneLine` and `paragraphs`. Never throws; takes
 * time in proportion to the text.
 */
export function latexToText(text: string): string {
  return hasLatex.test(text) ? new LatexReader(text).read() : text;
}

class LatexReader {
  private readonly text: string;
  private at = 0;
  private out = '';
  /** Combining characters that wait for their letter, the outermost first. */
  private waiting: string[] = [];
  /** What to write at the end of each group that is open. */
  private readonly closers: string[] = [];
  /** What the next group is put between. */
  private next: readonly [string, string] | null = null;
  /** Where each end mark stands next (or never), so that none is searched for again and again. */
  private readonly ends = new Map<string, number>();
  private emptyLine = -1;
  /** True within single quotation marks opened by a backquote. */
  private quoted = false;

  constructor(text: string) {
    this.text = text;
  }

  read(): string {
    const { text } = this;
    while (this.at < text.length) {
      plain.lastIndex = this.at;
      const run = plain.exec(text)?.[0];
      if (run !== undefined) this.write(run, this.at + run.length);
      else this.readSpecial(text.charAt(this.at));
    }
    this.writeWaiting();
    return this.out.includes('&amp;') ? this.out.replaceAll('&amp;', '&') : this.out;
  }

  /** Writes text that stood before `end`, with the accents that wait on its first letter. */
  private write(text: string, end: number): void {
    this.at = end;
    if (this.waiting.length === 0) {
      this.out += text;
      return;
    }
    const rest = text.trimStart();
    if (rest === '') return;
    const letter = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    if (!/\p{L}/u.test(letter)) {
      this.writeWaiting();
      this.out += text;
      return;
    }
    const base = letter === 'ı' ? 'i' : letter === 'ȷ' ? 'j' : letter;
    this.out += (base + this.waiting.reverse().join('')).normalize('NFC') + rest.slice(letter.length);
    this.waiting = [];
  }

  private wait(accent: string): void {
    if (this.waiting.length < mostAccents) this.waiting.push(accent);
  }

  /** Accents that have found no letter stand by themselves. */
  private writeWaiting(): void {
    for (const accent of this.waiting) this.out += spacingAccents.get(accent) ?? '';
    this.waiting = [];
  }

  private readSpecial(char: string): void {
    const { text, at } = this;
    switch (char) {
      case '\\':
        this.readCommand();
        return;
      case '{':
        this.at += 1;
        this.closers.push(this.next?.[1] ?? '');
        this.out += this.next?.[0] ?? '';
        this.next = null;
        return;
      case '}':
        this.at += 1;
        this.writeWaiting();
        this.out += this.closers.pop() ?? '';
        return;
      case '$': {
        const mark = text.startsWith('$$', at) ? '$$' : '$';
        if (!this.copyThrough(mark, mark.length)) this.write(mark, at + mark.length);
        return;
      }
      case '~': {
        // Between words a space that does not break; elsewhere people mean "about".
        const tie = at > 0 && !/[\s([{~]/.test(text.charAt(at - 1)) && !/^[\s~]?$/.test(text.charAt(at + 1));
        this.write(tie ? ' ' : '~', at + 1);
        return;
      }
      default:
        this.readPunctuation(char);
    }
  }

  private readPunctuation(char: string): void {
    const { text, at } = this;
    const follows = (sign: string) => text.startsWith(sign, at);
    if (follows('---')) this.write('—', at + 3);
    else if (follows('--')) this.write('–', at + 2);
    else if (follows('``')) this.write('“', at + 2);
    else if (follows("''")) this.write('”', at + 2);
    else if (follows('?`')) this.write('¿', at + 2);
    else if (follows('!`')) this.write('¡', at + 2);
    else if (char === '`') {
      this.quoted = true;
      this.write('‘', at + 1);
    } else if (char === "'" && this.quoted && !/\p{L}/u.test(text.charAt(at + 1))) {
      this.quoted = false;
      this.write('’', at + 1);
    } else this.write(char, at + 1);
  }

  /**
   * Copies a formula, up to and with its end mark, exactly as it is written.
   * @returns false when there is no end, or only behind an empty line
   */
  private copyThrough(endMark: string, searchFrom: number): boolean {
    const { text, at } = this;
    const end = this.endAfter(endMark, at + searchFrom);
    if (end === Infinity || this.emptyLineAfter(at) < end) return false;
    this.writeWaiting();
    this.out += text.slice(at, end + endMark.length);
    this.at = end + endMark.length;
    return true;
  }

  private endAfter(endMark: string, from: number): number {
    const known = this.ends.get(endMark) ?? -1;
    if (known >= from) return known;
    const { text } = this;
    let end = text.indexOf(endMark, from);
    while (end !== -1 && endMark.startsWith('$') && isEscaped(text, end)) end = text.indexOf(endMark, end + 1);
    const found = end === -1 ? Infinity : end;
    this.ends.set(endMark, found);
    return found;
  }

  private emptyLineAfter(from: number): number {
    if (this.emptyLine < from) {
      emptyLine.lastIndex = from;
      this.emptyLine = emptyLine.exec(this.text)?.index ?? Infinity;
    }
    return this.emptyLine;
  }

  private readCommand(): void {
    const { text, at } = this;
    commandName.lastIndex = at + 1;
    const match = commandName.exec(text);
    if (match) {
      this.readNamed(match[1] ?? '', at + 1 + match[0].length);
      return;
    }
    const sign = text.charAt(at + 1);
    const accent = accents.get(sign);
    if (accent !== undefined) {
      this.wait(accent);
      this.at += 2;
    } else if (sign === '(' || sign === '[') {
      if (!this.copyThrough(sign === '(' ? '\\)' : '\\]', 2)) this.write(`\\${sign}`, at + 2);
    } else {
      const shown = signs.get(sign);
      this.write(shown ?? '\\', shown === undefined ? at + 1 : at + 2);
    }
  }

  private readNamed(name: string, end: number): void {
    const { text } = this;
    const accent = accents.get(name);
    const symbol = symbolOf(name);
    if (accent !== undefined) {
      this.wait(accent);
      this.at = end;
    } else if (name === 'url' || name === 'path' || name === 'href' || hidden.has(name)) {
      this.readArgument(name, end);
    } else if (name === 'begin' || name === 'end') {
      this.readEnvironment(name, end);
    } else if (around.has(name)) {
      this.at = end;
      if (text.charAt(end) === '{') this.next = around.get(name) ?? null;
    } else if (symbol !== undefined) {
      // As in LaTeX, the space behind it ends the command; people who write no LaTeX mean a space.
      this.write(
        symbol,
        /^\p{Script=Latin}/u.test(symbol) && name !== 'LaTeX' && name !== 'TeX' ? this.afterSpaces(end) : end,
      );
      if (text.startsWith('{}', this.at)) this.at += 2;
    } else if (looks.has(name)) {
      this.at = text.charAt(end) === '{' ? end : this.afterSpaces(end);
    } else {
      this.write(text.slice(this.at, end), end);
      if (text.charAt(end) === '{') this.next = ['{', '}'];
    }
  }

  /** A command whose argument is no text: an address, which stays as it is, or a word for the machine. */
  private readArgument(name: string, end: number): void {
    const { text } = this;
    const from = this.afterSpaces(end);
    const close = text.charAt(from) === '{' ? this.endAfter('}', from) : Infinity;
    if (close === Infinity) {
      this.at = end;
      return;
    }
    const argument = text.slice(from + 1, close);
    if (name === 'url' || name === 'path') this.write(argument, close + 1);
    else if (name === 'href' && text.charAt(close + 1) === '{') {
      this.next = ['', ` (${argument.replaceAll(/\\([%#&_~])/g, '$1')})`];
    }
    this.at = close + 1;
  }

  /** Formulas stay as they are; of every other environment the text stays. */
  private readEnvironment(command: 'begin' | 'end', end: number): void {
    const { text } = this;
    const name = /^\{([a-zA-Z]{1,30}\*?)\}/.exec(text.slice(end, end + 40))?.[1];
    if (name === undefined) {
      this.write(text.slice(this.at, end), end);
    } else if (command === 'end' || !formulas.test(name) || !this.copyThrough(`\\end{${name}}`, command.length)) {
      this.at = end + name.length + 2;
    }
  }

  private afterSpaces(at: number): number {
    spaces.lastIndex = at;
    return at + (spaces.exec(this.text)?.[0].length ?? 0);
  }
}

/** True when an odd number of backslashes stands before a place. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (before > 0 && text.charAt(before - 1) === '\\') before -= 1;
  return (at - before) % 2 === 1;
}
