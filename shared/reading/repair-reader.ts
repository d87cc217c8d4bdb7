import type { Token } from './repair-tokens.ts';

/** What a run of tokens is that reads as mathematics. */
export interface Extent {
  /** Index after its last token. */
  end: number;
  /** How much in it can be nothing but mathematics that lost its marks. */
  proofs: number;
  /** How much in it is mathematics in a text that is known to be damaged. */
  hints: number;
  /** Names of its variables, each as written. */
  symbols: readonly string[];
  /** Where it is a single thing: which. */
  kind: 'number' | 'letter' | 'greek' | 'scripted' | 'group' | 'sure' | 'operator' | 'whole';
}

/** Reads a text cut into tokens, within a budget that keeps it linear. */
export class TokenReader {
  protected readonly tokens: readonly Token[];
  /** Places that may still be looked at: what is left undone beyond it stays as it is. */
  protected budget: number;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
    this.budget = 40 * tokens.length + 2000;
  }

  /** How many places were looked at. */
  get places(): number {
    return 40 * this.tokens.length + 2000 - this.budget;
  }

  protected at(index: number): Token | undefined {
    this.budget -= 1;
    return this.budget > -5000 ? this.tokens[index] : undefined;
  }

  protected text(index: number): string {
    return this.at(index)?.text ?? '';
  }

  protected role(index: number): string {
    return this.at(index)?.command?.role ?? '';
  }

  protected skipSpace(index: number): number {
    const token = this.at(index);
    return token?.kind === 'space' && token.text !== '\n' ? index + 1 : index;
  }
}

/** Variables of one formula that are told; no formula of an abstract has more. */
const mostSymbols = 60;

/** An extent of a kind. */
export function extent(
  end: number,
  kind: Extent['kind'],
  proofs: number,
  hints = 0,
  symbols: readonly string[] = [],
): Extent {
  return { end, proofs, hints, symbols, kind };
}

/** Two extents beside each other as one, with what being together proves. */
export function merge(left: Extent, right: Extent, proofs: number, hints = 0): Extent {
  return {
    end: right.end,
    proofs: left.proofs + right.proofs + proofs,
    hints: left.hints + right.hints + hints,
    symbols:
      right.symbols.length === 0 || left.symbols.length > mostSymbols
        ? left.symbols
        : [...left.symbols, ...right.symbols],
    kind: 'whole',
  };
}
