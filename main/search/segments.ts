import { statuses } from '../../shared/paper.ts';
import type { ColumnId, Sort } from '../../shared/settings.ts';
import { type Condition, flagCondition, type LibraryFacts, statusCondition } from './conditions.ts';
import type { KeyedRows, Parameter } from './key-set.ts';

/** What a walk needs to know of a condition. */
export type WalkedCondition = Pick<Condition, 'sql' | 'parameters' | 'count' | 'rows' | 'ofPapers'>;

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

/** Papers that meet every condition. */
type Conditions = readonly WalkedCondition[];

/**
 * Results up to this size are sorted as they are. Above it, walking an index until a screenful is
 * found costs less: of `n` papers that match among `library`, about `200 * library / n` are passed.
 */
export function mostSorted(library: number): number {
  return Math.max(2000, Math.sqrt(200 * library));
}

/** A column to sort by. */
export interface Term {
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
  votes: { sql: 'p.votes', nullable: true },
  venue: { sql: 'p.venue COLLATE NOCASE', nullable: true },
};

const paperIndex = {
  title: 'papers_title',
  added: 'papers_added',
  authors: 'papers_authors',
  published: 'papers_published',
  votes: 'papers_votes',
  venue: 'papers_venue',
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

function select(from: string, where: readonly string[], order: string, parameters: readonly Parameter[]): Segment {
  const key = from.startsWith('papers p') ? 'p.key' : 'l.paper';
  const all = where.length === 0 ? 'TRUE' : where.join(' AND ');
  return { sql: `SELECT ${key} AS paper FROM ${from} WHERE ${all} ORDER BY ${order}`, parameters: [...parameters] };
}

/** Where to begin: the index that has the fewest papers of those that meet one of the conditions. */
function cheapest(conditions: Conditions, library: number): { rows: KeyedRows; count: number; rest: Conditions } {
  let best: WalkedCondition | null = null;
  for (const condition of conditions) {
    if (condition.rows && condition.count !== null && condition.count <= (best?.count ?? library)) best = condition;
  }
  const all = { from: 'list l', key: 'l.paper', where: 'TRUE', parameters: [] };
  const rest = conditions.filter((condition) => condition !== best);
  return { rows: best?.rows ?? all, count: best?.count ?? library, rest };
}

/** Reads the cheapest condition's papers and sorts them. In page order, that is no work at all. */
function sorted(conditions: Conditions, terms: readonly Term[], library: number): Segment {
  const { rows, rest } = cheapest(conditions, library);
  const papers = terms.some(({ field }) => ofPaper(field)) ? joinPapers : '';
  return select(rows.from + papers, [rows.where, ...rest.map(({ sql }) => sql)], orderBy(terms, rows.key), [
    ...rows.parameters,
    ...rest.flatMap(({ parameters }) => parameters),
  ]);
}

/** Walks an index in its order, looking at each paper's conditions on the way. */
function walked(conditions: Conditions, from: string, where: string, order: string): Segment {
  return select(
    from,
    [where, ...conditions.map(({ sql }) => sql)],
    order,
    conditions.flatMap(({ parameters }) => parameters),
  );
}

/** Columns of `papers` that conditions may be about, by what sorts by them. */
const columns: Partial<Record<ColumnId, string>> = { published: 'published', added: 'added_at', votes: 'votes' };

/** True for a condition that narrows down the index by which a column is sorted. */
export function isAbout({ ofPapers }: WalkedCondition, field: ColumnId | undefined): boolean {
  return ofPapers !== undefined && field !== undefined && columns[field] === ofPapers.column;
}

function isMissing(sql: string): WalkedCondition {
  return { sql: `${sql} IS NULL`, parameters: [], count: null, rows: null };
}

/** A column's own name, without how it is compared. */
function bare(sql: string): string {
  return sql.replace(' COLLATE NOCASE', '');
}

function* byPaperColumn(conditions: Conditions, [first, ...rest]: [Term, ...Term[]], facts: Facts): Generator<Segment> {
  const { field } = first;
  if (!ofPaper(field)) return;
  const { sql, nullable } = expressions[field];
  const alone = conditions.length === 0 && rest.every((term) => ofPaper(term.field));
  const from = `papers p INDEXED BY ${paperIndex[field]}${alone ? '' : ' CROSS JOIN list l ON l.paper = p.key'}`;
  const order = `${sql}${first.desc ? ' DESC' : ''}, ${orderBy(rest, 'p.key')}`;
  const onIndex = conditions.map((one) => (isAbout(one, field) ? { ...one, sql: one.ofPapers?.sql ?? one.sql } : one));
  yield walked(onIndex, from, nullable ? `${bare(sql)} IS NOT NULL` : 'TRUE', order);
  if (!nullable) return;
  if (rest.length === 0) yield walked(conditions, from, `${bare(sql)} IS NULL`, 'p.key');
  else {
    const missing = `(SELECT ${bare(sql).replace('p.', '')} FROM papers WHERE key = l.paper)`;
    yield* segmentsOf([...conditions, isMissing(missing)], rest, facts);
  }
}

function* byListColumn(conditions: Conditions, [first, ...rest]: [Term, ...Term[]], facts: Facts): Generator<Segment> {
  const { sql } = expressions[first.field];
  const oneStatus = conditions.some((condition) => /^l\.status = \d$/.test(condition.sql));
  const index = first.field === 'tags' ? 'list_tags' : oneStatus ? 'list_status_changed' : 'list_changed';
  const order = `${sql}${first.desc ? ' DESC' : ''}, ${orderBy(rest, 'l.paper')}`;
  const papers = rest.some(({ field }) => ofPaper(field)) ? joinPapers : '';
  yield walked(conditions, `list l INDEXED BY ${index}${papers}`, `${sql} IS NOT NULL`, order);
  yield* segmentsOf([...conditions, isMissing(sql)], rest, facts);
}

/** The conditions that stand for the values of a column with few of them, in ascending order. */
function categories(field: ColumnId, facts: Facts): WalkedCondition[] | null {
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
        return { sql, parameters: [], count, rows: { from, key: 'l.paper', where: sql, parameters: [] } };
      });
    default:
      return null;
  }
}

function* byCategory(conditions: Conditions, values: Conditions, rest: Term[], facts: Facts): Generator<Segment> {
  for (const value of values) {
    const stands = conditions.some(({ sql }) => sql === value.sql);
    yield* segmentsOf(stands ? conditions : [...conditions, value], rest, facts);
  }
}

function* segmentsOf(conditions: Conditions, terms: readonly Term[], facts: Facts): Generator<Segment> {
  const [first, ...rest] = terms;
  const { everything } = facts.counts;
  const { count } = cheapest(conditions, everything);
  if (!first || first.field === 'order' || count <= facts.mostSorted) {
    yield sorted(conditions, terms, everything);
    return;
  }
  const values = categories(first.field, facts);
  if (values) yield* byCategory(conditions, first.desc ? values.reverse() : values, rest, facts);
  else if (ofPaper(first.field)) yield* byPaperColumn(conditions, [first, ...rest], facts);
  else yield* byListColumn(conditions, [first, ...rest], facts);
}

/** A column twice counts once, and nothing after the page order, which has no ties, can matter. */
export function meaningfulTerms(sort: Sort): Term[] {
  const terms: Term[] = [];
  for (const term of sort) {
    if (term.field === 'order' && !term.desc) break;
    if (!terms.some(({ field }) => field === term.field)) terms.push(term);
    if (term.field === 'order') break;
  }
  // Papers added last come first on the page anyway.
  return terms.length === 1 && terms[0]?.field === 'added' && terms[0].desc ? [] : terms;
}

/**
 * The statements that yield the papers that meet all conditions, in the order asked for.
 * @param terms as {@link meaningfulTerms} gives them; none for page order
 * @param most results up to this size are sorted instead of walking an index
 */
export function segments(
  conditions: Conditions,
  terms: readonly Term[],
  facts: SortFacts,
  most = mostSorted(facts.counts.everything),
): Iterable<Segment> {
  return segmentsOf(conditions, terms, { ...facts, mostSorted: most });
}

/** The statement that puts some papers in order; takes their keys as a JSON text. */
export function sortGiven(terms: readonly Term[]): string {
  const papers = terms.some(({ field }) => ofPaper(field)) ? joinPapers : '';
  return `SELECT l.paper AS paper FROM json_each(?) g CROSS JOIN list l ON l.paper = g.value${papers}
    ORDER BY ${orderBy(terms, 'l.paper')}`;
}
