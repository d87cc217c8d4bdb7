import type { DatabaseSync } from 'node:sqlite';
import { OffprintError } from '../../shared/outcome.ts';
import type { Query } from '../../shared/query/query.ts';
import { conjunction } from '../../shared/query/walk.ts';
import type { Sort } from '../../shared/settings.ts';
import type { LibraryFacts } from './conditions.ts';
import { Counting } from './counting.ts';
import { type KeySet, none } from './key-set.ts';
import { Budget } from './keys.ts';
import { markExpression, TextSearch } from './match-expression.ts';
import { KeysOpener } from './open-keys.ts';
import { Ranking } from './ranking.ts';
import type { Readers } from './readers.ts';
import { mostRanked, ResultSet } from './result-set.ts';
import { ResultSets } from './result-sets.ts';
import { planSearch, type SearchPlan } from './search-plan.ts';
import { meaningfulTerms, type SortFacts } from './segments.ts';
import { Vocabulary } from './vocabulary.ts';
import type { Counter } from './watched-counts.ts';
import type { WordForms } from './word-forms.ts';

/** What is asked for: papers that meet all of `queries`; see `ListQuestion` of the corpus. */
export interface Question {
  queries: readonly Query[];
  sort: Sort;
  /** The moment that spans of time are reckoned back from, in milliseconds since 1970. */
  now: number;
}

/** Sizes above which a search is answered in another way; in tests, smaller than they are. */
export interface SearchLimits {
  mostRanked: number;
  /** Null for what suits the size of the library. */
  mostSorted: number | null;
  /** See `Search`. In tests there is no end to it, so that nothing depends on how quick they are. */
  patience: number;
}

/** How long is counted in one slice, in milliseconds. */
const slice = 2;

interface Counted {
  counting: Counting;
  done: PromiseWithResolvers<number>;
}

/** Answers searches: opens result sets, counts, and goes on with both between calls. */
export class Searcher {
  readonly sets = new ResultSets();
  readonly #readers: Readers;
  readonly #forms: WordForms;
  readonly #vocabulary: Vocabulary;
  readonly #texts: TextSearch;
  readonly #facts: () => LibraryFacts & SortFacts;
  readonly #limits: SearchLimits;
  readonly #counted = new Set<Counted>();

  /**
   * @param database as `openTogether` gives it
   * @param facts what is known of the library now
   */
  constructor(
    database: DatabaseSync,
    readers: Readers,
    forms: WordForms,
    facts: () => LibraryFacts & SortFacts,
    limits: Partial<SearchLimits> = {},
  ) {
    this.#readers = readers;
    this.#forms = forms;
    this.#vocabulary = new Vocabulary(database);
    this.#texts = new TextSearch(forms, this.#vocabulary);
    this.#facts = facts;
    this.#limits = { mostRanked, mostSorted: null, patience: 40, ...limits };
  }

  /** Opens a result set, of which the first `limit` keys are read. */
  open({ queries, sort, now }: Question, limit: number): { result: number; set: ResultSet } {
    const facts = this.#facts();
    const { mostSorted } = this.#limits;
    const set = new ResultSet(
      this.#readers,
      (database) => ({
        plan: this.#plan(database, { queries, now }, facts),
        terms: meaningfulTerms(sort),
        isSorted: sort.length > 0,
        facts,
        ranking: new Ranking(database, this.#texts, facts.counts.everything),
        mostRanked: this.#limits.mostRanked,
        patience: this.#limits.patience,
        ...(mostSorted !== null && { mostSorted }),
      }),
      limit,
      markExpression(queries, this.#forms),
    );
    return { result: this.sets.keep(set), set };
  }

  /** How many papers answer, counted to the end. Rejects with `refused` when the library is closed before. */
  async count(question: Omit<Question, 'sort'>): Promise<number> {
    const counting = this.counting(question);
    if (counting.total !== null) return counting.total;
    const counted = { counting, done: Promise.withResolvers<number>() };
    this.#counted.add(counted);
    return await counted.done.promise;
  }

  /** Begins to count papers, for whoever goes on with it. */
  counting(question: Omit<Question, 'sort'>): Counting {
    const facts = this.#facts();
    return new Counting(this.#readers, (database) => this.#plan(database, question, facts));
  }

  /** What counts that are kept up to date are worked out with. */
  counter(): Counter {
    return {
      count: (query, now) => {
        const facts = this.#facts();
        let found: KeySet = none;
        const counting = new Counting(this.#readers, (database) => {
          const plan = this.#plan(database, { queries: [query], now }, facts);
          found = plan.found;
          return plan;
        });
        return { counting, found };
      },
      planner: () => {
        const facts = this.#facts();
        return (database, query, now) => this.#plan(database, { queries: [query], now }, facts).found;
      },
    };
  }

  #plan(database: DatabaseSync, { queries, now }: Omit<Question, 'sort'>, library: LibraryFacts): SearchPlan {
    return planSearch(conjunction(queries), {
      library,
      texts: this.#texts,
      now,
      isAny: (set: KeySet) => {
        const keys = new KeysOpener(database, new Budget()).open(set);
        const first = keys.seek(1);
        keys.close();
        return first !== Number.POSITIVE_INFINITY;
      },
    });
  }

  /** To be called when papers have come, gone or changed. */
  forget(): void {
    this.#vocabulary.forget();
    this.#texts.forget();
  }

  /** Does a little of what is left to do; what is shown comes first. Returns whether more is left. */
  goOn(): boolean {
    if (this.sets.readOn()) return true;
    const [next] = this.#counted;
    if (!next) return false;
    try {
      next.counting.readOn(slice);
      const { total } = next.counting;
      if (total === null) return true;
      next.done.resolve(total);
    } catch (error) {
      next.counting.close();
      next.done.reject(error);
    }
    this.#counted.delete(next);
    return this.#counted.size > 0;
  }

  close(): void {
    this.sets.closeAll();
    for (const { counting, done } of this.#counted) {
      counting.close();
      done.reject(new OffprintError('refused', 'The library was closed before the papers were counted.'));
    }
    this.#counted.clear();
  }
}
