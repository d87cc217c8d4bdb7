import { statuses } from '../../shared/paper.ts';
import type { Expression } from '../../shared/query/query.ts';
import { clausesOf, wantedClauses } from '../../shared/query/walk.ts';
import { type Condition, conditionOf, type LibraryFacts, oppositeOf } from './conditions.ts';
import {
  allTold,
  anyTold,
  common,
  every,
  type KeySet,
  none,
  opposite,
  setOf,
  type Told,
  united,
  without,
} from './key-set.ts';
import { hasText, type TextClause, type TextSearch } from './match-expression.ts';

/** What must be known in order to plan a search. */
export interface PlanningFacts {
  library: LibraryFacts;
  texts: TextSearch;
  /** The moment that spans of time are reckoned back from, in milliseconds since 1970. */
  now: number;
  /** Does any paper stand in this set? */
  isAny(set: KeySet): boolean;
}

/** How to answer a search. */
export interface SearchPlan {
  /** What is found. */
  found: KeySet;
  /** Those of them that would be found, too, if words had to stand in the title or the note. */
  prominent: KeySet;
  /** Those that are asked for by their ids; null when none are. */
  named: KeySet | null;
  /** True when there are words to rank by. */
  hasWords: boolean;
  /**
   * The wanted clauses about words that may stand in the paper itself; `all` of them must hold, or any.
   * `whole` says that nothing else is asked.
   */
  ranking: { clauses: readonly TextClause[]; all: boolean; whole: boolean };
  /** Papers in the notes of which wanted words stand. */
  noted: KeySet;
  /** The conditions, all of which must hold, when there are no words; else null. */
  conditions: readonly Condition[] | null;
  /** How many are found, when that is known without looking. */
  total: number | null;
}

/**
 * The same without what says nothing: clauses about words that have none. Null when nothing is left.
 */
function meaningful(expression: Expression): Expression | null {
  switch (expression.kind) {
    case 'text':
      return hasText(expression) ? expression : null;
    case 'not': {
      const of = meaningful(expression.of);
      if (of?.kind === 'not') return of.of;
      // A status is one of the others when it is not one of these.
      if (of?.kind === 'status') return { ...of, statuses: statuses.filter((status) => !of.statuses.includes(status)) };
      return of && { kind: 'not', of };
    }
    case 'and':
    case 'or': {
      const { kind } = expression;
      const left = expression.of.map(meaningful).filter((part) => part !== null);
      if (left.length === 0) return expression.of.length === 0 ? expression : null;
      const of = left.flatMap((part) => (part.kind === kind ? part.of : [part]));
      return of.length === 1 ? (of[0] ?? null) : { kind, of };
    }
    default:
      return expression;
  }
}

/** Works out which papers an expression is about. @param words what a clause about words is about */
function toldOf(
  expression: Expression,
  words: (clause: TextClause, isWanted: boolean) => KeySet,
  facts: PlanningFacts,
  isWanted = true,
): Told {
  switch (expression.kind) {
    case 'and':
      return allTold(expression.of.map((part) => toldOf(part, words, facts, isWanted)));
    case 'or':
      return anyTold(expression.of.map((part) => toldOf(part, words, facts, isWanted)));
    case 'not':
      return opposite(toldOf(expression.of, words, facts, !isWanted));
    case 'text':
      return { set: words(expression, isWanted), isOpposite: false };
    default: {
      const { set } = conditionOf(expression, facts.library, facts.now);
      if (set === every) return { set: none, isOpposite: true };
      return set.kind === 'without' && set.all === every
        ? { set: set.but, isOpposite: true }
        : { set, isOpposite: false };
    }
  }
}

/** An expression without words, as one condition. */
function wholeCondition(expression: Expression, facts: PlanningFacts): Condition {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const parts = expression.of.map((part) => wholeCondition(part, facts));
      const operator = expression.kind === 'and' ? ' AND ' : ' OR ';
      const sets = parts.map(({ set }) => set);
      return {
        sql: parts.length === 0 ? String(expression.kind === 'and') : parts.map(({ sql }) => `(${sql})`).join(operator),
        parameters: parts.flatMap(({ parameters }) => parameters),
        set: expression.kind === 'and' ? common(sets) : united(sets),
        count: null,
        rows: null,
      };
    }
    case 'not':
      return oppositeOf(wholeCondition(expression.of, facts), facts.library);
    case 'text':
      throw new Error('words are no condition');
    default:
      return conditionOf(expression, facts.library, facts.now);
  }
}

/** Conditions that must all hold. Two that say the same are one; one that holds for all is none. */
function conditionsOf(expression: Expression, facts: PlanningFacts): Condition[] {
  const { everything } = facts.library.counts;
  const parts = expression.kind === 'and' ? expression.of : [expression];
  const conditions = new Map<string, Condition>();
  for (const part of parts) {
    const condition = wholeCondition(part, facts);
    if (condition.count !== null && condition.count >= everything && everything > 0) continue;
    conditions.set(JSON.stringify([condition.sql, condition.parameters]), condition);
  }
  return [...conditions.values()];
}

function totalOf(conditions: readonly Condition[], { counts }: LibraryFacts): number | null {
  if (conditions.some(({ count }) => count === 0)) return 0;
  const [only] = conditions;
  if (!only) return counts.everything;
  return conditions.length === 1 ? only.count : null;
}

/** Plans a search without words. */
function planConditions(expression: Expression, facts: PlanningFacts): SearchPlan {
  const conditions = conditionsOf(expression, facts);
  const total = totalOf(conditions, facts.library);
  const found = setOf(toldOf(expression, () => every, facts));
  const ranking = { clauses: [], all: true, whole: false };
  return { found, prominent: found, named: null, hasWords: false, ranking, noted: none, conditions, total };
}

/**
 * Plans a search.
 *
 * A word without a field may stand in the paper or in the reader's note, which are two indices.
 * Notes that have any of the words are few: without them, the index of papers answers alone; only
 * the papers of those notes are looked at word by word.
 */
export function planSearch(where: Expression, facts: PlanningFacts): SearchPlan {
  const expression = meaningful(where) ?? { kind: 'and', of: [] };
  const texts = clausesOf(expression).filter((clause) => clause.kind === 'text');
  if (texts.length === 0) return planConditions(expression, facts);
  const search = facts.texts;
  const memo = new Map<string, KeySet>();
  const remember = (name: string, clause: TextClause, make: () => KeySet) => {
    const key = JSON.stringify([name, clause]);
    const set = memo.get(key) ?? make();
    memo.set(key, set);
    return set;
  };
  const papers = (clause: TextClause) => remember('paper', clause, () => search.inPapers(clause));
  const notes = (clause: TextClause) => remember('note', clause, () => search.inNotes(clause));
  const titles = (clause: TextClause) =>
    clause.field === 'any' ? remember('title', clause, () => search.inPapers(clause, 'title')) : papers(clause);
  const ifWanted = (clause: TextClause, isWanted: boolean) => (isWanted ? titles(clause) : papers(clause));

  const allWanted = wantedClauses(expression);
  const isRulingOut = texts.some((clause) => !allWanted.includes(clause));
  const inNotes = united(texts.map(notes));
  const isNoted = inNotes.kind !== 'none' && facts.isAny(inNotes);
  const find = (words: (clause: TextClause, isWanted: boolean) => KeySet): KeySet => {
    const alone = setOf(toldOf(expression, words, facts));
    if (!isNoted) return alone;
    const either = (clause: TextClause, isWanted: boolean) => united([words(clause, isWanted), notes(clause)]);
    const withNotes = common([inNotes, setOf(toldOf(expression, either, facts))]);
    // A word more, in a note, rules a paper out only where words are ruled out.
    return united([isRulingOut ? without(alone, inNotes) : alone, withNotes]);
  };

  const named = allWanted.filter((clause) => clause.kind === 'id');
  const wanted = allWanted.filter((clause) => clause.kind === 'text');
  const ofPapers = wanted.filter(({ field }) => field !== 'note');
  const parts = expression.kind === 'and' ? expression.of : [expression];
  const wantedNotes = united(wanted.map(notes));
  return {
    found: find(papers),
    prominent: find(ifWanted),
    named: named.length === 0 ? null : united(named.map((clause) => conditionOf(clause, facts.library, facts.now).set)),
    hasWords: wanted.length > 0,
    ranking: {
      clauses: ofPapers,
      all: ofPapers.every((clause) => parts.includes(clause)),
      whole: !isNoted && ofPapers.length === parts.length && parts.every(({ kind }) => kind === 'text'),
    },
    noted: isNoted ? wantedNotes : none,
    conditions: null,
    total: null,
  };
}
