import { ExpressionFinder } from './repair-expression.ts';
import { isDots } from './repair-operators.ts';
import { type Extent, extent, merge } from './repair-reader.ts';

/** Most parts of a list whose end is looked for beyond its commas. */
const mostListed = 4;

/** Finds how far mathematics reaches in a text cut into tokens: an expression, a list of them, or what a function maps. */
export class ExtentFinder extends ExpressionFinder {
  /** The mathematics that starts at a token, as far as it reaches; null where none does. */
  from(start: number): Extent | null {
    if (this.budget <= 0) return null;
    const found = this.mapping(start) ?? this.expression(start, 0);
    return found && this.listed(found);
  }

  /** `f: mathbb{R}^d to mathbb{R}` */
  private mapping(start: number): Extent | null {
    const colon = this.skipSpace(start + 1);
    if (this.at(start)?.text.length !== 1 || !/^(?::|\\?colon)$/.test(this.text(colon))) return null;
    const domain = this.term(this.skipSpace(colon + 1), 0);
    if (domain === null) return null;
    const arrow = this.skipSpace(domain.end);
    if (!/^\\?(?:to|mapsto|rightarrow)$/.test(this.text(arrow))) return null;
    const image = this.term(this.skipSpace(arrow + 1), 0);
    return image && merge(domain, image, 0, 1);
  }

  /** `x_1, ldots, x_n`: one list, however many commas. */
  private listed(first: Extent): Extent {
    if (first.kind === 'operator') return first;
    // "N=1,2,4"
    let end = first.end;
    while (first.kind === 'whole' && this.isListedNumber(end)) end += 2;
    if (end > first.end) return { ...first, end };
    let whole = first;
    for (let count = 0, dots = false; count < mostListed && this.text(whole.end) === ','; count += 1) {
      const start = this.skipSpace(whole.end + 1);
      const dotted = isDots(this.tokens, start);
      const next = dotted > start ? extent(dotted, 'sure', 0) : this.expression(start, 0);
      if (next === null) break;
      if (dots) return merge(whole, next, 1);
      dots = dotted > start && (this.role(start) === 'dots' || first.proofs > 0);
      if (dotted > start && !dots) break;
      whole = merge(whole, next, 0);
    }
    return first;
  }

  private isListedNumber(end: number): boolean {
    const isNumber = (index: number) => this.at(index)?.kind === 'number';
    return this.text(end) === ',' && isNumber(end - 1) && isNumber(end + 1);
  }
}
