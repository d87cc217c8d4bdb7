import type { DatabaseSync } from 'node:sqlite';
import type { Condition } from './conditions.ts';
import { KeyList } from './key-list.ts';
import { type KeySet, without } from './key-set.ts';
import { type Budget, includesKey, type Keys } from './keys.ts';
import { isMerged, membersOf } from './members.ts';
import { KeysOpener } from './open-keys.ts';
import type { SearchPlan } from './search-plan.ts';
import {
  isAbout,
  type Segment,
  type SortFacts,
  segments,
  sortGiven,
  type Term,
  type WalkedCondition,
} from './segments.ts';

/**
 * Keys of papers in the order that was asked for, a few at a time. Some may be none: then there is
 * time for something else.
 */
export type Reading = Iterable<readonly number[]>;

/** Keys handed on at a time. */
const handful = 256;
/** Papers of a sorted index that are looked at at a time, at first and at most. */
const firstStretch = 64;
const longestStretch = 1024;
/** A stretch that takes more milliseconds than this was too long. */
const longest = 1;
/** Stretches of which each paper is looked up by itself: ten milliseconds. */
const stretchesLookedUp = 3;

/** Reads a set in page order. */
export function* inPageOrder(keys: Keys, budget: Budget): Generator<number[], void> {
  let some: number[] = [];
  try {
    for (let from = 1; ; ) {
      const next = keys.seek(from);
      if (budget.isSpent) {
        // It is looked for again from there: what was answered is only a bound.
        from = next;
        yield some;
        some = [];
      } else if (next === Number.POSITIVE_INFINITY) break;
      else {
        some.push(next);
        from = next + 1;
        if (some.length === handful) {
          yield some;
          some = [];
        }
      }
    }
  } finally {
    keys.close();
  }
  if (some.length > 0) yield some;
}

/** Reads sets one after the other, each in page order: the prominent part of a set, then the rest. */
export function* inTiers(plan: SearchPlan, database: DatabaseSync, budget: Budget): Generator<readonly number[], void> {
  const open = (set: KeySet) => new KeysOpener(database, budget).open(set);
  yield* inPageOrder(open(plan.prominent), budget);
  if (plan.prominent !== plan.found) yield* inPageOrder(open(without(plan.found, plan.prominent)), budget);
}

/** Sorts papers that are known. */
export function sortKeys(database: DatabaseSync, keys: readonly number[], terms: readonly Term[]): number[] {
  const base = keys[0] ?? 0;
  const row = database
    .prepare(`SELECT json_group_array(paper - ${base}) AS offsets FROM (${sortGiven(terms)})`)
    .get(JSON.stringify(keys));
  return (JSON.parse(String(row?.['offsets'])) as number[]).map((offset) => base + offset);
}

function* fetched(database: DatabaseSync, parts: Iterable<Segment>): Generator<number, void, void> {
  for (const { sql, parameters } of parts) {
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    for (const row of statement.iterate(...parameters)) yield (row as unknown as [number])[0];
  }
}

/** Leaves those out of some papers for which a condition does not hold; what is left stays in order. */
function filterBy(database: DatabaseSync, conditions: readonly WalkedCondition[]): (keys: number[]) => number[] {
  if (conditions.length === 0) return (keys) => keys;
  const all = conditions.map(({ sql }) => `(${sql})`).join(' AND ');
  const statement = database.prepare(`
    SELECT json_group_array(paper) AS keys FROM (
      SELECT l.paper FROM json_each(?) g CROSS JOIN list l ON l.paper = g.value WHERE ${all} ORDER BY g.key)`);
  const parameters = conditions.flatMap((condition) => condition.parameters);
  return (keys) => JSON.parse(String(statement.get(JSON.stringify(keys), ...parameters)?.['keys'])) as number[];
}

/** The next few of some keys. */
function taken(keys: Iterator<number, void>, length: number): number[] {
  const some: number[] = [];
  while (some.length < length) {
    const next = keys.next();
    if (next.done) break;
    some.push(next.value);
  }
  return some;
}

function* walk(
  keys: Iterator<number, void>,
  keep: (keys: number[]) => number[],
  budget: Budget,
): Generator<number[], void> {
  try {
    for (let length = firstStretch, isLeft = true; isLeft; ) {
      const started = performance.now();
      const kept = budget.spend(() => {
        const stretch = taken(keys, length);
        isLeft = stretch.length === length;
        return keep(stretch);
      });
      const isQuick = performance.now() - started < longest;
      length = isQuick ? Math.min(length * 2, longestStretch) : Math.max(length / 2, firstStretch);
      yield kept;
    }
  } finally {
    keys.return?.();
  }
}

/** Which of the conditions the walk itself is best made by, and which are looked at on the way. */
function split(
  conditions: readonly Condition[],
  terms: readonly Term[],
): { by: readonly Condition[]; looked: readonly Condition[] } {
  const [only] = conditions;
  const isBest = (condition: Condition) =>
    isAbout(condition, terms[0]?.field) ||
    (conditions.length === 1 ? only?.rows !== null : /^l\.status = \d$/.test(condition.sql));
  return { by: conditions.filter(isBest), looked: conditions.filter((condition) => !isBest(condition)) };
}

/** True when papers would have to be looked at one by one for some of the conditions while an index is walked. */
export function needsLooking(conditions: readonly Condition[], terms: readonly Term[]): boolean {
  return split(conditions, terms).looked.length > 0;
}

/** Reads known papers by walking an index of the whole library in its order. */
export function walkKnown(
  database: DatabaseSync,
  known: ArrayLike<number>,
  terms: readonly Term[],
  facts: SortFacts,
  most: number,
  budget: Budget,
): Generator<number[], void> {
  const keep = (keys: number[]) => keys.filter((key) => includesKey(known, key));
  return walk(fetched(database, segments([], terms, facts, most)), keep, budget);
}

/** Reads papers that meet conditions by walking an index in its order. */
export function walkConditions(
  database: DatabaseSync,
  conditions: readonly Condition[],
  terms: readonly Term[],
  facts: SortFacts,
  most: number,
  budget: Budget,
): Generator<number[], void> {
  const { by, looked } = split(conditions, terms);
  return walk(fetched(database, segments(by, terms, facts, most)), filterBy(database, looked), budget);
}

/**
 * Reads what words find, too much to sort it, by walking an index of the whole library in its order.
 * The first papers of the index are looked up one by one; before the rest of it, all that is found
 * is read, which is quicker in the end.
 * @param keys reads what is found, in page order
 * @param onRead is told how many papers those are
 */
export function* walkFound(
  database: DatabaseSync,
  found: KeySet,
  keys: () => Keys,
  terms: readonly Term[],
  facts: SortFacts,
  most: number,
  budget: Budget,
  onRead: (total: number) => void,
): Generator<readonly number[], void> {
  const walked = fetched(database, segments([], terms, facts, most));
  let known: Float64Array | null = null;
  const keep = (some: number[]): number[] => {
    if (known !== null) {
      const all = known;
      return some.filter((key) => includesKey(all, key));
    }
    const members = membersOf(database, found, new Set(some));
    return some.filter((key) => members.has(key));
  };
  try {
    for (let looked = 0; looked < stretchesLookedUp && !isMerged(found); looked += 1) {
      yield budget.spend(() => keep(taken(walked, firstStretch)));
    }
    const all = new KeyList();
    for (const some of inPageOrder(keys(), budget)) {
      all.add(some);
      if (budget.isSpent) yield [];
    }
    known = all.keys;
    onRead(known.length);
    yield* walk(walked, keep, budget);
  } finally {
    walked.return();
  }
}
