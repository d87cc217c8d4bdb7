import type { Client } from '../../shared/client.ts';
import { failureOf } from '../../shared/outcome.ts';
import type { Paper, PaperId, Row } from '../../shared/paper.ts';
import type { IndexRange, Ranges } from '../state/ranges.ts';

/** Rows asked for at once, to know which papers come. */
const pageSize = 100;

/** Papers that are fetched before the reader comes to them: more than can be decided on in the time of one answer. */
const ahead = 6;

/** Papers behind the current one that are kept for going back. */
const behind = 30;

/** Requests for papers on their way at once. */
const mostInFlight = 4;

/** What papers are gone through: some rows of a result set, and the search text whose words are marked. */
export interface Round {
  result: number;
  ranges: Ranges;
  query: string;
}

/** What fetching papers stands on. */
export interface PapersAheadParts {
  client: Client;
  /** A row of the result set that the list has fetched already. */
  rowHere(index: number): Row | undefined;
  /** The stamp of a paper's note now; see `NoteSaver`. */
  stamp(id: PaperId): number;
  /** Told when something has come in that may be shown. */
  onChange(): void;
}

/** A paper as far as it has been fetched. */
export interface FetchedPaper {
  row: Row | null;
  paper: Paper | null;
  /** Why it could not be fetched, in plain words. */
  failure: string | null;
  /** Grows with every request; tells whether the paper was asked for before or after something happened. */
  asked: number;
  /** The stamp of its note from before it was asked for; see `NoteSaver`. */
  stamp: number;
}

const notFetched: FetchedPaper = { row: null, paper: null, failure: null, asked: 0, stamp: 0 };

/**
 * The papers of one round by their place in it, from 0, fetched a little before they are wanted, so
 * that the next one is there when the one before has been decided on. Costs the same for any number.
 */
export class PapersAhead {
  readonly #parts: PapersAheadParts;
  readonly #round: Round;
  /** How many places come before each range. */
  readonly #starts: number[] = [];
  readonly #pages = new Map<number, readonly Row[]>();
  readonly #pageFailures = new Map<number, string>();
  readonly #pagesInFlight = new Set<number>();
  readonly #papers = new Map<PaperId, { paper: Paper; asked: number; stamp: number; epoch: number }>();
  readonly #failures = new Map<PaperId, string>();
  readonly #inFlight = new Set<PaperId>();
  #at = 0;
  #asked = 0;
  /** Grows when papers may have changed. */
  #epoch = 0;
  #stopped = false;
  /** How many papers the round has. */
  readonly size: number;

  constructor(round: Round, parts: PapersAheadParts) {
    this.#parts = parts;
    this.#round = round;
    let size = 0;
    for (const [from, to] of round.ranges) {
      this.#starts.push(size);
      size += to - from;
    }
    this.size = size;
  }

  /** The index in the result set of a place in the round. */
  indexOf(place: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return (this.#round.ranges[low]?.[0] ?? 0) + place - (this.#starts[low] ?? 0);
  }

  /** Goes to a place: its paper is fetched first, then those after it. */
  goTo(place: number): void {
    this.#at = place;
    this.#forget();
    this.#fetch();
  }

  /** What is known of the paper at a place. */
  at(place: number): FetchedPaper {
    const row = this.#row(place);
    if (!row) {
      const failure = this.#pageFailures.get(this.#pageOf(place)) ?? null;
      return { ...notFetched, failure };
    }
    const known = this.#papers.get(row.id);
    const failure = this.#failures.get(row.id) ?? null;
    return { row, paper: known?.paper ?? null, failure, asked: known?.asked ?? 0, stamp: known?.stamp ?? 0 };
  }

  /** A number below that of every request from now on. */
  get lastAsked(): number {
    return this.#asked;
  }

  /** Says that papers may have changed. Those that are kept stay until they come anew. */
  expire(): void {
    this.#epoch += 1;
    this.#fetch();
  }

  /** Asks again for what could not be fetched. */
  retry(): void {
    this.#failures.clear();
    this.#pageFailures.clear();
    this.#fetch();
  }

  /** Ends: nothing more is asked, and answers on their way are dropped. */
  stop(): void {
    this.#stopped = true;
  }

  #pageOf(place: number): number {
    return Math.floor(this.indexOf(place) / pageSize);
  }

  #row(place: number): Row | undefined {
    if (place < 0 || place >= this.size) return undefined;
    const index = this.indexOf(place);
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize] ?? this.#parts.rowHere(index);
  }

  #fetch(): void {
    if (this.#stopped) return;
    const wanted = Array.from({ length: ahead + 1 }, (_, by) => this.#at + by).filter((place) => place < this.size);
    for (const place of wanted) {
      const row = this.#row(place);
      if (!row) void this.#fetchPage(this.#pageOf(place));
      // What changed is asked for again as it comes near; each decision is a change.
      else void this.#fetchPaper(row.id, place <= this.#at + 1);
    }
    // One step back is as quick as one on.
    const before = this.#row(this.#at - 1);
    if (before) void this.#fetchPaper(before.id, false);
  }

  async #fetchPage(page: number): Promise<void> {
    if (this.#pagesInFlight.has(page) || this.#pageFailures.has(page)) return;
    this.#pagesInFlight.add(page);
    try {
      const { result } = this.#round;
      const { rows } = await this.#parts.client.call('list.rows', { result, offset: page * pageSize, limit: pageSize });
      this.#pages.set(page, rows);
    } catch (error) {
      this.#pageFailures.set(page, failureOf(error).message);
    }
    this.#pagesInFlight.delete(page);
    this.#arrived();
  }

  async #fetchPaper(id: PaperId, fresh: boolean): Promise<void> {
    const known = this.#papers.get(id);
    if ((known && !(fresh && known.epoch < this.#epoch)) || this.#inFlight.has(id) || this.#failures.has(id)) return;
    if (this.#inFlight.size >= mostInFlight) return;
    this.#inFlight.add(id);
    this.#asked += 1;
    const asked = this.#asked;
    const epoch = this.#epoch;
    const stamp = this.#parts.stamp(id);
    try {
      const paper = await this.#parts.client.call('paper.get', { id, query: this.#round.query });
      this.#papers.set(id, { paper, asked, stamp, epoch });
    } catch (error) {
      this.#failures.set(id, failureOf(error).message);
    }
    this.#inFlight.delete(id);
    this.#arrived();
  }

  #arrived(): void {
    if (this.#stopped) return;
    this.#parts.onChange();
    this.#fetch();
  }

  /** Lets go of papers far behind; of those gone back from, ahead. */
  #forget(): void {
    if (this.#papers.size <= behind + ahead + mostInFlight) return;
    const kept = new Set<PaperId>();
    for (let place = this.#at - behind; place <= this.#at + ahead; place += 1) {
      const row = this.#row(place);
      if (row) kept.add(row.id);
    }
    for (const id of this.#papers.keys()) if (!kept.has(id)) this.#papers.delete(id);
  }
}

/**
 * What is left of some rows without some of them.
 * @param taken indices in ascending order
 */
export function leftOf(ranges: Ranges, taken: readonly number[]): Ranges {
  const left: IndexRange[] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    let start = from;
    for (let index = taken[next]; index !== undefined && index < to; next += 1, index = taken[next]) {
      if (index < start) continue;
      if (index > start) left.push([start, index]);
      start = index + 1;
    }
    if (start < to) left.push([start, to]);
  }
  return left;
}
