import { ArgumentFinder } from './repair-arguments.ts';
import { canFollow, isDots, isUnknownWord, opensWith, operatorBetween, prefixProves } from './repair-operators.ts';
import { type Extent, extent, merge } from './repair-reader.ts';

/** Deepest brackets within brackets that are followed. */
const deepest = 8;

const functionLetters = /^[A-Za-z]$/;

/** Finds how far one expression reaches: its terms, their factors, and what stands in brackets. */
export class ExpressionFinder extends ArgumentFinder {
  /** How many brackets of functions are around: in them, short words are products of variables. */
  private called = 0;

  /** Terms with signs between them. */
  protected expression(start: number, depth: number): Extent | null {
    const prefix = opensWith(this.tokens, start, depth > 0);
    let first = this.term(prefix?.next ?? start, depth);
    if (first === null) return null;
    if (prefix) {
      const proves = prefixProves(this.tokens, start, prefix.next, first);
      if (depth === 0 && prefix.isCommand && !proves) return null;
      first = { ...first, proofs: first.proofs + (proves ? 1 : 0), kind: 'whole' };
    }
    let whole = first;
    let left = first;
    let leftStart = prefix?.next ?? start;
    let chained = 0;
    for (;;) {
      const operator = operatorBetween(this.tokens, whole.end);
      if (operator === null) break;
      if (operator.isPostfix) {
        whole = { ...whole, end: operator.next, proofs: whole.proofs + 1, kind: 'whole' };
        continue;
      }
      const isNegative = operator.isRelation && this.text(operator.next) === '-';
      const right = this.term(operator.next + (isNegative ? 1 : 0), depth);
      if (right === null) break;
      chained = operator.name === 'times' ? chained + 1 : 0;
      const found = canFollow(this.tokens, operator, { left, leftStart, right, depth, chained });
      if (found === null) break;
      whole = merge(whole, right, found.proofs, found.hints);
      left = right;
      leftStart = operator.next;
    }
    return whole;
  }

  /** Factors beside each other. */
  protected term(start: number, depth: number): Extent | null {
    let whole = this.factor(start, depth);
    if (whole === null) return null;
    let last = whole;
    for (;;) {
      const spaced = this.at(whole.end)?.kind === 'space';
      const next = spaced ? this.skipSpace(whole.end) : whole.end;
      if (!this.startsFactor(next)) return whole;
      const isOperator = this.role(next) === 'operator' || this.role(next) === 'big';
      const isOfGreek = last.kind === 'greek' || last.kind === 'scripted';
      if (spaced && depth === 0 && last.kind !== 'operator' && !isOfGreek && !(isOperator && last.kind !== 'number')) {
        return whole;
      }
      if (spaced && depth > 0 && last.kind === 'number' && !isOperator) return whole;
      const lone = this.text(next);
      // "10^(-22) s^(-1)"
      if (spaced && depth === 0 && last.kind === 'scripted' && /^[smgKVJNWAh]$/.test(lone)) return whole;
      if (spaced && depth === 0 && /^[aAI]$/.test(lone) && !/^[_^(]$/.test(this.text(next + 1))) return whole;
      const right = this.factor(next, depth);
      if (right === null || (isOfGreek && spaced && depth === 0 && !isOperator && right.kind !== 'scripted'))
        return whole;
      if (last.kind === 'number' && right.kind === 'greek' && !spaced && depth === 0 && right.end === next + 1) {
        // "3sigma"; not "32psi", "3Pi", nor the names of molecules and versions: "17beta-estradiol", "4.1alpha".
        const isUnit = /^(?:alpha|beta|gamma|delta|epsilon|zeta|kappa|psi|eta|chi|nu|xi|[A-Z]\w*)$/.test(lone);
        whole = merge(whole, right, isUnit ? 0 : 1, isUnit ? 0 : 1);
      } else {
        const proves = last.kind === 'operator' && this.provesLogarithm(start, next, right);
        whole = merge(whole, right, proves ? 1 : 0, last.kind === 'operator' ? 1 : 0);
      }
      last = right;
    }
  }

  /** "log n": of the letters that sizes have. */
  private provesLogarithm(start: number, next: number, right: Extent): boolean {
    const name = this.text(next - 2);
    const letter = this.text(next);
    return (
      (/^(?:log|ln)$/.test(name) || this.role(start) === 'operator') &&
      ((right.kind === 'letter' && /^[nNmkKdD]$/.test(letter)) || right.kind === 'scripted' || right.proofs > 0)
    );
  }

  private startsFactor(index: number): boolean {
    const token = this.at(index);
    if (token === undefined || token.kind === 'space' || token.kind === 'kept') return false;
    if (token.kind === 'sign') return /^[([{|]$/.test(token.text);
    if (token.kind === 'word') return token.text.length === 1 || (this.called > 0 && !isUnknownWord(token.text));
    const role = token.command?.role;
    return !['relation', 'binary', 'arrow', 'close'].includes(role ?? '') && !/^(?:right|quad|qquad)$/.test(token.text);
  }

  /** A thing with what stands above and below it. */
  private factor(start: number, depth: number): Extent | null {
    const base = this.base(start, depth);
    if (base === null) return null;
    let whole = base;
    const seen = new Set<string>();
    if (base.kind === 'number') whole = { ...whole, end: this.unitEnd(start, whole.end) };
    for (;;) {
      const sign = this.text(whole.end);
      if ((sign === "'" || sign === '′') && depth > 0 && whole.kind !== 'number') {
        if (/^\w/.test(this.text(whole.end + 1))) return whole;
        whole = { ...whole, end: whole.end + 1 };
        continue;
      }
      if ((sign !== '_' && sign !== '^') || seen.has(sign)) break;
      const end = this.scriptEnd(whole.end, base, start, depth);
      if (end === -1) break;
      seen.add(sign);
      const inside = this.symbolsIn(whole.end + 1, end);
      whole = { ...merge(whole, extent(end, 'scripted', 1, 0, inside), 0), kind: 'scripted' };
      if (base.kind === 'operator') whole = { ...whole, kind: 'operator' };
    }
    // What a function is of.
    if (this.text(whole.end) === '(' && whole.kind !== 'number' && whole.kind !== 'group') {
      const group = this.group(whole.end, depth, true);
      if (group) {
        const first = this.text(start);
        const isBound = /^(?:O|Omega|Theta)$/.test(first) && (group.symbols.length > 0 || group.end === whole.end + 3);
        const called = merge(whole, group, isBound ? 1 : 0, functionLetters.test(first) ? 1 : 0);
        return this.scripted({ ...called, kind: whole.proofs > 0 || isBound ? 'sure' : 'group' }, start, depth);
      }
    }
    return whole;
  }

  /** "5%", and "10K" behind "approx" */
  private unitEnd(start: number, end: number): number {
    const unit = this.text(end);
    if (unit === '%') return end + 1;
    const before = this.tokens[start - 1]?.kind === 'space' ? start - 2 : start - 1;
    const isEnd = !/^[\w_^({]/.test(this.text(end + 1));
    return /^[KMBTGx]$/.test(unit) && isEnd && /^(?:relation|binary)$/.test(this.role(before)) ? end + 1 : end;
  }

  /** `f(x)^2` */
  private scripted(base: Extent, start: number, depth: number): Extent {
    const sign = this.text(base.end);
    if (sign !== '_' && sign !== '^') return base;
    const end = this.scriptEnd(base.end, base, start, depth);
    return end === -1 ? base : { ...merge(base, extent(end, 'scripted', 1), 0), kind: 'scripted' };
  }

  private base(start: number, depth: number): Extent | null {
    const token = this.at(start);
    if (token === undefined) return null;
    if (token.kind === 'number') return extent(start + 1, 'number', 0);
    if (token.kind === 'command') return this.commanded(start, depth);
    if (token.kind === 'word') {
      if (token.text.length === 1) return extent(start + 1, 'letter', 0, 0, [token.text]);
      if (/^(?:S[OULE]|GL|PSL|Sp|Spin)$/.test(token.text) && /^[(_]$/.test(this.text(start + 1))) {
        return extent(start + 1, 'letter', 0);
      }
      return this.called > 0 && !isUnknownWord(token.text)
        ? extent(start + 1, 'letter', 0, 0, token.text.match(/[a-z]/g) ?? [])
        : null;
    }
    if (/^[([{]$/.test(token.text)) return this.group(start, depth, false);
    if (token.text === '|') return this.between(start, depth);
    return null;
  }

  /** A command with what it needs. */
  private commanded(start: number, depth: number): Extent | null {
    const token = this.at(start);
    const command = token?.command;
    if (!token || !command) return null;
    const sure = token.isEscaped ? 1 : 0;
    switch (command.role) {
      case 'greek':
        return extent(start + 1, 'greek', sure || command.isWord ? sure : 1, 0, [token.text]);
      case 'symbol':
        if (/^(?:exists|star|Re|Im|top|bot|degree|prime|dagger|ast|circ)$/.test(token.text) && !sure) return null;
        if (token.text === 'nabla') return extent(start + 1, 'operator', 1);
        return extent(start + 1, 'sure', sure || command.isWord ? sure : 1, 0, [token.text]);
      case 'dots':
        return command.isWord && depth === 0 && !sure ? null : extent(start + 1, 'sure', sure);
      case 'operator':
      case 'big':
        return depth === 0 &&
          /^(?:in|sign|rank|poly|exp|max|min|dim|deg)$/.test(token.text) &&
          this.text(start + 1) !== '_'
          ? this.named(start, depth)
          : extent(start + 1, 'operator', sure);
      case 'font':
      case 'accent':
      case 'words':
      case 'root':
      case 'fraction':
        return this.withArguments(start, command.role, sure);
      case 'open':
      case 'size':
        return this.delimited(start, depth);
      default:
        return null;
    }
  }

  /** `poly(n)`, `max(x, y)`: by its bracket only. */
  private named(start: number, depth: number): Extent | null {
    return this.text(start + 1) === '(' || depth > 0 ? extent(start + 1, 'operator', 0) : null;
  }

  /** What stands in brackets, brackets included. */
  protected group(open: number, depth: number, ofFunction: boolean): Extent | null {
    const bracket = this.at(open);
    if (bracket === undefined || bracket.partner <= open + 1 || depth >= deepest) return null;
    if (ofFunction) this.called += 1;
    const inside = this.list(open + 1, bracket.partner, depth + 1, ofFunction);
    if (ofFunction) this.called -= 1;
    return inside && { ...inside, end: bracket.partner + 1, kind: 'group' };
  }

  /** Expressions between commas and the like, up to a place. */
  private list(start: number, end: number, depth: number, ofFunction: boolean): Extent | null {
    let whole: Extent = extent(start, 'group', 0);
    for (let index = this.skipSpace(start); ; ) {
      const dotted = isDots(this.tokens, index);
      const isProof = this.role(index) === 'dots' && index > start;
      const next = dotted > index ? extent(dotted, 'sure', isProof ? 1 : 0) : this.expression(index, depth);
      if (next === null || next.end > end) return null;
      whole = merge(whole, next, 0);
      index = this.skipSpace(next.end);
      if (index >= end) return whole;
      const sign = this.text(index);
      const separates = /^[,;:|]$/.test(sign) || /^(?:mid|parallel|Vert|vert)$/.test(sign);
      if (!separates || (!ofFunction && /^[;:]$/.test(sign) && depth === 1)) return null;
      index = this.skipSpace(index + 1);
      if (sign === '|' && this.text(index) === '|') index += 1;
    }
  }

  /** `|x|` */
  private between(start: number, depth: number): Extent | null {
    if (depth >= deepest) return null;
    const bars = this.text(start + 1) === '|' ? 2 : 1;
    if (this.at(start + bars)?.kind === 'space') return null;
    this.called += 1;
    const inside = this.expression(start + bars, depth + 1);
    this.called -= 1;
    if (inside === null) return null;
    // "|psi rangle"
    if (bars === 1 && /^\\?rangle$/.test(this.text(inside.end))) {
      return { ...inside, end: inside.end + 1, proofs: inside.proofs + 1, kind: 'sure' };
    }
    for (let index = 0; index < bars; index += 1) if (this.text(inside.end + index) !== '|') return null;
    return { ...inside, end: inside.end + bars, kind: 'group' };
  }

  /** `left( x right)`, `langle x, y rangle` */
  private delimited(start: number, depth: number): Extent | null {
    if (depth >= deepest) return null;
    const token = this.text(start).replace('\\', '');
    const isSized = token === 'left';
    if (this.role(start) === 'size' && (!isSized || !/^[([{|.]$/.test(this.text(start + 1)))) return null;
    let index = this.skipSpace(start + (isSized ? 2 : 1));
    let whole: Extent = extent(index, 'group', 1);
    for (;;) {
      const next = this.expression(index, depth + 1);
      if (next === null) return null;
      whole = merge(whole, next, 0);
      index = this.skipSpace(next.end);
      if (isSized && this.text(index).replace('\\', '') === 'right' && /^[)\]}|.]$/.test(this.text(index + 1))) {
        return { ...whole, end: index + 2, kind: 'sure' };
      }
      if (!isSized && this.role(index) === 'close') return { ...whole, end: index + 1, kind: 'sure' };
      if (!/^[,;|]$/.test(this.text(index)) && this.text(index) !== 'mid') return null;
      index = this.skipSpace(index + 1);
    }
  }
}
