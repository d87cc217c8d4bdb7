import { statuses } from '../../shared/paper.ts';
import type { ColumnId, Sort } from '../../shared/settings.ts';
import {
  type Condition,
  type Driver,
  flagCondition,
  type LibraryFacts,
  narrow,
  type Parameter,
  type Plan,
  statusCondition,
} from './plan.ts';

/**
 * One part of a result: a statement that yields the keys of its papers, as `paper`, in order. A result is its
 * segments one after the other, and each is read from an index where it can be, so that the first
 * rows of a sorted view come at once at any size.
 */
export interface Segment {
  sql: string;
  parameters: Parameter[];
}

/** What the sorter needs to know of the library beside what the planner does. */
export interface SortFacts extends Pick<LibraryFacts, 'counts'> {
  /** The sources by name; those of the same name together, with how many papers they hold at most. */
  sourcesByName: readonly { ids: readonly number[]; count: number }[];
}

interface Facts extends SortFacts {
  mostSorted: number;
}

/** How a word in the title, the authors and the abstract weighs in ranking. */
const ranking = 'bm25(search, 10.0, 5.0, 1.0)';

/**
 * Results up to this size are sorted as they are. Above it, walking an index until a screenful is
 * found costs less: of `n` papers that match among `library`, about `200 * library / n` are passed.
 */
function mostSorted(library: number): number {
  return Math.max(2000, Math.sqrt(200 * library));
}

interface Term {
  field: ColumnId;
  desc: boolean;
}

/** What a column sorts by. A missing value (NULL) stands last in both directions. */
const expressions: Record<ColumnId, { sql: string; nullable: boolean }> = {
  order: { sql: 'l.paper', nullable: false },
  status: { sql: 'l.status', nullable: false },
  starred: { sql: 'l.starred', nullable: false },
  note: { sql: 'l.noted', nullable: false },
  title: { sql: 'p.title_key', nullable: false },
  added: { sql: 'p.added_at', nullable: false },
  authors: { sql: 'p.authors_key', nullable: true },
  published: { sql: 'p.published', nullable: true },
  source: {
    sql: "coalesce((SELECT name_key FROM sources WHERE sources.id = nullif(l.source, 0)), '')",
    nullable: false,
  },
  tags: { sql: 'l.tags_key', nullable: true },
  changed: { sql: 'l.changed_at', nullable: true },
};

const paperIndex = {
  title: 'papers_title',
  added: 'papers_added',
  authors: 'papers_authors',
  published: 'papers_published',
};

function ofPaper(field: ColumnId): field is keyof typeof paperIndex {
  return field in paperIndex;
}

/** @param key the column to read the page order from, which every order ends with: it has no ties */
function orderBy(terms: readonly Term[], key: string): string {
  const parts = terms.map(({ field, desc }) => {
    const { sql, nullable } = expressions[field];
    const by = field === 'order' ? key : sql;
    return `${nullable ? `${by} IS NULL, ` : ''}${by}${desc ? ' DESC' : ''}`;
  });
  return (terms.at(-1)?.field === 'order' ? parts : [...parts, key]).join(', ');
}

const joinPapers = ' CROSS JOIN papers p ON p.key = l.paper';

function select(from: string, where: readonly string[], order: string, parameters: Parameter[]): Segment {
  const key = from.startsWith('papers p') ? 'p.key' : 'l.paper';
  return { sql: `SELECT ${key} AS paper FROM ${from} WHERE ${where.join(' AND ')} ORDER BY ${order}`, parameters };
}

function cheapestDriver(plan: Plan): { driver: Driver; rest: Condition[] } {
  let best: Condition | null = null;
  for (const condition of plan.conditions) {
    if (condition.driver && (best?.driver?.count ?? plan.library) >= condition.driver.count) best = condition;
  }
  const driver = best?.driver ?? { from: 'list l', key: 'l.paper', where: 'TRUE', parameters: [], count: plan.library };
  return { driver, rest: plan.conditions.filter((condition) => condition !== best) };
}

/** Reads the cheapest condition's papers and sorts them. In page order, that is no work at all. */
function sorted(plan: Plan, terms: readonly Term[]): Segment {
  const { driver, rest } = cheapestDriver(plan);
  const papers = terms.some(({ field }) => ofPaper(field)) ? joinPapers : '';
  return select(driver.from + papers, [driver.where, ...rest.map(({ sql }) => sql)], orderBy(terms, driver.key), [
    ...driver.parameters,
    ...rest.flatMap(({ parameters }) => parameters),
  ]);
}

/** Walks an index in its order, looking at each paper's conditions on the way. */
function walked(plan: Plan, from: string, where: string, order: string): Segment {
  const conditions = plan.conditions.map(({ sql }) => sql);
  return select(
    from,
    [where, ...conditions],
    order,
    plan.conditions.flatMap(({ parameters }) => parameters),
  );
}

function isMissing(sql: string): Condition {
  return { sql: `${sql} IS NULL`, parameters: [], count: null, driver: null };
}

function* byPaperColumn(plan: Plan, [first, ...rest]: [Term, ...Term[]], facts: Facts): Generator<Segment> {
  const { field } = first;
  if (!ofPaper(field)) return;
  const { sql, nullable } = expressions[field];
  const alone = plan.conditions.length === 0 && rest.every((term) => ofPaper(term.field));
  const from = `papers p INDEXED BY ${paperIndex[field]}${alone ? '' : ' CROSS JOIN list l ON l.paper = p.key'}`;
  const order = `${sql}${first.desc ? ' DESC' : ''}, ${orderBy(rest, 'p.key')}`;
  yield walked(plan, from, nullable ? `${sql} IS NOT NULL` : 'TRUE', order);
  if (!nullable) return;
  if (rest.length === 0) yield walked(plan, from, `${sql} IS NULL`, 'p.key');
  else {
    const missing = `(SELECT ${sql.replace('p.', '')} FROM papers WHERE key = l.paper)`;
    yield* segmentsOf(narrow(plan, isMissing(missing)), rest, facts);
  }
}

function* byListColumn(plan: Plan, [first, ...rest]: [Term, ...Term[]], facts: Facts): Generator<Segment> {
  const { sql } = expressions[first.field];
  const oneStatus = plan.conditions.some((condition) => /^l\.status = \d$/.test(condition.sql));
  const index = first.field === 'tags' ? 'list_tags' : oneStatus ? 'list_status_changed' : 'list_changed';
  const order = `${sql}${first.desc ? ' DESC' : ''}, ${orderBy(rest, 'l.paper')}`;
  const papers = rest.some(({ field }) => ofPaper(field)) ? joinPapers : '';
  yield walked(plan, `list l INDEXED BY ${index}${papers}`, `${sql} IS NOT NULL`, order);
  yield* segmentsOf(narrow(plan, isMissing(sql)), rest, facts);
}

/** The conditions that stand for the values of a column with few of them, in ascending order. */
function categories(field: ColumnId, facts: Facts): Condition[] | null {
  switch (field) {
    case 'status':
      return statuses.map((_, number) => statusCondition([number], facts));
    case 'starred':
      return [flagCondition('starred', false, facts), flagCondition('starred', true, facts)];
    case 'note':
      return [flagCondition('noted', false, facts), flagCondition('noted', true, facts)];
    case 'source':
      return facts.sourcesByName.map(({ ids, count }) => {
        const sql = ids.length === 1 ? `l.source = ${ids[0]}` : `l.source IN (${ids.join(', ')})`;
        const from = 'list l INDEXED BY list_source';
        const driver = { from, key: 'l.paper', where: sql, parameters: [], count };
        return { sql, parameters: [], count: null, driver };
      });
    default:
      return null;
  }
}

function* byCategory(plan: Plan, conditions: readonly Condition[], rest: Term[], facts: Facts): Generator<Segment> {
  for (const condition of conditions) {
    const stands = plan.conditions.some(({ sql }) => sql === condition.sql);
    yield* segmentsOf(stands ? plan : narrow(plan, condition), rest, facts);
  }
}

function* segmentsOf(plan: Plan, terms: Term[], facts: Facts): Generator<Segment> {
  const [first, ...rest] = terms;
  if (plan.total === 0) return;
  const { count } = cheapestDriver(plan).driver;
  if (!first || first.field === 'order' || count <= facts.mostSorted) {
    yield sorted(plan, terms);
    return;
  }
  const values = categories(first.field, facts);
  if (values) yield* byCategory(plan, first.desc ? values.reverse() : values, rest, facts);
  else if (ofPaper(first.field)) yield* byPaperColumn(plan, [first, ...rest], facts);
  else yield* byListColumn(plan, [first, ...rest], facts);
}

/** A column twice counts once, and nothing after the page order, which has no ties, can matter. */
function meaningful(sort: Sort): Term[] {
  const terms: Term[] = [];
  for (const term of sort) {
    if (term.field === 'order' && !term.desc) break;
    if (!terms.some(({ field }) => field === term.field)) terms.push(term);
    if (term.field === 'order') break;
  }
  // Papers added last come first on the page anyway.
  return terms.length === 1 && terms[0]?.field === 'added' && terms[0].desc ? [] : terms;
}

function matched(plan: Plan, wanted: string, terms: readonly Term[], order: string): Segment {
  const papers = terms.some(({ field }) => ofPaper(field)) ? ' CROSS JOIN papers p ON p.key = search.rowid' : '';
  const listed = plan.conditions.length > 0 || terms.some(({ field }) => !ofPaper(field));
  const list = listed ? ' CROSS JOIN list l ON l.paper = search.rowid' : '';
  const filter = ['search MATCH ?', ...plan.conditions.map(({ sql }) => sql)].join(' AND ');
  return {
    sql: `SELECT search.rowid AS paper FROM search${list}${papers} WHERE ${filter} ORDER BY ${order}`,
    parameters: [wanted, ...plan.conditions.flatMap(({ parameters }) => parameters)],
  };
}

/**
 * The statements that answer a plan in the order asked for.
 * @param sort sort keys; when empty, relevance if the plan has words, else page order
 * @param most results up to this size are sorted instead of walking an index
 */
export function* segments(
  plan: Plan,
  sort: Sort,
  facts: SortFacts,
  most = mostSorted(plan.library),
): Generator<Segment> {
  const { wanted } = plan.match;
  const terms = meaningful(sort);
  if (plan.total === 0) return;
  if (wanted === null) yield* segmentsOf(plan, terms, { ...facts, mostSorted: most });
  else if (sort.length === 0) yield matched(plan, wanted, [], `${ranking}, search.rowid`);
  else yield matched(plan, wanted, terms, orderBy(terms, 'search.rowid'));
}
