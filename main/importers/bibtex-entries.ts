import { keptAside, sanitised } from './bibtex-values.ts';

/** Longest entry that is read, in UTF-16 units: thousands of authors fit many times. */
const longestEntry = 2 * 1024 * 1024;

/** Longest entry without its values. */
const longestFields = 64 * 1024;

/** Least text that is looked at in one go, in UTF-16 units. */
const leastText = 64 * 1024;

/**
 * What a BibTeX file consists of. The values in braces or quotation marks are taken out of
 * `fields` and stand in `values`; see `bibtex-values.ts`.
 */
export type BibtexPiece =
  | { kind: 'entry'; line: number; type: string; key: string; fields: string; values: string[] }
  | { kind: 'string'; line: number; fields: string; values: string[] }
  | { kind: 'broken'; line: number; key: string; reason: string };

const head = /@[ \t]*([A-Za-z]+)\s{0,20}([{(])/y;
/** The longest head there is, with room to spare. */
const longestHead = 400;
// Before the first comma. There may be none: then the first field comes at once.
const key = '\\s{0,20}([^\\s,={}()"#%][^,={}"\\n]{0,300}?)?\\s{0,20}';
const keyInBraces = new RegExp(`${key}(?=[,}])`, 'y');
const keyInParentheses = new RegExp(`${key}(?=[,)])`, 'y');
/** An entry at the beginning of a line: there reading goes on when the one before has no end. */
const lineHead =
  '\\n[ \\t]{0,20}@[ \\t]{0,5}(?:(?:string|preamble|comment)\\s{0,20}[{(]|[a-z]+\\s{0,20}[{(]\\s{0,20}[^\\s,={}()"#%]{1,300}\\s{0,20},)';
const lineHeadAhead = new RegExp(lineHead, 'gi');
const lineHeadHere = new RegExp(lineHead, 'yi');
const outside = /[@%]/g;
const inFields = /[{}")%\n]/g;

/** The signs that count within values: where a backslash takes a brace its meaning, and where it does not. */
const escaping = { braces: /[\\{}\n]/g, quotes: /[\\{}"\n]/g };
const literal = { braces: /[{}\n]/g, quotes: /[{}"\n]/g };

/** How reading a part ended: behind it; before the next entry; or for want of text. */
interface End {
  at: number;
  state: 'closed' | 'open' | 'cut';
}

interface Fields extends End {
  fields: string;
  values: string[];
}

/**
 * Cuts a BibTeX text that comes in pieces into entries, without understanding them: it knows
 * braces and quotation marks, and where they do not close it goes on at the next line that begins
 * an entry. Holds no more than one entry; takes time in proportion to the text.
 */
export class BibtexEntries {
  #waiting: string[] = [];
  #length = 0;
  #wanted = leastText;
  #line = 1;
  #text = '';
  #ended = false;
  /** Comments that begin before this place have no end. */
  #openComments = 0;

  /** Takes the next piece of text; gives what is complete. */
  write(piece: string): BibtexPiece[] {
    this.#waiting.push(piece);
    this.#length += piece.length;
    return this.#length < this.#wanted ? [] : this.#scan();
  }

  /** Gives the rest, when no more text comes. */
  end(): BibtexPiece[] {
    this.#ended = true;
    return this.#scan();
  }

  #scan(): BibtexPiece[] {
    this.#text = this.#waiting.join('');
    const found: BibtexPiece[] = [];
    let at = 0;
    while (at < this.#text.length) {
      const next = this.#next(at, found);
      if (next === at) break;
      this.#line += this.#lines(at, next);
      at = next;
    }
    const rest = this.#text.slice(at);
    this.#openComments = Math.max(0, this.#openComments - at);
    this.#waiting = [rest];
    this.#length = rest.length;
    // Twice as much before the next look, so that a long entry is not looked at again and again.
    this.#wanted = Math.max(leastText, rest.length * 2);
    this.#text = '';
    return found;
  }

  #lines(from: number, to: number): number {
    let lines = 0;
    for (let at = this.#text.indexOf('\n', from); at !== -1 && at < to; at = this.#text.indexOf('\n', at + 1)) {
      lines += 1;
    }
    return lines;
  }

  /** True when more text may change what begins at a place. */
  #mayGoOn(from: number): boolean {
    return !this.#ended && this.#text.length - from <= longestEntry;
  }

  /**
   * Reads on from outside of any entry.
   * @returns how far it came; `from` for want of text
   */
  #next(from: number, found: BibtexPiece[]): number {
    const text = this.#text;
    outside.lastIndex = from;
    const sign = outside.exec(text);
    // The last character tells whether an @ behind it belongs to a word.
    if (!sign) return this.#ended ? text.length : Math.max(from, text.length - 1);
    const start = sign.index;
    if (sign[0] === '%') {
      const end = text.indexOf('\n', start);
      return end !== -1 ? end : this.#mayGoOn(start) ? start : text.length;
    }
    if (!this.#ended && text.length - start < longestHead) return Math.max(from, start - 1);
    head.lastIndex = start;
    const begin = head.exec(text);
    if (!begin || /[\w.]/.test(text.charAt(start - 1))) return start + 1;
    const type = (begin[1] ?? '').toLowerCase();
    const inside = head.lastIndex;
    if (type === 'comment') return this.#skipComment(start, inside) ?? from;
    return this.#readEntry(start, this.#line + this.#lines(from, start), type, inside, found) ?? from;
  }

  /** A comment ends with its brace, whatever it holds; one without an end is its line. */
  #skipComment(start: number, inside: number): number | null {
    const text = this.#text;
    if (start >= this.#openComments) {
      const end = this.#closing(inside, literal.braces, false, false);
      if (end.state === 'closed') return end.at;
      if (this.#mayGoOn(start)) return null;
      this.#openComments = text.length;
    }
    const lineEnd = text.indexOf('\n', inside);
    return lineEnd === -1 ? text.length : lineEnd;
  }

  #readEntry(start: number, line: number, type: string, inside: number, found: BibtexPiece[]): number | null {
    const text = this.#text;
    const isEntry = type !== 'string' && type !== 'preamble';
    const isParenthesis = text.charAt(inside - 1) === '(';
    const keyPart = isParenthesis ? keyInParentheses : keyInBraces;
    keyPart.lastIndex = inside;
    const keyed = isEntry ? keyPart.exec(text) : null;
    const name = keyed?.[1] ?? '';
    const from = keyed ? keyPart.lastIndex : inside;
    let read = this.#readFields(from, isParenthesis, escaping);
    // In LaTeX `\}` closes nothing. In BibTeX it does, and in the paths that people write.
    if (read.state === 'open' || (read.state === 'cut' && !this.#mayGoOn(start))) {
      const again = this.#readFields(from, isParenthesis, literal);
      if (again.state === 'closed') read = again;
    }
    if (read.state === 'cut' && this.#mayGoOn(start)) return null;
    const broken = (reason: string) => found.push({ kind: 'broken', line, key: name || `@${type}`, reason });
    if (read.at - start > longestEntry || read.fields.length > longestFields) broken('it is far too long');
    else if (read.state !== 'closed') broken('its braces or quotation marks do not close');
    else if (isEntry) found.push({ kind: 'entry', line, type, key: name, fields: read.fields, values: read.values });
    else if (type === 'string') found.push({ kind: 'string', line, fields: read.fields, values: read.values });
    return read.state === 'cut' ? this.#resume(start) : read.at;
  }

  /** Where reading goes on behind an entry without an end. */
  #resume(start: number): number {
    const text = this.#text;
    lineHeadAhead.lastIndex = start + 1;
    const next = lineHeadAhead.exec(text)?.index;
    if (next !== undefined) return next;
    return this.#ended ? text.length : Math.max(start + 1, text.lastIndexOf('\n'), text.length - longestHead);
  }

  #readFields(from: number, isParenthesis: boolean, signs: typeof escaping): Fields {
    const text = this.#text;
    const values: string[] = [];
    let fields = '';
    let at = from;
    for (;;) {
      inFields.lastIndex = at;
      const sign = inFields.exec(text);
      if (!sign) return { fields, values, at: text.length, state: 'cut' };
      const [char] = sign;
      const here = sign.index;
      const before = sanitised(text.slice(at, here));
      if (char === '}' || (char === ')' && isParenthesis)) {
        return { fields: fields + before, values, at: here + 1, state: 'closed' };
      }
      if (char === '\n' && this.#isLineHead(here)) return { fields, values, at: here, state: 'open' };
      if (char === '{' || char === '"') {
        const quoted = char === '"';
        const end = this.#closing(here + 1, quoted ? signs.quotes : signs.braces, quoted, true);
        if (end.state !== 'closed') return { fields, values, ...end };
        fields += before + keptAside(values.length);
        values.push(text.slice(here + 1, end.at - 1));
        at = end.at;
      } else if (char === '%') {
        fields += before;
        const lineEnd = text.indexOf('\n', here);
        at = lineEnd === -1 ? text.length : lineEnd;
      } else {
        fields += before + char;
        at = here + 1;
      }
      if (fields.length > longestFields) return { fields, values, at, state: 'cut' };
    }
  }

  #isLineHead(at: number): boolean {
    lineHeadHere.lastIndex = at;
    return lineHeadHere.test(this.#text);
  }

  /** The end of a value whose inside begins at `from`. */
  #closing(from: number, signs: RegExp, quoted: boolean, stopAtNextEntry: boolean): End {
    const text = this.#text;
    let depth = 0;
    signs.lastIndex = from;
    for (let sign = signs.exec(text); sign !== null; sign = signs.exec(text)) {
      const [char] = sign;
      if (char === '\\') signs.lastIndex = sign.index + 2;
      else if (char === '{') depth += 1;
      else if (char === '\n') {
        if (stopAtNextEntry && this.#isLineHead(sign.index)) return { at: sign.index, state: 'open' };
      } else if (char === (quoted ? '"' : '}') && depth <= 0) return { at: sign.index + 1, state: 'closed' };
      else if (char === '}') depth -= 1;
    }
    return { at: text.length, state: 'cut' };
  }
}
