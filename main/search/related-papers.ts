import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Likeness, type LikenessWeights, likenessWeights } from './likeness.ts';
import { type PaperTerms, type Stemmer, termsOf } from './paper-terms.ts';

/** A word of more papers than this brings none of them up: it counts only where others have. */
const mostHolders = 1000;

/** The words that papers are looked for by, at most. */
const mostSought = 60;

/** Papers that are read and compared word by word. */
const mostCompared = 120;

/** Papers read at once, and words looked for at once: what is done without letting anything else come first. */
const comparedAtOnce = 10;
const soughtAtOnce = 4;

/** Longest text that is looked at, in UTF-16 units: some abstracts are whole books. */
const longestText = 12_000;

/** Words of which it is remembered how many papers have them. */
const mostKnown = 20_000;

/** Papers less like than this have hardly more in common than any two. */
const leastLike = 0.02;

/** A paper near to another one. */
export interface RelatedKey {
  key: number;
  /** See `relatedPaperSchema`. */
  score: number;
  words: string[];
}

/** Finds the papers of a library that say most like what one of them says. What it costs is bounded at any size. */
export class RelatedPapers {
  readonly #stem: Stemmer;
  readonly #weights: LikenessWeights;
  readonly #text: StatementSync;
  readonly #texts: StatementSync;
  readonly #holders: StatementSync;
  readonly #ends: StatementSync;
  readonly #same: StatementSync;
  /** How many papers have a word, as it is written; an estimate where it is more than {@link mostHolders}. */
  readonly #known = new Map<string, number>();

  /**
   * @param database which has `search`, `papers`, `abstracts` and `duplicates` of `corpus.db`, and `counts` of `marks.db`
   * @param stem gives the stems of words as the full-text index has them
   */
  constructor(database: DatabaseSync, stem: Stemmer, weights: LikenessWeights = likenessWeights) {
    this.#stem = stem;
    this.#weights = weights;
    const text = `p.title, substr(coalesce(a.text, ''), 1, ${longestText}) AS abstract`;
    this.#text = database.prepare(
      `SELECT ${text} FROM papers p LEFT JOIN abstracts a ON a.paper = p.key WHERE p.key = ?`,
    );
    this.#texts = database.prepare(`
      SELECT p.key, ${text} FROM json_each(?) given CROSS JOIN papers p ON p.key = given.value
      LEFT JOIN abstracts a ON a.paper = p.key`);
    this.#holders = database.prepare(`
      SELECT json_group_array(rowid) AS keys
      FROM (SELECT rowid FROM search WHERE search MATCH ? LIMIT ${mostHolders + 1})`);
    this.#ends = database.prepare(`
      SELECT (SELECT min(key) FROM papers) AS first, (SELECT max(key) FROM papers) AS last,
        (SELECT everything FROM counts) AS papers`);
    this.#same = database.prepare(`
      SELECT paper FROM duplicates
      WHERE group_id = (SELECT group_id FROM duplicates WHERE paper = ?)`);
  }

  /**
   * The papers nearest to one, the nearest first; of those equally near, in page order. The paper itself and what may
   * be the same are not among them.
   * @param limit how many at most
   * @returns a generator that pauses every few milliseconds and answers in the end
   */
  *find(key: number, limit: number): Generator<void, RelatedKey[]> {
    const own = this.#termsOf(this.#text.get(key));
    if (!own) return [];
    const library = this.#ends.get();
    const [first, last] = [Number(library?.['first']), Number(library?.['last'])];
    const papers = Math.max(1, Number(library?.['papers']));
    const holders = new Map<string, readonly number[]>();
    const rarities = new Map<string, number>();
    const stems = [...own.counts];
    for (const [at, [stem, { written }]] of stems.entries()) {
      const counted = this.#countHolders(written, { first, last, papers });
      rarities.set(stem, Math.log(1 + (papers - counted.count + 0.5) / (counted.count + 0.5)));
      if (counted.keys) holders.set(stem, counted.keys);
      if (at % soughtAtOnce === soughtAtOnce - 1) yield;
    }
    const likeness = new Likeness(own, (stem) => rarities.get(stem) ?? 0, this.#weights);
    const sought = [...holders]
      .map(([stem, keys]) => ({ keys, says: likeness.telling(stem) }))
      .sort((one, other) => other.says - one.says)
      .slice(0, mostSought);
    const apart = new Set([key, ...this.#same.all(key).map(({ paper }) => Number(paper))]);
    const likeliest = likeliestOf(sought, apart, mostCompared);
    const found: { key: number; score: number; tell(): string[] }[] = [];
    for (let from = 0; from < likeliest.length; from += comparedAtOnce) {
      yield;
      for (const row of this.#texts.all(JSON.stringify(likeliest.slice(from, from + comparedAtOnce)))) {
        const other = this.#termsOf(row, own);
        if (!other) continue;
        const match = likeness.match(other);
        if (match.score >= leastLike) found.push({ key: Number(row['key']), ...match });
      }
    }
    yield;
    const nearest: RelatedKey[] = [];
    for (const { key, score, tell } of found.sort((one, other) => other.score - one.score || one.key - other.key)) {
      const words = nearest.length < limit ? tell() : [];
      if (words.length > 0) nearest.push({ key, score, words });
    }
    return nearest;
  }

  /** Forgets what it knows of words, because papers have changed. */
  forget(): void {
    this.#known.clear();
  }

  #termsOf(row: Record<string, unknown> | undefined, among: PaperTerms | null = null): PaperTerms | null {
    return row ? termsOf(String(row['title']), String(row['abstract']), this.#stem, among) : null;
  }

  /** How many papers have a word, and which: null where they are too many. */
  #countHolders(
    written: string,
    { first, last, papers }: { first: number; last: number; papers: number },
  ): { count: number; keys: readonly number[] | null } {
    const known = this.#known.get(written);
    if (known !== undefined && known > mostHolders) return { count: known, keys: null };
    const keys = JSON.parse(String(this.#holders.get(`"${written}"`)?.['keys'])) as number[];
    const isCommon = keys.length > mostHolders;
    // The index gives them in the order of their keys: from how far these reach follows about how many there are.
    const reach = ((keys.at(-1) ?? last) - first + 1) / Math.max(1, last - first + 1);
    const count = isCommon ? Math.min(papers, Math.max(keys.length, keys.length / reach)) : keys.length;
    if (this.#known.size >= mostKnown) this.#known.clear();
    if (isCommon) this.#known.set(written, count);
    return { count, keys: isCommon ? null : keys };
  }
}

/** The papers that have most of what says most. Ties go to the first in page order. */
function likeliestOf(
  sought: readonly { keys: readonly number[]; says: number }[],
  apart: ReadonlySet<number>,
  most: number,
): number[] {
  const sums = new Map<number, number>();
  for (const { keys, says } of sought) {
    for (const key of keys) sums.set(key, (sums.get(key) ?? 0) + says);
  }
  for (const key of apart) sums.delete(key);
  // Sorting all of them as they are would take longer than finding them.
  const least = sums.size <= most ? 0 : (Float64Array.from(sums.values()).sort().at(-most) ?? 0);
  return [...sums]
    .filter(([, sum]) => sum >= least)
    .sort(([a, n], [b, m]) => m - n || a - b)
    .slice(0, most)
    .map(([key]) => key);
}
