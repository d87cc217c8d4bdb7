import { daysOf, instantsOf } from '../../shared/query/dates.ts';
import type { Clause, NumberRange } from '../../shared/query/query.ts';
import { type Condition, nothing } from './conditions.ts';
import type { KeyedRows, Parameter } from './key-set.ts';

/** A column that is within bounds, `past` being out of them; null is no bound. */
interface Bounds {
  from: Parameter | null;
  past: Parameter | null;
  /** Values that are left out all the same. */
  but?: readonly string[];
}

function rangeCondition(
  column: 'papers.published' | 'papers.added_at' | 'papers.votes' | 'list.read_at',
  { from, past, but = [] }: Bounds,
): Condition {
  const [table = '', name = ''] = column.split('.');
  const alias = table === 'papers' ? 'p' : 'l';
  const value = `${alias}.${name}`;
  const index = {
    published: 'papers_published',
    added_at: 'papers_added',
    votes: 'papers_votes',
    read_at: 'list_read',
  };
  const rowsOf = (where: string, parameters: readonly Parameter[]): KeyedRows => ({
    from: `${table} ${alias} INDEXED BY ${index[name as keyof typeof index]}`,
    key: alias === 'p' ? 'p.key' : 'l.paper',
    where,
    parameters,
  });
  const parts = [`${value} IS NOT NULL`];
  if (from !== null) parts.push(`${value} >= ?`);
  if (past !== null) parts.push(`${value} < ?`);
  if (but.length > 0) parts.push(`${value} NOT IN (${but.map(() => '?').join(', ')})`);
  const parameters = [from, past, ...but].filter((bound) => bound !== null);
  const within = parts.join(' AND ');
  const rows = rowsOf(within, parameters);
  const others = [
    ...(from === null ? [] : [rowsOf(`${value} < ?`, [from])]),
    ...(past === null ? [] : [rowsOf(`${value} >= ?`, [past])]),
    ...but.map((text) => rowsOf(`${value} = ?`, [text])),
    rowsOf(`${value} IS NULL`, []),
  ];
  const sql = alias === 'p' ? `EXISTS (SELECT 1 FROM papers p WHERE p.key = l.paper AND ${within})` : within;
  const filter = { sql, parameters };
  return {
    ...filter,
    // Most papers have not been read, and the index does not have those.
    set: { kind: 'gathered', rows, filter, others: alias === 'p' ? others : [] },
    count: null,
    rows: null,
    ...(alias === 'p' && { ofPapers: { column: name, sql: within } }),
  };
}

function year(number: number): string {
  return String(Math.min(Math.max(number, 0), 9999)).padStart(4, '0');
}

function yearCondition({ from, to }: NumberRange): Condition {
  if ((from ?? 0) > 9999 || (to ?? 0) < 0) return nothing;
  // Nothing that begins with four digits sorts after a colon.
  const past = to === null ? null : to >= 9999 ? ':' : year(to + 1);
  return rangeCondition('papers.published', { from: from === null ? null : year(from), past });
}

/**
 * The condition that a date, as exact as it is known, is within days: all the days that it may
 * mean are.
 */
function publishedCondition(from: string | null, to: string | null): Condition {
  // The first day of a month or year is not before that month or year itself.
  const first = from?.replace(/-01$/, '').replace(/^(\d{4})-01$/, '$1') ?? null;
  if (to === null) return rangeCondition('papers.published', { from: first, past: null });
  const [month, yearOf] = [to.slice(0, 7), to.slice(0, 4)];
  const endsMonth = nextDay(to).slice(0, 7) !== month;
  const endsYear = nextDay(to).slice(0, 4) !== yearOf;
  const but = [...(endsYear ? [] : [yearOf]), ...(endsMonth ? [] : [month])];
  return rangeCondition('papers.published', { from: first, past: `${to}:`, but });
}

function nextDay(day: string): string {
  const [years = 0, months = 1, days = 1] = day.split('-').map(Number);
  const date = new Date(0);
  date.setUTCFullYear(years, months - 1, days + 1);
  return date.toISOString().slice(0, 10);
}

/** What a clause about a number asks of a paper. A paper without votes or a year has none that would do. */
export function numberCondition({ field, range }: Extract<Clause, { kind: 'number' }>): Condition {
  if (field === 'year') return yearCondition(range);
  return rangeCondition('papers.votes', { from: range.from, past: range.to === null ? null : range.to + 1 });
}

/**
 * What a clause about a date asks of a paper.
 * @param now the moment that spans of time are reckoned back from, in milliseconds since 1970
 */
export function dateCondition({ field, range }: Extract<Clause, { kind: 'date' }>, now: number): Condition {
  if (field === 'published') {
    const { from, to } = daysOf(range, now);
    return publishedCondition(from, to);
  }
  const { from, past } = instantsOf(range, now);
  return rangeCondition(field === 'added' ? 'papers.added_at' : 'list.read_at', { from, past });
}
