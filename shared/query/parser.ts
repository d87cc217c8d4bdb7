import type { Sort } from '../settings.ts';
import { clauseOf, isSearchable, isTextField, mayGoOn, takesList, type Value } from './clauses.ts';
import { type FieldName, fieldOf } from './fields.ts';
import { pastedId } from './pasted.ts';
import type { Expression, Token, TokenRole } from './query.ts';
import { parseSortKeys } from './sort-keys.ts';
import { allOf, anyOf, opposite } from './walk.ts';

/** One of the things that a query asks for together: a piece `[from, to)` of its text, in UTF-16 units. */
export interface Part {
  from: number;
  to: number;
  /** What the piece asks for; null when it only says how to sort. */
  where: Expression | null;
  /** True for alternatives without parentheses around them: whatever is put beside them would join one of them. */
  open: boolean;
}

/** Groups may stand this deep in one another; the parentheses of deeper ones count for nothing. */
const deepest = 100;

const space = /\s/;
const straight = /"([^"]*)"/y;
// Between straight quotation marks curly ones are text, for a tag may have them; else they are quotation marks, too.
const anyQuotes = /["“”„]([^"“”„]*)(["“”„]?)/y;
const quote = /["“”„]/;
const fieldName = /([A-Za-z]+):/y;
const keyword = /(?:OR|NOT)(?=[\s()|]|$)/y;
const dashes = /-+/y;
const endOfItem = /^[\s)|]?$/;

/**
 * Reads the text of a query from its beginning to its end, once. What it finds is in its fields
 * afterwards; see {@link parseQuery} for the language.
 */
export class Parser {
  readonly tokens: Token[] = [];
  readonly parts: Part[] = [];
  readonly where: Expression;
  sort: Sort | null = null;

  readonly #text: string;
  /** For each parenthesis the place of the other one of its pair within the same word, as far as there is one. */
  readonly #pairs: ReadonlyMap<number, number>;
  #at = 0;
  #depth = 0;
  /** Parentheses open that were too deep to count. */
  #ignored = 0;

  constructor(text: string) {
    this.#text = text;
    this.#pairs = pairedParentheses(text);
    this.where = this.#group(null) ?? allOf([]);
  }

  /** Alternatives up to the end of the group that is open, its `)` included; null when nothing is asked for. */
  #group(field: FieldName | null): Expression | null {
    const outermost = this.#depth === 0;
    const alternatives: Expression[] = [];
    let together: Expression[] = [];
    const endAlternative = () => {
      if (together.length > 0) alternatives.push(allOf(together));
      together = [];
    };
    for (this.#skipSpace(); this.#at < this.#text.length; this.#skipSpace()) {
      const next = this.#text.charAt(this.#at);
      if (next === ')') {
        const closes = this.#ignored === 0 && !outermost;
        this.#take(1, closes ? 'parenthesis' : 'word');
        if (closes) break;
        this.#ignored = Math.max(0, this.#ignored - 1);
      } else if (next === '|' || this.#keyword() === 'OR') {
        this.#take(next === '|' ? 1 : 2, 'operator');
        endAlternative();
      } else {
        const from = this.#at;
        const sort = this.sort;
        const item = this.#item(field);
        if (item) together.push(item);
        if (outermost && (item || this.sort !== sort))
          this.parts.push({ from, to: this.#at, where: item, open: false });
      }
    }
    endAlternative();
    const [first, ...more] = alternatives;
    if (outermost && more.length > 0) this.#joinParts(anyOf([first as Expression, ...more]));
    return first ? anyOf([first, ...more]) : null;
  }

  /** Alternatives at the outermost are one part. What sorts among them sorts all, and stays with them. */
  #joinParts(where: Expression): void {
    const from = this.parts.at(0)?.from ?? 0;
    const to = this.parts.at(-1)?.to ?? 0;
    this.parts.splice(0, this.parts.length, { from, to, where, open: true });
  }

  /** A word, phrase, clause or group with the `-` and `NOT` before it; null when it asks nothing. */
  #item(field: FieldName | null): Expression | null {
    let negated = false;
    for (;;) {
      const signs = this.#matched(dashes)?.[0].length ?? 0;
      if (signs > 0) {
        // A dash by itself is punctuation.
        const alone = endOfItem.test(this.#text.charAt(this.#at + signs));
        this.#take(signs, alone ? 'word' : 'operator');
        if (alone) return null;
      } else if (this.#keyword() === 'NOT') this.#take(3, 'operator');
      else break;
      negated = negated !== (signs % 2 === 1 || signs === 0);
      this.#skipSpace();
    }
    if (endOfItem.test(this.#text.charAt(this.#at)) || this.#keyword() !== null) return null;
    const item = this.#positive(field, negated);
    return item && negated ? opposite(item) : item;
  }

  #positive(field: FieldName | null, negated: boolean): Expression | null {
    const next = this.#text.charAt(this.#at);
    if (next === '(') return this.#parenthesised(field);
    if (quote.test(next)) return this.#phrase(field);
    const name = this.#matched(fieldName);
    const own = name?.[1] === undefined ? null : fieldOf(name[1]);
    if (name && own) {
      const clause = this.#clause(own, name[0].length, negated);
      if (clause !== undefined) return clause;
    }
    const before = name && this.#beforeQuote(own, name[0]);
    return before ? this.#phrase(field, before) : this.#word(field);
  }

  /** What stands before the first quoted value of a field that turned out to be none, or null without such a value. */
  #beforeQuote(field: FieldName | null, name: string): string | null {
    if (quote.test(this.#text.charAt(this.#at + name.length))) return name;
    if (!field || !takesList(field)) return null;
    const comma = this.#endOfWord(this.#at, true);
    const before = this.#text.slice(this.#at, comma + 1);
    // No phrase has quotation marks in it.
    return this.#text.charAt(comma) === ',' && !quote.test(before) ? before : null;
  }

  #parenthesised(field: FieldName | null): Expression | null {
    if (this.#depth === deepest) {
      this.#ignored += 1;
      this.#take(1, 'word');
      return null;
    }
    this.#take(1, 'parenthesis');
    this.#depth += 1;
    const group = this.#group(field);
    this.#depth -= 1;
    return group;
  }

  /** What `field:` and what follows ask for; undefined when that is no clause, and nothing has been read then. */
  #clause(field: FieldName, nameLength: number, negated: boolean): Expression | null | undefined {
    const from = this.#at + nameLength;
    if (this.#text.charAt(from) === '(' && field !== 'sort') {
      this.#take(nameLength, this.#depth < deepest ? 'field' : 'word');
      return this.#parenthesised(field);
    }
    const { values, to, prefix } = this.#values(field, from);
    const sort = field === 'sort' && values.length === 1 ? parseSortKeys(values[0]?.text ?? '') : null;
    const clause = clauseOf(field, values, prefix);
    // Quotation marks with nothing in them yet ask nothing, instead of being words for a moment.
    const empty = values.length > 0 && values.every(({ text, quoted }) => quoted && text === '');
    // Neither does a field's name that has just been typed.
    const begun = from === this.#text.length;
    if (!sort && !clause && !empty && !begun) return undefined;
    this.#take(nameLength, 'field');
    this.#take(to - from, 'value');
    if (sort) this.sort = negated ? sort.map((key) => ({ ...key, desc: !key.desc })) : sort;
    return clause;
  }

  /** The values at a place: one, or several with commas where the field takes a list. */
  #values(field: FieldName, from: number): { values: Value[]; to: number; prefix: boolean } {
    const values: Value[] = [];
    let at = from;
    for (;;) {
      const quoted = this.#quotedAt(at);
      const to = quoted ? quoted.to : this.#endOfWord(at, takesList(field));
      const text = quoted ? quoted.text : this.#text.slice(at, to).normalize('NFC');
      if (quoted || text !== '') values.push({ text, quoted: quoted !== null });
      const more = takesList(field) && this.#text.charAt(to) === ',' && !/[\s)|]|^$/.test(this.#text.charAt(to + 1));
      if (!more) {
        const prefix = quoted ? quoted.unfinished : to === this.#text.length;
        return { values, to, prefix: prefix && isTextField(field) };
      }
      at = to + 1;
    }
  }

  /** A phrase, after a field's name that turned out to be none. */
  #phrase(field: FieldName | null, before = ''): Expression | null {
    const quoted = this.#quotedAt(this.#at + before.length);
    if (!quoted) return null;
    this.#take(quoted.to - this.#at, 'phrase');
    const text = (before + quoted.text).normalize('NFC');
    return this.#textual(field, { text, quoted: true }, quoted.unfinished && quoted.text !== '');
  }

  #word(field: FieldName | null): Expression | null {
    const to = this.#endOfWord(this.#at, false);
    const text = this.#text.slice(this.#at, to).normalize('NFC');
    this.#take(to - this.#at, 'word');
    return this.#textual(field, { text, quoted: false }, to === this.#text.length);
  }

  /** Text as the field of the group around it takes it, else as words. */
  #textual(field: FieldName | null, value: Value, prefix: boolean): Expression | null {
    const clause = field && clauseOf(field, [value], prefix && isTextField(field));
    if (clause) return clause;
    const { text, quoted: phrase } = value;
    if (!isSearchable(text)) return null;
    const words: Expression = { kind: 'text', field: 'any', text, phrase, prefix: prefix && mayGoOn(text) };
    const id = phrase ? null : pastedId(text);
    // A note may speak of the paper.
    return id === null ? words : anyOf([{ kind: 'id', id }, words]);
  }

  /** The text between the quotation marks that open at a place, or null when none do. `unfinished`: it is being typed. */
  #quotedAt(at: number): { text: string; to: number; unfinished: boolean } | null {
    if (!quote.test(this.#text.charAt(at))) return null;
    straight.lastIndex = at;
    anyQuotes.lastIndex = at;
    const match = straight.exec(this.#text) ?? anyQuotes.exec(this.#text);
    if (!match) return null;
    const [whole, between = '', end] = match;
    const unfinished = end === '' && !/\s$/.test(between);
    return { text: between.normalize('NFC').trim(), to: at + whole.length, unfinished };
  }

  /**
   * Where the word that begins at a place ends: at white space, `|`, or a parenthesis without its
   * other one in the same word; in a list also at the comma before a quoted value.
   */
  #endOfWord(from: number, inList: boolean): number {
    const text = this.#text;
    let at = from;
    while (at < text.length) {
      const next = text.charAt(at);
      if (space.test(next) || next === '|') break;
      if (next === '(' || next === ')') {
        const pair = this.#pairs.get(at);
        if (pair === undefined || pair < from) break;
        at = Math.max(at, pair);
      }
      if (inList && next === ',' && quote.test(text.charAt(at + 1))) break;
      at += 1;
    }
    return at;
  }

  #keyword(): string | null {
    return this.#matched(keyword)?.[0] ?? null;
  }

  #matched(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text);
  }

  #skipSpace(): void {
    while (this.#at < this.#text.length && space.test(this.#text.charAt(this.#at))) this.#at += 1;
  }

  #take(length: number, role: TokenRole): void {
    if (length === 0) return;
    this.tokens.push({ from: this.#at, to: this.#at + length, role });
    this.#at += length;
  }
}

/** The parentheses that open and close within one run without white space: those belong to the word that they are in. */
function pairedParentheses(text: string): Map<number, number> {
  const pairs = new Map<number, number>();
  let open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const next = text.charAt(at);
    if (next === '(') open.push(at);
    else if (next === ')') {
      const from = open.pop();
      if (from === undefined) continue;
      pairs.set(from, at);
      pairs.set(at, from);
    } else if (space.test(next)) open = [];
  }
  return pairs;
}
