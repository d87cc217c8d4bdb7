import type { DatabaseSync } from 'node:sqlite';
import type { KeySet } from './key-set.ts';
import { Budget, CommonKeys, KnownKeys } from './keys.ts';
import type { TextSearch } from './match-expression.ts';
import { KeysOpener } from './open-keys.ts';
import type { SearchPlan } from './search-plan.ts';

/** How a word in the title, the authors and the abstract weighs, and one in a note. */
const weighPapers = 'bm25(search, 10.0, 5.0, 1.0)';
const weighNotes = 'bm25(notes, 10.0)';

/**
 * A word in more papers than this, or in half of them, says nothing of how well one of them
 * answers; but to weigh it, FTS5 would count them all.
 */
const mostTelling = 100_000;
const sampled = 1000;

type Words = Extract<KeySet, { kind: 'words' }>;

/** Puts what a search has found in the order of how well it answers. */
export class Ranking {
  readonly #database: DatabaseSync;
  readonly #texts: TextSearch;
  readonly #library: number;

  /** @param library how many papers there are */
  constructor(database: DatabaseSync, texts: TextSearch, library: number) {
    this.#database = database;
    this.#texts = texts;
    this.#library = library;
  }

  /**
   * Papers that are asked for by their ids first, then those with all wanted words in the title or
   * the note; among them and among the others by bm25, a word in a note counting like one in the title; then in page order.
   * @param keys of what was found, ascending
   */
  rank(plan: SearchPlan, keys: readonly number[]): number[] {
    const isProminent = this.#among(plan.prominent, keys);
    const isNamed = plan.named === null ? new Set<number>() : this.#among(plan.named, keys);
    const tier = (key: number) => (isNamed.has(key) ? 0 : isProminent.has(key) ? 1 : 2);
    const ordered = plan.noted.kind === 'none' ? this.#byWords(plan, keys) : this.#byWordsAndNotes(plan, keys);
    return [0, 1, 2].flatMap((wanted) => ordered.filter((key) => tier(key) === wanted));
  }

  #among(set: KeySet, keys: readonly number[]): Set<number> {
    const budget = new Budget();
    const both = new CommonKeys(budget, [new KnownKeys(keys), new KeysOpener(this.#database, budget).open(set)]);
    const among = new Set<number>();
    for (let at = both.seek(1); at !== Number.POSITIVE_INFINITY; at = both.seek(at + 1)) among.add(at);
    both.close();
    return among;
  }

  #byWords(plan: SearchPlan, keys: readonly number[]): number[] {
    const { match, isWhole } = this.#telling(plan);
    if (match === null) return [...keys];
    const base = keys[0] ?? 0;
    const among = isWhole ? '' : `AND +rowid IN (SELECT ${base} + value FROM json_each(?))`;
    const row = this.#database
      .prepare(`
        SELECT json_group_array(key - ${base}) AS offsets FROM (
          SELECT rowid AS key FROM search WHERE search MATCH ? ${among} ORDER BY ${weighPapers}, rowid)`)
      .get(match, ...(isWhole ? [] : [JSON.stringify(keys.map((key) => key - base))]));
    const ranked = (JSON.parse(String(row?.['offsets'])) as number[]).map((offset) => base + offset);
    if (ranked.length === keys.length) return ranked;
    const found = new Set(ranked);
    return [...ranked, ...keys.filter((key) => !found.has(key))];
  }

  #byWordsAndNotes(plan: SearchPlan, keys: readonly number[]): number[] {
    const scores = new Map<number, number>(keys.map((key) => [key, 0]));
    const add = (table: 'search' | 'notes', weigh: string, match: string) => {
      const statement = this.#database.prepare(`SELECT rowid, ${weigh} FROM ${table} WHERE ${table} MATCH ?
        AND +rowid IN (SELECT value FROM json_each(?))`);
      statement.setReturnArrays(true);
      for (const row of statement.all(match, JSON.stringify(keys))) {
        const [key, score] = row as unknown as [number, number];
        scores.set(key, (scores.get(key) ?? 0) + score);
      }
    };
    const { match } = this.#telling(plan);
    if (match !== null) add('search', weighPapers, match);
    if (plan.noted.kind === 'words') add('notes', weighNotes, plan.noted.match);
    return keys.toSorted((a, b) => (scores.get(a) ?? 0) - (scores.get(b) ?? 0) || a - b);
  }

  /** The words that tell how well a paper answers, as one expression, null when none does; and if that finds just the papers. */
  #telling({ ranking: { clauses, all, whole } }: SearchPlan): { match: string | null; isWhole: boolean } {
    const words = clauses
      .map((clause) => this.#texts.inPapers(clause))
      .filter((set): set is Words => set.kind === 'words');
    const telling = words.filter((set) => this.#isTelling(set));
    if (telling.length === 0) return { match: null, isWhole: false };
    const each = [...new Set(telling.map(({ match }) => `(${match})`))];
    return { match: each.join(all ? ' AND ' : ' OR '), isWhole: whole && telling.length === clauses.length };
  }

  /** Looks at the newest papers only. */
  #isTelling({ match, merged }: Words): boolean {
    if (merged) return true;
    const { n, last } =
      this.#database
        .prepare(
          'SELECT count(*) AS n, max(key) AS last FROM (SELECT rowid AS key FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ?)',
        )
        .get(match, sampled) ?? {};
    if (Number(n) < sampled) return true;
    const share = Math.min(0.5, mostTelling / this.#library);
    const enough = Math.ceil(sampled / share);
    const row = this.#database
      .prepare('SELECT count(*) AS n FROM (SELECT 1 FROM list WHERE paper <= ? LIMIT ?)')
      .get(Number(last), enough);
    return Number(row?.['n']) >= enough;
  }
}
