import type { DatabaseSync } from 'node:sqlite';
import { KeyList } from './key-list.ts';
import type { KeySet } from './key-set.ts';
import { Budget } from './keys.ts';
import { isMerged, membersOf } from './members.ts';
import { KeysOpener } from './open-keys.ts';
import type { Ranking } from './ranking.ts';
import type { Readers } from './readers.ts';
import { inPageOrder, inTiers, needsLooking, sortKeys, walkConditions, walkFound, walkKnown } from './reading.ts';
import type { SearchPlan } from './search-plan.ts';
import { mostSorted, type SortFacts, type Term } from './segments.ts';

/** Papers that are ranked by relevance at most. */
export const mostRanked = 10_000;

/** Papers that are read before they are put in order, at most: ten milliseconds. */
const mostKnown = 60_000;

/** What a result set is made from. */
export interface Search {
  plan: SearchPlan;
  /** None for relevance where there are words, else page order. */
  terms: readonly Term[];
  /** True when an order was asked for, though it may be the page's own. */
  isSorted: boolean;
  facts: SortFacts;
  ranking: Ranking;
  /** Results up to this size are ranked; in tests, fewer than {@link mostRanked}. */
  mostRanked: number;
  /** Results up to this size are sorted; see `mostSorted`. */
  mostSorted?: number;
  /** How long the first rows may take, in milliseconds, before fewer of them are an answer, too. */
  patience: number;
}

/** In what order a result set is; see `list.open` of the contract. */
export type ResultOrder = 'relevance' | 'title' | 'sort';

const noLimit = Number.POSITIVE_INFINITY;

/**
 * The keys of the papers that answered a search, in order, as they were when it was opened.
 * Read as far as needed; the rest follows in slices.
 */
export class ResultSet {
  /** What to mark in its rows, for `TextMarker`. */
  readonly marks: string | null;
  readonly order: ResultOrder;
  readonly #read = new KeyList();
  #found: KeySet | null = null;
  #total: number | null;
  #atLeast = 0;
  #reader: DatabaseSync | null;
  #rest: Iterator<readonly number[]> | null = null;
  readonly #budget = new Budget();
  readonly #readers: Readers;

  /**
   * @param search makes a plan with a connection, in a transaction
   * @param limit how many keys are read at once
   */
  constructor(readers: Readers, search: (database: DatabaseSync) => Search, limit: number, marks: string | null) {
    this.#readers = readers;
    this.marks = marks;
    const reader = readers.take();
    this.#reader = reader;
    this.#total = null;
    try {
      // One transaction, so that all statements see the same library. It sees a database as it is at
      // the first look into it, so both are looked into now.
      reader.exec('BEGIN');
      reader.prepare('SELECT EXISTS (SELECT 1 FROM papers), EXISTS (SELECT 1 FROM list)').get();
      const asked = search(reader);
      const { order, rest } = this.#begin(reader, asked);
      this.order = order;
      this.#rest = rest;
      this.#readFirst(limit, asked.patience);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** True when every key has been read. */
  get isRead(): boolean {
    return this.#reader === null;
  }

  /** True when its size is known. */
  get complete(): boolean {
    return this.#total !== null || this.isRead;
  }

  /** How many papers it holds, as far as they have been counted. */
  get total(): number {
    return this.#total ?? Math.max(this.#read.length, this.#atLeast);
  }

  /** Keys `[from, to)`. */
  keys(from: number, to: number): Float64Array {
    this.#advance(to);
    return this.#read.keys.subarray(from, to);
  }

  /** The first `limit` keys, as far as they have been read. */
  first(limit: number): Float64Array {
    return this.#read.keys.subarray(0, limit);
  }

  /**
   * Index of a key among those that have been read, or null.
   * @param from where to begin to look
   */
  readIndexOf(key: number, from = 0): number | null {
    const index = this.#read.keys.subarray(from).indexOf(key);
    return index < 0 ? null : from + index;
  }

  /** How many keys have been read. */
  get length(): number {
    return this.#read.length;
  }

  /** False when a key is not in the set, where that can be told without reading on. */
  mayHold(key: number): boolean {
    if (this.#reader === null || this.#found === null || isMerged(this.#found)) return true;
    return membersOf(this.#reader, this.#found, new Set([key])).size > 0;
  }

  /** Reads on for so many milliseconds. */
  readOn(milliseconds: number): void {
    this.#budget.allow(milliseconds);
    while (this.#rest !== null && !this.#budget.isSpent) this.#step();
    this.#budget.allow(noLimit);
  }

  /** Lets go of the library. Keys not read by then are not there. */
  close(): void {
    const reader = this.#reader;
    if (reader === null) return;
    this.#reader = null;
    this.#rest?.return?.();
    this.#rest = null;
    if (reader.isTransaction) reader.exec('COMMIT');
    this.#readers.giveBack(reader);
  }

  #begin(reader: DatabaseSync, search: Search): { order: ResultOrder; rest: Iterator<readonly number[]> } {
    const { plan, terms } = search;
    const order = search.isSorted || !plan.hasWords ? 'sort' : 'relevance';
    this.#total = plan.total;
    this.#found = plan.found;
    const inOrder = () => inPageOrder(new KeysOpener(reader, this.#budget).open(plan.found), this.#budget);
    if (plan.total === 0) return { order, rest: [].values() };
    if (order === 'relevance') {
      const found = this.#upTo(inOrder(), search.mostRanked, search.patience);
      if (found !== null) return { order, rest: [search.ranking.rank(plan, found)].values() };
      return { order: 'title', rest: inTiers(plan, reader, this.#budget) };
    }
    if (terms.length === 0) return { order, rest: inOrder() };
    return { order, rest: this.#sorted(reader, search, inOrder) };
  }

  #sorted(reader: DatabaseSync, search: Search, inOrder: () => Generator<number[]>): Iterator<readonly number[]> {
    const { plan, terms, facts } = search;
    const most = search.mostSorted ?? mostSorted(facts.counts.everything);
    if (plan.total === null || plan.total <= most) {
      const found = this.#upTo(inOrder(), most, search.patience);
      if (found !== null) return [sortKeys(reader, found, terms)].values();
    }
    if (plan.conditions && needsLooking(plan.conditions, terms)) {
      // To know all papers spares looking at each of them, where they are not too many.
      const found = this.#upTo(inOrder(), mostKnown, search.patience / 6);
      if (found !== null) return walkKnown(reader, found, terms, facts, most, this.#budget);
    }
    if (plan.conditions) return walkConditions(reader, plan.conditions, terms, facts, most, this.#budget);
    const keys = () => new KeysOpener(reader, this.#budget).open(plan.found);
    return walkFound(reader, plan.found, keys, terms, facts, most, this.#budget, (total) => {
      this.#total = total;
    });
  }

  /** All keys, ascending, or null when there are more than `most`, or it takes too long to find out. */
  #upTo(keys: Generator<number[]>, most: number, patience: number): number[] | null {
    const found: number[] = [];
    this.#budget.allow(6 * patience);
    for (const some of keys) {
      found.push(...some);
      this.#atLeast = found.length;
      if (found.length > most || this.#budget.isSpent) {
        this.#budget.allow(noLimit);
        return null;
      }
    }
    this.#budget.allow(noLimit);
    this.#total = found.length;
    return found;
  }

  /** Reads the first keys; where that takes long, at least one, but not for long either. */
  #readFirst(limit: number, patience: number): void {
    for (const [wanted, milliseconds] of [
      [limit, patience],
      [Math.min(limit, 1), 3 * patience],
    ] as const) {
      this.#budget.allow(milliseconds);
      while (this.#rest !== null && this.#read.length < wanted && !this.#budget.isSpent) this.#step();
    }
    this.#budget.allow(noLimit);
    this.#advance(0);
  }

  #advance(wanted: number): void {
    while (this.#rest !== null && this.#read.length < wanted) this.#step();
    if (this.#total !== null && this.#read.length >= this.#total) this.close();
  }

  #step(): void {
    const next = this.#rest?.next();
    if (!next) return;
    if (next.done) {
      this.#total = this.#read.length;
      this.close();
      return;
    }
    this.#read.add(next.value);
    if (this.#total !== null && this.#read.length >= this.#total) this.close();
  }
}
