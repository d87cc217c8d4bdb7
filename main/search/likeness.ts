import type { PaperTerms, Token } from './paper-terms.ts';

/** How the parts of {@link Likeness} weigh. */
export interface LikenessWeights {
  /** How many times in the abstract a word in the title is worth. */
  title: number;
  /** From which count on saying a word more often hardly matters: BM25's k1. */
  saturation: number;
  /** How much long texts are marked down for saying many words: BM25's b, from 0 to 1. */
  length: number;
  /** What two words one after the other are worth beside the two apart. */
  pair: number;
  /** The power that the rarity of a word counts by. */
  rarity: number;
}

/** Chosen by the topics of `corpus/fixtures/related-papers.json` that are marked `tuned`. */
export const likenessWeights: LikenessWeights = { title: 3, saturation: 2, length: 0.6, pair: 0.4, rarity: 1.25 };

/** Telling words of an abstract of usual length. */
const usualLength = 90;

/** Most words told. */
const mostTold = 8;

/** Words that say less than this part of the one that says the most are not told. */
const leastTold = 0.12;

/** How like one paper is to another. */
export interface Match {
  /** From 0 to 1, which is what the paper itself has. */
  score: number;
  /** The words that both say; see `relatedPaperSchema`. Worked out when it is called. */
  tell(): string[];
}

/** Two stems one after the other, as one. */
const pairOf = (one: string, other: string) => `${one} ${other}`;

/**
 * Tells how like papers are to one of them, by the words that both say: a word counts by how rare it is and how
 * often each says it, as in Okapi BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009), but
 * from both sides; words that follow each other in both count for more.
 */
export class Likeness {
  readonly #own: PaperTerms;
  readonly #rarity: (stem: string) => number;
  readonly #weights: LikenessWeights;
  readonly #pairs: ReadonlyMap<string, number>;
  readonly #whole: number;

  /**
   * @param own the paper that others are compared to
   * @param rarity of each of its words: 0 for what every paper says, and the more the rarer
   */
  constructor(own: PaperTerms, rarity: (stem: string) => number, weights: LikenessWeights = likenessWeights) {
    this.#own = own;
    this.#rarity = rarity;
    this.#weights = weights;
    this.#pairs = pairsOf(own, own);
    this.#whole = this.#sum(own, this.#pairs).total;
  }

  /** How much a word of the paper says, for choosing those to look for others by. */
  telling(stem: string): number {
    return this.#rarityOf(stem) * this.#said(this.#own, stem);
  }

  /** How like a paper is, and what both say. */
  match(other: PaperTerms): Match {
    const { total, parts } = this.#sum(other, pairsOf(other, this.#own));
    const score = this.#whole === 0 ? 0 : Math.min(1, total / this.#whole);
    return { score, tell: () => this.#tell(other, parts) };
  }

  #sum(other: PaperTerms, pairs: ReadonlyMap<string, number>): { total: number; parts: Map<string, number> } {
    const parts = new Map<string, number>();
    let total = 0;
    for (const stem of this.#own.counts.keys()) {
      if (!other.counts.has(stem)) continue;
      const part = this.#rarityOf(stem) * this.#said(this.#own, stem) * this.#said(other, stem);
      parts.set(stem, part);
      total += part;
    }
    for (const [pair, times] of this.#pairs) {
      const others = pairs.get(pair);
      if (others === undefined) continue;
      const [one = '', second = ''] = pair.split(' ');
      const rarity = this.#rarityOf(one) + this.#rarityOf(second);
      const part = this.#weights.pair * rarity * this.#saturated(times, 1) * this.#saturated(others, 1);
      parts.set(pair, part + (parts.get(one) ?? 0) + (parts.get(second) ?? 0));
      total += part;
    }
    return { total, parts };
  }

  #rarityOf(stem: string): number {
    return this.#rarity(stem) ** this.#weights.rarity;
  }

  #said({ counts, tokens }: PaperTerms, stem: string): number {
    const count = counts.get(stem);
    if (!count) return 0;
    const { length, title } = this.#weights;
    return this.#saturated(
      count.abstract + title * count.title,
      1 - length + (length * tokens.length) / (2 * usualLength),
    );
  }

  #saturated(times: number, length: number): number {
    const { saturation } = this.#weights;
    return (times * (saturation + 1)) / (times + saturation * length);
  }

  #tell(other: PaperTerms, parts: ReadonlyMap<string, number>): string[] {
    const ordered = [...parts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    const least = (ordered[0]?.[1] ?? 0) * leastTold;
    const said = new Set<string>();
    const told: string[] = [];
    for (const [part, says] of ordered) {
      if (told.length === mostTold || says < least) break;
      const stems = part.split(' ');
      if (stems.every((stem) => said.has(stem))) continue;
      const written = writtenAlike(this.#own, other, stems);
      if (written === null) continue;
      for (const stem of stems) said.add(stem);
      told.push(written);
    }
    return told;
  }
}

/** Words of `own` that stand one after the other in a text, with no more than a space or a hyphen between, or `-to-`. */
function pairsOf({ tokens, text }: PaperTerms, own: PaperTerms): Map<string, number> {
  const pairs = new Map<string, number>();
  for (const [at, token] of tokens.entries()) {
    if (token.stem === null || !own.counts.has(token.stem)) continue;
    const next = followerOf(tokens, text, at);
    if (next?.stem == null || next.stem === token.stem || !own.counts.has(next.stem)) continue;
    const pair = pairOf(token.stem, next.stem);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** The next token that says something, over `to` or `of` between hyphens at most. */
function followerOf(tokens: readonly Token[], text: string, at: number): Token | null {
  const [one, next, second] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (!one || !next) return null;
  if (next.stem !== null) return /^[ -]$/.test(text.slice(one.to, next.from)) ? next : null;
  if (!second || second.stem === null) return null;
  return text.slice(one.to, next.from) === '-' && text.slice(next.to, second.from) === '-' ? second : null;
}

/**
 * How both papers write words, one after the other where there are two; in lower case where either does. Null where each
 * writes them otherwise.
 */
function writtenAlike(own: PaperTerms, other: PaperTerms, stems: readonly string[]): string | null {
  const theirs = new Set(writings(other, stems));
  const lower = new Set(Array.from(theirs, (text) => text.toLowerCase()));
  const alike = writings(own, stems).filter((text) => lower.has(text.toLowerCase()));
  // A capital may be there for beginning a sentence only.
  return (
    alike.map((text) => text.toLowerCase()).find((text) => alike.includes(text) || theirs.has(text)) ?? alike[0] ?? null
  );
}

function writings({ tokens, text }: PaperTerms, [one, second]: readonly string[]): string[] {
  const found = new Set<string>();
  for (const [at, token] of tokens.entries()) {
    if (token.stem !== one) continue;
    const last = second === undefined ? token : followerOf(tokens, text, at);
    if (last && (second === undefined || last.stem === second)) found.add(text.slice(token.from, last.to));
  }
  return [...found];
}
