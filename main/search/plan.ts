import { type Status, statuses } from '../../shared/paper.ts';
import type { Clause, Query } from '../../shared/query.ts';
import { type MatchExpression, matchExpression } from './match-expression.ts';
import type { WordForms } from './word-forms.ts';

/** A value bound to a `?`. */
export type Parameter = string | number;

/** A condition on a row of `list` (as `l`), in SQL, with what is known of how many papers it holds for. */
export interface Condition {
  sql: string;
  parameters: Parameter[];
  /** How many papers it holds for, when that is counted. */
  count: number | null;
  /** How to go straight to these papers, in page order, instead of looking at all. */
  driver: Driver | null;
}

/** Where to read papers from: the `FROM` and `WHERE` that stand for one condition, `l` included. */
export interface Driver {
  from: string;
  /** The column of `from` that holds the paper's key, in the order of which it is read. */
  key: string;
  where: string;
  parameters: Parameter[];
  /** The papers it yields, at most. */
  count: number;
}

/** What a list of queries asks for: papers that meet every condition and match the words. */
export interface Plan {
  conditions: Condition[];
  match: MatchExpression;
  /** Papers in the library. */
  library: number;
  /** The size of the result, when it is known without looking. */
  total: number | null;
}

/** What the planner needs to know of the library; each answer costs the same at any size. */
export interface LibraryFacts {
  counts: Record<Status | 'starred' | 'noted' | 'everything', number>;
  tags: readonly { name: string; count: number }[];
  sources: readonly { id: number; name: string; count: number }[];
  /** Key of the paper with this id, or null. */
  keyOf(id: string): number | null;
}

const nothing: Condition = {
  sql: 'FALSE',
  parameters: [],
  count: 0,
  driver: { from: 'list l', key: 'l.paper', where: 'FALSE', parameters: [], count: 0 },
};

/** The condition that a paper's status is one of these, given by number. */
export function statusCondition(wanted: readonly number[], facts: Pick<LibraryFacts, 'counts'>): Condition {
  if (wanted.length === 0) return nothing;
  const count = wanted.reduce((sum, number) => sum + facts.counts[statuses[number] ?? 'unread'], 0);
  const sql = wanted.length === 1 ? `l.status = ${wanted[0]}` : `l.status IN (${wanted.join(', ')})`;
  return {
    sql,
    parameters: [],
    count,
    driver: { from: 'list l INDEXED BY list_status', key: 'l.paper', where: sql, parameters: [], count },
  };
}

/** The condition that a flag of `list` is set, or is not. */
export function flagCondition(flag: 'starred' | 'noted', set: boolean, facts: Pick<LibraryFacts, 'counts'>): Condition {
  const count = facts.counts[flag];
  if (!set) return { sql: `l.${flag} = 0`, parameters: [], count: facts.counts.everything - count, driver: null };
  const sql = `l.${flag} = 1`;
  return {
    sql,
    parameters: [],
    count,
    driver: { from: `list l INDEXED BY list_${flag}`, key: 'l.paper', where: sql, parameters: [], count },
  };
}

/** Papers that stand in a table of pairs (a tag or source, a paper) beside one of `values`. */
function memberCondition(
  table: 'paper_tags' | 'appearances',
  column: 'tag' | 'source',
  values: readonly { value: Parameter; count: number }[],
): Condition {
  if (values.length === 0) return nothing;
  const parameters = values.map(({ value }) => value);
  const [only] = values;
  if (values.length === 1 && only) {
    return {
      sql: `EXISTS (SELECT 1 FROM ${table} m WHERE m.${column} = ? AND m.paper = l.paper)`,
      parameters,
      count: only.count,
      driver: {
        from: `${table} m CROSS JOIN list l ON l.paper = m.paper`,
        key: 'm.paper',
        where: `m.${column} = ?`,
        parameters,
        count: only.count,
      },
    };
  }
  const sql = `l.paper IN (SELECT m.paper FROM ${table} m WHERE m.${column} IN (${values.map(() => '?').join(', ')}))`;
  const most = values.reduce((sum, { count }) => sum + count, 0);
  return {
    sql,
    parameters,
    count: null,
    driver: { from: 'list l', key: 'l.paper', where: sql, parameters, count: most },
  };
}

function negate(condition: Condition, library: number): Condition {
  return {
    sql: `NOT (${condition.sql})`,
    parameters: condition.parameters,
    count: condition.count === null ? null : library - condition.count,
    driver: null,
  };
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function tagCondition(tag: string, facts: LibraryFacts): Condition {
  const exact = facts.tags.filter(({ name }) => name === tag);
  const matching = exact.length > 0 ? exact : facts.tags.filter(({ name }) => fold(name) === fold(tag));
  return memberCondition(
    'paper_tags',
    'tag',
    matching.map(({ name, count }) => ({ value: name, count })),
  );
}

function sourceCondition(source: string, facts: LibraryFacts): Condition {
  const byNumber = /^\d{1,15}$/.test(source) ? facts.sources.filter(({ id }) => id === Number(source)) : [];
  const matching =
    byNumber.length > 0 ? byNumber : facts.sources.filter(({ name }) => fold(name).includes(fold(source)));
  return memberCondition(
    'appearances',
    'source',
    matching.map(({ id, count }) => ({ value: id, count })),
  );
}

function idCondition(id: string, facts: LibraryFacts): Condition {
  const key = facts.keyOf(id);
  if (key === null) return nothing;
  const driver = { from: 'list l', key: 'l.paper', where: 'l.paper = ?', parameters: [key], count: 1 };
  return { sql: 'l.paper = ?', parameters: [key], count: 1, driver };
}

function conditionOf(clause: Exclude<Clause, { kind: 'text' }>, facts: LibraryFacts): Condition {
  switch (clause.kind) {
    case 'status': {
      const named = (status: Status) => clause.statuses.includes(status);
      const wanted = statuses.flatMap((status, number) => (named(status) === clause.negated ? [] : [number]));
      return statusCondition(wanted, facts);
    }
    case 'starred':
      return flagCondition('starred', !clause.negated, facts);
    case 'note':
      return flagCondition('noted', !clause.negated, facts);
    case 'hasAbstract':
      return { sql: `l.has_abstract = ${Number(!clause.negated)}`, parameters: [], count: null, driver: null };
    case 'tag':
    case 'source':
    case 'id': {
      const condition =
        clause.kind === 'tag'
          ? tagCondition(clause.tag, facts)
          : clause.kind === 'source'
            ? sourceCondition(clause.source, facts)
            : idCondition(clause.id, facts);
      return clause.negated ? negate(condition, facts.counts.everything) : condition;
    }
  }
}

/** Works out what queries ask for, all of which must hold. */
export function makePlan(queries: readonly Query[], facts: LibraryFacts, forms: WordForms): Plan {
  const match = matchExpression(queries, forms);
  const library = facts.counts.everything;
  const conditions = new Map<string, Condition>();
  const add = (condition: Condition) => {
    // Two clauses that say the same are one; one that holds for all is none.
    if (condition.count === null || condition.count < library || library === 0) {
      conditions.set(JSON.stringify([condition.sql, condition.parameters]), condition);
    }
  };
  for (const clause of queries.flatMap(({ clauses }) => clauses)) {
    if (clause.kind !== 'text') add(conditionOf(clause, facts));
  }
  if (match.unwanted !== null) {
    const sql = 'l.paper NOT IN (SELECT rowid FROM search WHERE search MATCH ?)';
    add({ sql, parameters: [match.unwanted], count: null, driver: null });
  }
  return withTotal({ conditions: [...conditions.values()], match, library, total: null });
}

function withTotal(plan: Plan): Plan {
  const { conditions, match, library } = plan;
  if (conditions.some(({ count }) => count === 0)) return { ...plan, total: 0 };
  if (match.wanted !== null || conditions.length > 1) return { ...plan, total: null };
  const [only] = conditions;
  return { ...plan, total: only ? only.count : library };
}

/** The same plan with one more condition. */
export function narrow(plan: Plan, condition: Condition): Plan {
  return withTotal({ ...plan, conditions: [...plan.conditions, condition] });
}
