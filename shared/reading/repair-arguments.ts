import { commandOf } from './repair-commands.ts';
import { type Extent, extent, TokenReader } from './repair-reader.ts';
import type { Token } from './repair-tokens.ts';

/** Longest argument in braces, in tokens. */
const longestArgument = 120;
const notInArguments = /["`@#$\n;?“”]/;

/** Finds what belongs to a command, and what stands below and above. */
export abstract class ArgumentFinder extends TokenReader {
  /** What stands in brackets, brackets included. */
  protected abstract group(open: number, depth: number, ofFunction: boolean): Extent | null;

  /** The end of what follows `_` or `^`; -1 where it is none. */
  protected scriptEnd(at: number, base: Extent, start: number, depth: number): number {
    const sign = this.text(at);
    const next = this.at(at + 1);
    if (next === undefined) return -1;
    const name = this.text(start);
    if (next.text === '{') {
      const end = this.argument(at + 1);
      return end === -1 ||
        (base.kind === 'number' && sign === '_' && depth === 0 && !/^(?:pm|mp)$/.test(this.text(at + 2)))
        ? -1
        : end;
    }
    if (base.kind === 'number' && sign === '_') return -1;
    if (base.kind === 'operator' && !this.operatorTakes(name, sign, next)) return -1;
    const after = this.at(at + 2);
    if (next.kind === 'number')
      return next.text.includes(',') || after?.kind === 'word' || after?.text === '_' ? -1 : at + 2;
    if (next.kind === 'command') {
      const role = next.command?.role;
      return role === 'greek' || role === 'symbol' || /^o(?:dot|plus|times)$/.test(next.text) ? at + 2 : -1;
    }
    // "7B_v1"
    if (next.kind === 'word' && sign === '_' && after?.kind === 'number') return -1;
    if (next.kind === 'word') return next.text.length === 1 ? at + 2 : -1;
    if (sign === '_') return -1;
    if (/^[*+−-]$/.test(next.text)) {
      if (next.text === '*' && after?.text !== '*') return at + 2;
      if (after?.kind === 'number') return at + 3;
      return after === undefined || /^[\s,.;:)=\]}]/.test(after.text) ? at + 2 : -1;
    }
    // Written without LaTeX: 10^(-22)
    if (next.text === '(' && next.partner > at && next.partner - at <= 4) {
      const inside = this.tokens.slice(at + 2, next.partner);
      const last = inside.at(-1);
      if (last?.kind === 'number' && inside.slice(0, -1).every((token) => /^[+−-]$/.test(token.text))) {
        return next.partner + 1;
      }
    }
    return -1;
  }

  protected operatorTakes(name: string, sign: string, next: Token): boolean {
    if (sign === '^') return next.kind === 'number' || (/^(?:sum|prod|int)$/.test(name) && next.text.length === 1);
    if (/^(?:log|ln)$/.test(name)) return next.kind === 'number';
    if (/^(?:sum|prod|int|sup|inf|lim)$/.test(name)) return next.kind === 'word' || next.kind === 'number';
    return /^arg(?:min|max)$/.test(name) && next.kind !== 'sign';
  }

  /** The end of a group in braces, whatever mathematics is in it; -1 where it is something else. */
  protected argument(open: number): number {
    const brace = this.at(open);
    if (brace === undefined || brace.partner <= open + 1 || brace.partner - open > longestArgument) return -1;
    for (let index = open + 1; index < brace.partner; index += 1) {
      const token = this.at(index);
      if (token === undefined || token.kind === 'kept' || (token.kind === 'sign' && notInArguments.test(token.text)))
        return -1;
    }
    return brace.partner + 1;
  }

  protected withArguments(start: number, role: string, sure: number): Extent | null {
    const needed = role === 'fraction' ? 2 : 1;
    const name = this.text(start).replace('\\', '');
    let index = start + 1;
    if (role === 'root' && this.text(index) === '[') {
      const partner = this.at(index)?.partner ?? -1;
      if (partner < index || partner - index > 6) return null;
      index = partner + 1;
    }
    for (let count = 0; count < needed; count += 1) {
      if (this.text(index) === '{') {
        const end = this.argument(index);
        if (end === -1) return null;
        if (role === 'words' && this.tokens.slice(index, end).some((token) => /^[:;=<>^]$/.test(token.text)))
          return null;
        index = end;
        continue;
      }
      const bare = this.bareArgument(index, role, name);
      if (bare === -1) return null;
      // frac12
      if (role === 'fraction')
        return bare === index + 1 && /^\d\d$/.test(this.text(index)) ? extent(bare, 'sure', 1) : null;
      index = bare;
    }
    const only = this.text(index - 2);
    const inside = role === 'font' && index - start === 4 ? [] : this.symbolsIn(start + 1, index);
    return extent(index, 'sure', Math.max(1, sure), 0, role === 'accent' && only.length === 1 ? [only] : inside);
  }

  /** `mathbb R`, `sqrt n`, `tilde O`, `sqrt(n)`: one thing without braces; -1 where it is none. */
  protected bareArgument(index: number, role: string, name: string): number {
    if (role === 'words') return -1;
    if (role === 'root' && this.text(index) === '(') return this.group(index, 1, true)?.end ?? -1;
    if (role === 'root' && this.at(index)?.kind === 'number') return index + 1;
    if (role === 'fraction') return this.at(index)?.kind === 'number' ? index + 1 : -1;
    const next = this.skipSpace(index);
    if (next === index) return -1;
    const token = this.at(next);
    if (token?.kind === 'command') {
      if (role !== 'accent') return -1;
      const inner = token.command?.role ?? '';
      if (inner === 'greek') return !commandOf(name)?.isWord || name === 'hat' ? next + 1 : -1;
      return inner === 'font' || inner === 'accent' ? (this.withArguments(next, inner, 0)?.end ?? -1) : -1;
    }
    if (token?.kind !== 'word' || token.text.length !== 1) return -1;
    // "hat x" may be of hats; "bar a" of bars.
    if (role === 'accent' && commandOf(name)?.isWord && !/^[_^(]$/.test(this.text(next + 1))) return -1;
    return role === 'font' && /^(?:bf|bm)$/.test(name) && /^[aAI]$/.test(token.text) ? -1 : next + 1;
  }

  /** Variables below, above or inside: capital letters there are labels. */
  protected symbolsIn(from: number, to: number): string[] {
    return this.tokens
      .slice(from, to)
      .flatMap((token) => (token.command?.role === 'greek' || /^[a-z]$/.test(token.text) ? [token.text] : []));
  }
}
