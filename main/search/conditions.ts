import { type Status, statuses } from '../../shared/paper.ts';
import type { Clause } from '../../shared/query/query.ts';
import {
  every,
  type KeyedRows,
  type KeySet,
  none,
  type Parameter,
  type RowFilter,
  united,
  without,
} from './key-set.ts';
import { dateCondition, numberCondition } from './range-conditions.ts';

/** A clause about anything but words. */
export type PlainClause = Exclude<Clause, { kind: 'text' }>;

/** What is known of a condition on a paper. */
export interface Condition extends RowFilter {
  /** The papers that it holds for. */
  set: KeySet;
  /** How many they are, when that is counted. */
  count: number | null;
  /** The index that has these papers, and no others, in page order. */
  rows: KeyedRows | null;
  /** The same as a condition on a row of `papers`, as `p`, and the column that it is about. */
  ofPapers?: { column: string; sql: string };
}

/** What is known of the library; each answer costs the same at any size. */
export interface LibraryFacts {
  counts: Record<Status | 'starred' | 'noted' | 'tagged' | 'abstracts' | 'code' | 'everything', number>;
  tags: readonly { name: string; count: number }[];
  /** How many papers have a tag, told by its folded name, or one nested in it. */
  tagTotal(folded: string): number;
  sources: readonly { id: number; name: string; count: number }[];
  /** Key of the paper with this id, or null. */
  keyOf(id: string): number | null;
  /** Every venue once, whatever its case. */
  venues(): readonly string[];
  /** The sources that the last import brought which has not been taken back. */
  lastImport(): readonly number[];
}

/** Values that are looked for one by one; where there are more, every paper is looked at. */
const mostValues = 64;

/** The condition that no paper meets. */
export const nothing: Condition = { sql: 'FALSE', parameters: [], set: none, count: 0, rows: null };

function indexed(sql: string, index: string, count: number | null): Condition {
  const rows: KeyedRows = { from: `list l INDEXED BY ${index}`, key: 'l.paper', where: sql, parameters: [] };
  return { sql, parameters: [], set: { kind: 'rows', rows }, count, rows };
}

/** The condition that a paper's status is one of these, given by number. */
export function statusCondition(wanted: readonly number[], facts: Pick<LibraryFacts, 'counts'>): Condition {
  const countOf = (number: number) => facts.counts[statuses[number] ?? 'unread'];
  const setOf = (numbers: readonly number[]) =>
    united(
      numbers
        .filter((number) => countOf(number) > 0)
        .map((number) => indexed(`l.status = ${number}`, 'list_status', 0).set),
    );
  const [only] = wanted;
  if (only === undefined) return nothing;
  const count = wanted.reduce((sum, number) => sum + countOf(number), 0);
  const sql = wanted.length === 1 ? `l.status = ${only}` : `l.status IN (${wanted.join(', ')})`;
  const { rows } = indexed(sql, 'list_status', count);
  // Most papers are unread: then it is less work to leave out the others.
  const others = [...statuses.keys()].filter((number) => !wanted.includes(number));
  const set = 2 * count > facts.counts.everything ? without(every, setOf(others)) : setOf(wanted);
  return { sql, parameters: [], set, count, rows: wanted.length === 1 ? rows : null };
}

/** The condition that a flag of `list` is set, or is not. */
export function flagCondition(
  flag: 'starred' | 'noted',
  isSet: boolean,
  facts: Pick<LibraryFacts, 'counts'>,
): Condition {
  const condition = indexed(`l.${flag} = 1`, `list_${flag}`, facts.counts[flag]);
  return isSet ? condition : { ...oppositeOf(condition, facts), sql: `l.${flag} = 0` };
}

/** The condition that another does not hold. */
export function oppositeOf({ sql, parameters, set, count }: Condition, facts: Pick<LibraryFacts, 'counts'>): Condition {
  return {
    sql: `NOT (${sql})`,
    parameters,
    set: without(every, set),
    count: count === null ? null : facts.counts.everything - count,
    rows: null,
  };
}

function hasCondition(what: Extract<Clause, { kind: 'has' }>['what'], facts: LibraryFacts): Condition {
  const { counts } = facts;
  switch (what) {
    case 'note':
      return flagCondition('noted', true, facts);
    case 'code':
      return indexed('l.has_code = 1', 'list_code', counts.code);
    case 'abstract': {
      const bare = indexed('l.has_abstract = 0', 'list_bare', counts.everything - counts.abstracts);
      return { ...oppositeOf(bare, facts), sql: 'l.has_abstract = 1' };
    }
    case 'tag': {
      const sql = 'l.tags_key IS NOT NULL';
      const rows = { from: 'list l INDEXED BY list_tags', key: 'l.paper', where: sql, parameters: [] };
      const filter = { sql, parameters: [] };
      return { ...filter, set: { kind: 'gathered', rows, filter, others: [] }, count: counts.tagged, rows: null };
    }
  }
}

/** Papers that stand in a table of pairs (a tag or source, a paper) beside one of `values`. */
function memberCondition(
  table: 'paper_tags' | 'appearances',
  column: 'tag' | 'source',
  values: readonly { value: Parameter; count: number }[],
): Condition {
  const [only] = values;
  if (!only) return nothing;
  const each = values.map(
    ({ value }): KeyedRows => ({
      from: `${table} m CROSS JOIN list l ON l.paper = m.paper`,
      key: 'm.paper',
      where: `m.${column} = ?`,
      parameters: [value],
    }),
  );
  // Whatever has a tag or a source is in the list, which need not be looked into for the keys alone.
  const sets = each.map((rows): KeySet => ({ kind: 'rows', rows: { ...rows, from: `${table} m` } }));
  const places = values.map(() => '?').join(', ');
  return {
    sql: `EXISTS (SELECT 1 FROM ${table} m WHERE m.${column} IN (${places}) AND m.paper = l.paper)`,
    parameters: values.map(({ value }) => value),
    set: united(sets),
    count: values.length === 1 ? only.count : null,
    rows: values.length === 1 ? (each[0] ?? null) : null,
  };
}

/** Text in which case and the ways to write a letter make no difference. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function tagCondition(tag: string, facts: LibraryFacts): Condition {
  const wanted = fold(tag);
  const matching = facts.tags.filter(({ name }) => fold(name) === wanted || fold(name).startsWith(`${wanted}/`));
  const values = matching.map(({ name, count }) => ({ value: name, count }));
  return { ...memberCondition('paper_tags', 'tag', values), count: facts.tagTotal(wanted) };
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

/** Papers that the last import brought and none before it had. */
function newCondition(facts: LibraryFacts): Condition {
  const brought = facts.lastImport();
  if (brought.length === 0) return nothing;
  const sources = brought.join(', ');
  const where = `m.source IN (${sources}) AND NOT EXISTS (
    SELECT 1 FROM appearances o WHERE o.paper = m.paper AND o.source NOT IN (${sources}))`;
  const sets = brought.map((source): KeySet => {
    const only = where.replace(`IN (${sources})`, `= ${source}`);
    return { kind: 'rows', rows: { from: 'appearances m', key: 'm.paper', where: only, parameters: [] } };
  });
  const sql = `EXISTS (SELECT 1 FROM appearances m WHERE m.paper = l.paper AND ${where})`;
  return { sql, parameters: [], set: united(sets), count: null, rows: null };
}

function idCondition(id: string, facts: LibraryFacts): Condition {
  const key = facts.keyOf(id);
  if (key === null) return nothing;
  const rows: KeyedRows = { from: 'list l', key: 'l.paper', where: 'l.paper = ?', parameters: [key] };
  return { sql: 'l.paper = ?', parameters: [key], set: { kind: 'rows', rows }, count: 1, rows };
}

function venueCondition(venue: string, facts: LibraryFacts): Condition {
  const wanted = fold(venue);
  const matching = facts.venues().filter((name) => fold(name).includes(wanted));
  if (matching.length === 0) return nothing;
  const parameters = [JSON.stringify(matching)];
  const of = `IN (SELECT value COLLATE NOCASE FROM json_each(?))`;
  const filter = {
    sql: `EXISTS (SELECT 1 FROM papers p WHERE p.key = l.paper AND p.venue COLLATE NOCASE ${of})`,
    parameters,
  };
  const from = 'papers p INDEXED BY papers_venue';
  if (matching.length > mostValues) {
    const rows = { from, key: 'p.key', where: `p.venue COLLATE NOCASE ${of}`, parameters };
    return { ...filter, set: { kind: 'gathered', rows, filter, others: [] }, count: null, rows: null };
  }
  const each = matching.map((name): KeySet => {
    return { kind: 'rows', rows: { from, key: 'p.key', where: 'p.venue = ? COLLATE NOCASE', parameters: [name] } };
  });
  return { ...filter, set: united(each), count: null, rows: null };
}

/**
 * What a clause asks of a paper.
 * @param now the moment that spans of time are reckoned back from, in milliseconds since 1970
 */
export function conditionOf(clause: PlainClause, facts: LibraryFacts, now: number): Condition {
  switch (clause.kind) {
    case 'status': {
      const named = (status: Status) => clause.statuses.includes(status);
      return statusCondition(
        statuses.flatMap((status, number) => (named(status) ? [number] : [])),
        facts,
      );
    }
    case 'starred':
      return flagCondition('starred', true, facts);
    case 'new':
      return newCondition(facts);
    case 'has':
      return hasCondition(clause.what, facts);
    case 'tag':
      return tagCondition(clause.tag, facts);
    case 'source':
      return sourceCondition(clause.source, facts);
    case 'venue':
      return venueCondition(clause.venue, facts);
    case 'id':
      return idCondition(clause.id, facts);
    case 'number':
      return numberCondition(clause);
    case 'date':
      return dateCondition(clause, now);
  }
}
