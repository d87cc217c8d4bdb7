import { readAccent } from './latex-accents.ts';
import { around, hidden, signs, symbolOf } from './latex-symbols.ts';
import type { Stretch } from './mathematics-spans.ts';
import type { MathematicsPiece, Piece } from './pieces.ts';
import {
  declarations,
  entities,
  mathematicsCommands,
  styleCommands,
  type TextStyle,
  textEnvironments,
} from './text-commands.ts';

const specials = /[\\{}~`'&]|-{2,}/g;
const commandName = /\\([a-zA-Z]+)\*?/y;
const optional = /(?:[ \t]?\[[^\]\n]{0,100}\]){0,2}[ \t]?(?=\{)/y;
const spaces = /[ \t\r\n]{0,8}/y;
const scriptSign = /[ \t]?[_^][ \t]?/y;
const simpleArgument = /[ \t]?(?:\\[a-zA-Z]{1,30}|[\p{L}\p{N}+*−-])/uy;
const entity = /&(?:[a-z]{2,4}|#x?\d{2,3});/y;
const singleQuotation = /`[^`'\n]{1,200}'(?!\p{L})/uy;
const environmentName = /\{([a-zA-Z]{1,30}\*?)\}(?:\[[^\]\n]{0,60}\])?/y;
/** Longest quotation between ``…''. */
const longestQuotation = 2000;

interface Closer {
  /** What is shown in the place of the closing brace. */
  text: string;
  style: TextStyle | undefined;
  href: string | undefined;
}

/** Matches a sticky expression at a place. */
function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * Reads what of a text is not mathematics, and puts the two together. One pass from left to right; whatever it is
 * given, the pieces cover the text.
 */
export class PieceReader {
  private readonly text: string;
  private readonly opaque: readonly (Stretch | MathematicsPiece)[];
  private readonly look: (places: number) => void;
  private readonly pieces: Piece[] = [];
  private readonly braces: ReadonlyMap<number, number>;
  private readonly closers = new Map<number, Closer>();
  /** Where quotations end that were opened, and the sign for each end. */
  private readonly quotationEnds = new Map<number, string>();
  private nextDoubleEnd = -1;
  private at = 0;
  /** Start of what is shown as it is written. */
  private plainFrom = 0;
  /** Where the text ends that may be read now: the next stretch that is shown as one. */
  private end = 0;
  private style: TextStyle | undefined;
  private href: string | undefined;

  /** @param opaque stretches that are shown as one, in order and apart: mathematics, and what is left alone */
  constructor(
    text: string,
    opaque: readonly (Stretch | MathematicsPiece)[],
    look: (places: number) => void = () => {},
  ) {
    this.text = text;
    this.opaque = opaque;
    this.look = look;
    this.braces = bracesOf(text, opaque);
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
      if ('kind' in stretch) {
        this.flush(stretch.from);
        this.pieces.push(stretch);
        this.plainFrom = stretch.to;
      }
      this.at = stretch.to;
    }
    this.flush(text.length);
    return this.pieces;
  }

  private flush(to: number): void {
    if (to > this.plainFrom) this.push(this.text.slice(this.plainFrom, to), this.plainFrom, to);
    this.plainFrom = to;
  }

  private push(text: string, from: number, to: number): void {
    const { style, href } = this;
    this.pieces.push({ kind: 'text', text, from, to, ...(style && { style }), ...(href !== undefined && { href }) });
  }

  /** Shows `text` in the place of what stands from here to `to`. */
  private show(text: string, to: number): void {
    if (to === this.at) return;
    this.flush(this.at);
    this.push(text, this.at, to);
    this.plainFrom = to;
    this.at = to;
  }

  private showMathematics(to: number): void {
    this.flush(this.at);
    const latex = this.text.slice(this.at, to);
    this.pieces.push({ kind: 'math', latex, display: false, from: this.at, to, repaired: false });
    this.plainFrom = to;
    this.at = to;
  }

  private readSpecial(): void {
    const { text, at } = this;
    switch (text.charAt(at)) {
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
      case '&': {
        const found = matchAt(entity, text, at)?.[0] ?? '';
        const shown = entities.get(found);
        if (shown === undefined) this.at += 1;
        else this.show(shown, at + found.length);
        return;
      }
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
    const close = this.braces.get(at);
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

  private open(close: number, text: string): void {
    this.closers.set(close, { text, style: this.style, href: this.href });
  }

  private closeGroup(): void {
    const closer = this.closers.get(this.at);
    if (closer === undefined) {
      this.at += 1;
      return;
    }
    // The sign itself belongs to the text around the group.
    this.flush(this.at);
    this.style = closer.style;
    this.href = closer.href;
    this.show(closer.text, this.at + 1);
  }

  /** Between words a space that does not break; elsewhere people mean "about", or a range. */
  private readTie(): void {
    const { text, at } = this;
    const before = text.charAt(at - 1);
    const after = text.charAt(at + 1);
    const isTie = at > 0 && !/[\s([{~/<>=]/.test(before) && !/^[\s~/=]?$/.test(after) && !/\d\d/.test(before + after);
    if (isTie) this.show('\u00a0', at + 1);
    else this.at += 1;
  }

  private readDash(): void {
    const { text, at } = this;
    let to = at;
    while (text.charAt(to) === '-') to += 1;
    const before = text.charAt(at - 1);
    const after = text.charAt(to);
    // "--help" and "<!--" are written, not set.
    const isOption = /^[\s("'`[]?$/.test(before) && /[\p{L}\p{N}]/u.test(after);
    if (to - at > 3 || to > this.end || isOption || /[<!>|+]/.test(before + after)) this.at = to;
    else this.show(to - at === 3 ? '—' : '–', to);
  }

  private readBackquote(): void {
    const { text, at } = this;
    if (text.startsWith('``', at)) {
      const close = this.doubleEndAfter(at + 2);
      if (text.charAt(at + 2) === '`' || close > at + longestQuotation) {
        this.at += 2;
        return;
      }
      this.quotationEnds.set(close, '”');
      this.show('“', at + 2);
      return;
    }
    const quotation = matchAt(singleQuotation, text, at)?.[0];
    this.look(quotation?.length ?? 200);
    if (quotation === undefined) {
      this.at += 1;
      return;
    }
    this.quotationEnds.set(at + quotation.length - 1, '’');
    this.show('‘', at + 1);
  }

  private doubleEndAfter(from: number): number {
    if (this.nextDoubleEnd < from) {
      const found = this.text.indexOf("''", from);
      this.nextDoubleEnd = found === -1 ? Infinity : found;
    }
    return this.nextDoubleEnd;
  }

  private readQuote(): void {
    const sign = this.quotationEnds.get(this.at);
    if (sign === undefined) this.at += 1;
    else this.show(sign, Math.min(this.end, this.at + (sign === '”' ? 2 : 1)));
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
    const close = argument === null ? undefined : this.braces.get(argument);
    if ((name === 'url' || name === 'path' || name === 'nolinkurl') && close !== undefined) {
      this.readAddress(argument as number, close);
    } else if (name === 'href' && close !== undefined && close + 1 < this.end && this.braces.has(close + 1)) {
      const href = unescaped(text.slice((argument as number) + 1, close));
      this.open(this.braces.get(close + 1) as number, '');
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
      this.readMathematics(this.afterArguments(end, mathematicsCommands.get(name) ?? 1), end);
    } else if (declarations.has(name)) {
      this.show('', Math.min(this.end, this.afterSpaces(end)));
    } else {
      this.readSymbol(name, end);
    }
  }

  /** The brace that opens a command's argument, behind what may stand before it in brackets; null where none does. */
  private argumentAt(from: number): number | null {
    const { text } = this;
    const at = from + (matchAt(optional, text, from)?.[0].length ?? 0);
    return text.charAt(at) === '{' && at < this.end ? at : null;
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
    const second = name === 'textcolor' ? this.braces.get(close + 1) : undefined;
    if (second !== undefined && close + 1 < this.end) {
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
    const { text, at } = this;
    const latex = `{}${sign}{\\text{${text.slice(text.indexOf('{', end) + 1, close)}}}`;
    this.flush(at);
    this.pieces.push({ kind: 'math', latex, display: false, from: at, to: close + 1, repaired: false });
    this.plainFrom = close + 1;
    this.at = close + 1;
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
    let to = body;
    for (let scripts = 0; to !== null && scripts < 3; scripts += 1) {
      const sign = matchAt(scriptSign, this.text, to);
      const after = sign && this.afterArguments(to + sign[0].length, 1);
      if (after === null) break;
      to = after;
    }
    if (to === null || to > this.end) this.at = Math.min(nameEnd, this.end);
    else this.showMathematics(to);
  }

  /** The end of so many arguments of a command, each in braces, a command itself, or one sign; null where they are not there. */
  private afterArguments(from: number, count: number): number | null {
    let to = from + (matchAt(optional, this.text, from)?.[0].length ?? 0);
    for (let nth = 0; nth < count; nth += 1) {
      const close = this.braces.get(to);
      const simple = close === undefined ? matchAt(simpleArgument, this.text, to)?.[0] : undefined;
      if (close === undefined && simple === undefined) return null;
      to = close === undefined ? to + (simple?.length ?? 0) : close + 1;
    }
    return to;
  }

  private afterSpaces(at: number): number {
    return at + (matchAt(spaces, this.text, at)?.[0].length ?? 0);
  }
}

function unescaped(address: string): string {
  return address.replaceAll(/\\([%#&_~$^])/g, '$1');
}

/** The closing brace of each that opens a group within a paragraph; those in `opaque` stretches are no braces. */
function bracesOf(text: string, opaque: readonly Stretch[]): Map<number, number> {
  const pairs = new Map<number, number>();
  if (!text.includes('{')) return pairs;
  let open: number[] = [];
  let skipped = 0;
  for (const match of text.matchAll(/\\[\s\S]|[{}]|\n[ \t\r]*\n/g)) {
    while (skipped < opaque.length && (opaque[skipped]?.to ?? 0) <= match.index) skipped += 1;
    if ((opaque[skipped]?.from ?? Infinity) <= match.index) continue;
    if (match[0] === '{') open.push(match.index);
    else if (match[0].startsWith('\n')) open = [];
    else if (match[0] === '}') {
      const opener = open.pop();
      if (opener !== undefined) pairs.set(opener, match.index);
    }
  }
  return pairs;
}
