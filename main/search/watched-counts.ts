import type { DatabaseSync } from 'node:sqlite';
import type { Query } from '../../shared/query/query.ts';
import { clausesOf } from '../../shared/query/walk.ts';
import type { Counting } from './counting.ts';
import type { KeySet } from './key-set.ts';
import { isMerged, membersOf } from './members.ts';
import type { Readers } from './readers.ts';
import { Snapshot } from './snapshot.ts';

/** Papers changed since a count was right, up to which it is set right paper by paper. */
const mostTouched = 500;

/** Papers looked up at a time: a millisecond or two for words that are hard to look up. */
const lookedUpAtOnce = 16;

/** How long is counted in one slice, in milliseconds. */
const slice = 2;

/** How long a state may be kept waiting for counts to be set right, in milliseconds. */
const longestWait = 2;

/** How old a count of a query that speaks of spans of time may get, in milliseconds. */
const oldestSpan = 5 * 60_000;

/** What counts are worked out with. */
export interface Counter {
  /** Begins to count what a query finds, and tells which papers those are. */
  count(query: Query, now: number): { counting: Counting; found: KeySet };
  /** A way to tell, now or later, which papers queries find in the library as it is at this moment. */
  planner(): (database: DatabaseSync, query: Query, now: number) => KeySet;
}

interface Watched {
  readonly query: Query;
  /** Whether what the reader marks can change what it finds, and whether what the reader notes can. */
  readonly asks: { marks: boolean; notes: boolean; words: boolean; spans: boolean };
  /** What was counted last; null before that. */
  count: number | null;
  /** The papers counted, told as was right then. */
  found: KeySet;
  /** Whether it must be counted anew. */
  due: boolean;
  /** When it was counted, which spans of time are reckoned back from. */
  countedAt: number;
}

/** Papers that have changed since a moment, by key, and whether their notes have; and the library as it was then. */
interface Since {
  snapshot: Snapshot;
  touched: Map<number, boolean>;
}

/** A count that is being worked out, and the changes since that began. */
interface Underway {
  watched: Watched;
  counting: Counting;
  since: Since;
}

interface Advancing {
  watched: Watched;
  /** What it found before, and what it finds now; null while that is not known. */
  before: KeySet;
  after: KeySet | null;
  /** Papers that are still to be looked up. */
  keys: number[];
  difference: number;
}

/** Counts on their way from one moment to another. */
interface Advance {
  since: Since;
  now: Snapshot;
  plan: ReturnType<Counter['planner']>;
  /** Those that are still to be set right; the first is being worked on. */
  queue: Advancing[];
}

function asksOf(query: Query): Watched['asks'] {
  const clauses = clausesOf(query.where);
  const ofMarks = new Set(['status', 'starred', 'tag']);
  return {
    marks: clauses.some((clause) => {
      if (clause.kind === 'has') return clause.what === 'note' || clause.what === 'tag';
      return ofMarks.has(clause.kind) || (clause.kind === 'date' && clause.field === 'read');
    }),
    notes: clauses.some((clause) => clause.kind === 'text' && (clause.field === 'any' || clause.field === 'note')),
    words: clauses.some(({ kind }) => kind === 'text'),
    spans: clauses.some((clause) => clause.kind === 'date' && clause.range.kind === 'span'),
  };
}

/**
 * Keeps counting what queries find. A count is worked out in slices. After that, when marks
 * change, the papers that have changed are looked up before the change and after it, and the
 * difference is added; a `Snapshot` taken before the change lets that wait until there is time.
 */
export class WatchedCounts {
  readonly #readers: Readers;
  readonly #counter: Counter;
  readonly #clock: () => number;
  #ids = new Map<string, string>();
  /** By the query as JSON. */
  #all = new Map<string, Watched>();
  /** Changes that known counts do not show yet. */
  #since: Since | null = null;
  #advance: Advance | null = null;
  #counting: Underway | null = null;
  #hasNews = false;

  constructor(readers: Readers, counter: Counter, clock: () => number = Date.now) {
    this.#readers = readers;
    this.#counter = counter;
    this.#clock = clock;
  }

  /** Counts these from now on and no others. */
  watch(queries: readonly { id: string; query: Query }[]): void {
    const before = this.#all;
    this.#ids = new Map();
    this.#all = new Map();
    for (const { id, query } of queries) {
      const key = JSON.stringify(query.where);
      this.#ids.set(id, key);
      const found: KeySet = { kind: 'none' };
      const made = { query, asks: asksOf(query), count: null, found, due: true, countedAt: 0 };
      this.#all.set(key, before.get(key) ?? made);
    }
    const isKept = (watched: Watched) => [...this.#all.values()].includes(watched);
    if (this.#counting && !isKept(this.#counting.watched)) this.#stopCounting();
    if (this.#advance) this.#advance.queue = this.#advance.queue.filter(({ watched }) => isKept(watched));
  }

  /** The counts by id, null for what is not known yet. Sets right what can be in no time at all. */
  counts(): Record<string, number | null> {
    const start = performance.now();
    while ((this.#since || this.#advance) && performance.now() - start < longestWait) this.goOn();
    const oldest = this.#clock() - oldestSpan;
    for (const watched of this.#all.values()) {
      if (watched.asks.spans && watched.countedAt < oldest) watched.due = true;
    }
    // Whoever asks is told with this.
    this.#hasNews = false;
    const entries = [...this.#ids].map(([id, key]) => [id, this.#all.get(key)?.count ?? null] as const);
    return Object.fromEntries(entries);
  }

  /** To be called before marks are changed. */
  beforeChange(): void {
    const isKnown = (watched: Watched) => !watched.due && (watched.asks.marks || watched.asks.notes);
    if (this.#since === null && [...this.#all.values()].some(isKnown)) this.#since = this.#begin();
  }

  /** To be called when marks have been changed. @param touched the papers by key, and whether their notes may have changed */
  changed(touched: ReadonlyMap<number, boolean>): void {
    for (const since of [this.#since, this.#counting?.since]) {
      for (const [key, renoted] of touched) since?.touched.set(key, renoted || (since.touched.get(key) ?? false));
    }
    const isTooMuch = (since: Since | null | undefined) => since && since.touched.size > mostTouched;
    if (isTooMuch(this.#counting?.since)) this.#stopCounting();
    if (isTooMuch(this.#since)) this.#recount(({ asks }) => asks.marks || asks.notes);
  }

  /** To be called when papers have come, gone or changed: everything is counted anew. */
  recount(): void {
    this.#stopCounting();
    this.#recount(() => true);
  }

  /** True once after a count has changed by itself. */
  takeNews(): boolean {
    const hasNews = this.#hasNews;
    this.#hasNews = false;
    return hasNews;
  }

  /** Does a little of what is left to do. Returns whether more is left. */
  goOn(): boolean {
    try {
      return this.#step();
    } catch (error) {
      this.recount();
      throw error;
    }
  }

  close(): void {
    this.watch([]);
    this.recount();
  }

  #begin(): Since {
    return { snapshot: new Snapshot(this.#readers), touched: new Map() };
  }

  #recount(isMeant: (watched: Watched) => boolean): void {
    this.#endAdvance();
    this.#since?.snapshot.close();
    this.#since = null;
    for (const watched of this.#all.values()) if (isMeant(watched)) watched.due = true;
  }

  #stopCounting(): void {
    this.#counting?.counting.close();
    this.#counting?.since.snapshot.close();
    this.#counting = null;
  }

  #endAdvance(): void {
    this.#advance?.now.close();
    this.#advance?.since.snapshot.close();
    this.#advance = null;
  }

  /** Changes first, as they concern counts that are shown. */
  #step(): boolean {
    if (this.#advance) this.#advanceOn(this.#advance);
    else if (this.#since) {
      const since = this.#since;
      this.#since = null;
      const known = [...this.#all.values()].filter(({ due }) => !due);
      this.#startAdvance(since, known);
    } else if (this.#counting) this.#countOn(this.#counting);
    else {
      const next = [...this.#all.values()].find(({ due }) => due);
      if (!next) return false;
      this.#startCounting(next);
    }
    return true;
  }

  #startCounting(watched: Watched): void {
    // Nothing comes between: what is counted is what the snapshot shows.
    const since = this.#begin();
    try {
      const countedAt = this.#clock();
      const { counting, found } = this.#counter.count(watched.query, countedAt);
      watched.found = found;
      watched.countedAt = countedAt;
      this.#counting = { watched, counting, since };
    } catch (error) {
      since.snapshot.close();
      throw error;
    }
  }

  #countOn({ watched, counting, since }: Underway): void {
    counting.readOn(slice);
    const { total } = counting;
    if (total === null) return;
    this.#counting = null;
    this.#hasNews ||= watched.count !== total;
    watched.count = total;
    watched.due = false;
    this.#startAdvance(since, [watched]);
  }

  #startAdvance(since: Since, known: readonly Watched[]): void {
    const { touched } = since;
    const isRenoted = [...touched.values()].some(Boolean);
    const concerned = known.filter(({ asks }) => touched.size > 0 && (asks.marks || (asks.notes && isRenoted)));
    for (const watched of concerned) watched.due ||= isMerged(watched.found);
    const queue = concerned.filter(({ due }) => !due);
    if (queue.length === 0) {
      since.snapshot.close();
      return;
    }
    const now = new Snapshot(this.#readers);
    this.#advance = { since, now, plan: this.#counter.planner(), queue: [] };
    // Those that take longest come last, when nobody may be waiting any more.
    for (const watched of queue.toSorted((one, other) => Number(one.asks.words) - Number(other.asks.words))) {
      const { found: before } = watched;
      this.#advance.queue.push({ watched, before, after: null, keys: [...touched.keys()], difference: 0 });
    }
  }

  #advanceOn(advance: Advance): void {
    const [first] = advance.queue;
    if (!first) {
      this.#endAdvance();
      return;
    }
    const { watched, before, keys } = first;
    const { database } = advance.now;
    first.after ??= advance.plan(database, watched.query, watched.countedAt);
    watched.found = first.after;
    const some = new Set(keys.splice(0, lookedUpAtOnce));
    first.difference += membersOf(database, first.after, some).size;
    first.difference -= membersOf(advance.since.snapshot.database, before, some).size;
    if (keys.length > 0) return;
    advance.queue.shift();
    if (advance.queue.length === 0) this.#endAdvance();
    if (watched.due || first.difference === 0) return;
    watched.count = (watched.count ?? 0) + first.difference;
    this.#hasNews = true;
  }
}
