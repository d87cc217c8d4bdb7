import { readAccent } from './latex-accents.ts';
import { LatexArguments } from './latex-arguments.ts';
import { around, hidden, signs, symbolOf } from './latex-symbols.ts';
import { matchAt } from './match-at.ts';
import type { Stretch } from './mathematics-spans.ts';
import type { MathematicsPiece, Piece } from './pieces.ts';
import { SignReader } from './sign-reader.ts';
import { declarations, mathematicsCommands, styleCommands, textEnvironments } from './text-commands.ts';

const specials = /[\\{}~`'&]|-{2,}/g;
const commandName = /\\([a-zA-Z]+)\*?/y;
const spaces = /[ \t\r\n]{0,8}/y;
const environmentName = /\{([a-zA-Z]{1,30}\*?)\}(?:\[[^\]\n]{0,60}\])?/y;

/**
 * Reads what of a text is not mathematics, and puts the two together. One pass from left to right; whatever it is
 * given, the pieces cover the text.
 */
export class PieceReader extends SignReader {
  private readonly opaque: readonly (Stretch | MathematicsPiece)[];
  private readonly arguments: LatexArguments;

  /** @param opaque stretches that are shown as one, in order and apart: mathematics, and what is left alone */
  constructor(
    text: string,
    opaque: readonly (Stretch | MathematicsPiece)[],
    look: (places: number) => void = () => {},
  ) {
    super(text, look);
    this.opaque = opaque;
    this.arguments = new LatexArguments(text, opaque);
  }

  read(): Piece[] {
    const { text } = this;
    const places = Array.from(text.matchAll(specials), (match) => match.index);
    let next = 0;
    const stretches: readonly (Stretch | MathematicsPiece)[] = [...this.opaque, { from: text.length, to: text.length }];
    for (const stretch of stretches) {
      this.end = stretch.from;
      while (next < places.length && (places[next] ?? 0) < this.end) {
        this.look(1);
        const place = places[next] ?? 0;
        next += 1;
        if (place < this.at) continue;
        this.at = place;
        this.readSpecial();
        this.look(this.at - place);
      }
      while (next < places.length && (places[next] ?? 0) < stretch.to) next += 1;
      if ('kind' in stretch) this.put(stretch);
      this.at = stretch.to;
    }
    return this.finish();
  }

  private readSpecial(): void {
    switch (this.text.charAt(this.at)) {
      case '\\':
        this.readCommand();
        return;
      case '{':
        this.readGroup();
        return;
      case '}':
        this.closeGroup();
        return;
      case '~':
        this.readTie();
        return;
      case '-':
        this.readDash();
        return;
      case '&':
        this.readEntity();
        return;
      case '`':
        this.readBackquote();
        return;
      default:
        this.readQuote();
    }
  }

  /** Braces around a command are LaTeX's; any other are the text's own. */
  private readGroup(): void {
    const { text, at } = this;
    const close = this.arguments.closing(at);
    const name = close === undefined ? undefined : matchAt(commandName, text, at + 1)?.[1];
    const opens = close !== undefined && text.charAt(at + 1) === '\\' && !/[\\{}\s$%&#_]/.test(text.charAt(at + 2));
    if (!opens || at + 1 >= this.end) {
      this.at += 1;
      return;
    }
    const isDeclaration = name !== undefined && declarations.has(name);
    if (!isDeclaration && !this.isRead(at + 1, name)) {
      this.at += 1;
      return;
    }
    this.open(close, '');
    this.show('', at + 1);
    if (isDeclaration) {
      this.style = declarations.get(name) ?? this.style;
      this.show('', Math.min(this.end, this.afterSpaces(at + 2 + name.length)));
    }
  }

  /** True for a command that is turned into text when it is met. */
  private isRead(at: number, name: string | undefined): boolean {
    if (name === undefined || /^[uvHckdbrt]$/.test(name)) return readAccent(this.text, at) !== null;
    return symbolOf(name) !== undefined || styleCommands.has(name);
  }

  private readCommand(): void {
    const { text, at } = this;
    const accent = readAccent(text, at);
    if (accent !== null && accent.end <= this.end) {
      this.show(accent.text, accent.end);
      return;
    }
    const match = matchAt(commandName, text, at);
    if (match) {
      if (at + match[0].length <= this.end) this.readNamed(match[1] ?? '', at + match[0].length);
      else this.at += 1;
      return;
    }
    const shown = signs.get(text.charAt(at + 1));
    if (shown === undefined || at + 2 > this.end) this.at = Math.min(this.end, at + 2);
    else this.show(shown, at + 2);
  }

  private readNamed(name: string, end: number): void {
    const { text } = this;
    const argument = this.argumentAt(end);
    const close = argument === null ? undefined : this.arguments.closing(argument);
    if ((name === 'url' || name === 'path' || name === 'nolinkurl') && close !== undefined) {
      this.readAddress(argument as number, close);
    } else if (name === 'href' && close !== undefined && this.nextClosing(close) !== undefined) {
      const href = unescaped(text.slice((argument as number) + 1, close));
      this.open(this.nextClosing(close) as number, '');
      this.show('', close + 2);
      this.href = href;
    } else if (hidden.has(name) && close !== undefined) {
      if (close + 1 <= this.end) this.show('', close + 1);
      else this.at = end;
    } else if ((name === 'begin' || name === 'end') && this.readEnvironment(end)) {
      return;
    } else if (around.has(name) && close !== undefined) {
      const [before, after] = around.get(name) ?? ['', ''];
      this.open(close, after);
      this.show(before, (argument as number) + 1);
    } else if (name === 'textsuperscript' || name === 'textsubscript') {
      this.readScript(name === 'textsuperscript' ? '^' : '_', close, end);
    } else if (styleCommands.has(name) && close !== undefined) {
      this.readStyled(name, argument as number, close);
    } else if (mathematicsCommands.has(name)) {
      this.readMathematics(this.arguments.afterArguments(end, mathematicsCommands.get(name) ?? 1), end);
    } else if (declarations.has(name)) {
      this.show('', Math.min(this.end, this.afterSpaces(end)));
    } else {
      this.readSymbol(name, end);
    }
  }

  /** The brace that opens a command's argument, behind what may stand before it in brackets; null where none does. */
  private argumentAt(from: number): number | null {
    const at = this.arguments.afterOptional(from);
    return this.text.charAt(at) === '{' && at < this.end ? at : null;
  }

  /** Where the group closes that opens right behind one that closes here; undefined where none may be read. */
  private nextClosing(close: number): number | undefined {
    return close + 1 < this.end ? this.arguments.closing(close + 1) : undefined;
  }

  private readAddress(argument: number, close: number): void {
    const { text } = this;
    const address = text.slice(argument + 1, close);
    const plain = unescaped(address);
    this.open(close, '');
    this.show('', argument + 1);
    this.href = plain;
    if (close <= this.end) this.show(plain, close);
  }

  private readStyled(name: string, argument: number, close: number): void {
    // "\textcolor{red}{words}": the first argument is the machine's.
    const second = name === 'textcolor' ? this.nextClosing(close) : undefined;
    if (second !== undefined) {
      this.open(second, '');
      this.show('', close + 2);
      return;
    }
    this.open(close, '');
    this.show('', argument + 1);
    this.style = styleCommands.get(name) ?? this.style;
  }

  private readScript(sign: '^' | '_', close: number | undefined, end: number): void {
    if (close === undefined || close + 1 > this.end) {
      this.at = end;
      return;
    }
    const { text } = this;
    this.showMathematics(`{}${sign}{\\text{${text.slice(text.indexOf('{', end) + 1, close)}}}`, close + 1);
  }

  /** Of environments that arrange text the text stays. */
  private readEnvironment(end: number): boolean {
    const match = matchAt(environmentName, this.text, end);
    if (!match || !textEnvironments.test(match[1] ?? '') || end + match[0].length > this.end) return false;
    this.show('', end + match[0].length);
    return true;
  }

  private readSymbol(name: string, end: number): void {
    const { text } = this;
    const symbol = symbolOf(name);
    if (symbol === undefined) {
      this.at = end;
      return;
    }
    if (/[_^]/.test(text.charAt(end))) {
      this.readMathematics(end, end);
      return;
    }
    // As in LaTeX, the space behind it ends the command; people who write no LaTeX mean a space.
    const eatsSpace = /^\p{Script=Latin}|\s$/u.test(symbol) && !/TeX$/.test(name);
    let to = eatsSpace ? this.afterSpaces(end) : end;
    if (text.startsWith('{}', to)) to += 2;
    this.show(symbol, Math.min(to, this.end));
  }

  /** A formula that stands in the text without marks: a command with its arguments, and what is above and below it. */
  private readMathematics(body: number | null, nameEnd: number): void {
    const to = body === null ? null : this.arguments.afterScripts(body);
    if (to === null || to > this.end) this.at = Math.min(nameEnd, this.end);
    else this.showMathematics(this.text.slice(this.at, to), to);
  }

  private afterSpaces(at: number): number {
    return at + (matchAt(spaces, this.text, at)?.[0].length ?? 0);
  }
}

function unescaped(address: string): string {
  return address.replaceAll(/\\([%#&_~$^])/g, '$1');
}
