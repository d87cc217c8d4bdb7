import { statuses } from '../paper.ts';
import { columnIds } from '../settings.ts';
import { takesList } from './clauses.ts';
import { explainQuery } from './explain.ts';
import { type FieldName, fieldNames, fieldOf, hasValues } from './fields.ts';
import { parseQuery } from './parse.ts';
import { quoteValue } from './print.ts';
import { tokensOf } from './tokens.ts';

/** A text that can stand in the place of what has been typed. */
export interface Completion {
  /** The text to put in: `status:`, `unread`, `<2w`. */
  text: string;
  /** What it means, in a few words. */
  detail: string;
}

/** Fields of which the values are known to the library only. */
export type FetchedField = 'tag' | 'source' | 'author' | 'venue';

/** What can be completed at a place of a text. */
export interface Completions {
  /** The piece `[from, to)` of the text that a completion replaces, in UTF-16 units. */
  from: number;
  to: number;
  /** The field whose value stands there; null where a field's name can stand. */
  field: FieldName | null;
  /** What has been typed of it, without quotation marks. */
  beginning: string;
  /** Names and fixed values that begin so, in the order to show them. */
  completions: Completion[];
  /** The field to fetch values of, that begin with {@link beginning}, or null; {@link valueText} makes a text of one. */
  fetch: FetchedField | null;
}

const fieldDetails: Record<FieldName, string> = {
  title: 'words in the title',
  abstract: 'words in the abstract',
  author: 'an author',
  note: 'words in your note',
  tag: 'a tag, and those nested in it',
  status: 'unread, queued, reading, read or skipped',
  is: 'a status, starred or new',
  has: 'a note, a tag, code or an abstract',
  source: 'where it came from',
  venue: 'where it was published',
  id: 'an arXiv id or a DOI',
  year: 'the year it was published',
  published: 'when it was published',
  added: 'when it came in',
  read: 'when you marked it read',
  votes: 'votes at capture',
  sort: 'the order of the list',
};

// The most wanted first.
const fieldOrder: readonly FieldName[] = ['status', 'tag', 'title', 'author', 'is', 'has', 'added', 'sort'];
const fields = [...fieldOrder, ...fieldNames.filter((name) => !fieldOrder.includes(name))];

const spans = ['today', 'yesterday', '<1w', '<2w', '<1m', '<3m', '<1y', '>1y'];
const descFirst = ['added', 'published', 'votes', 'changed', 'starred', 'note'];
const columns = [...columnIds].toSorted((one, other) => rank(one) - rank(other));
const sorts = [
  'relevance',
  ...columns.flatMap((name) => (descFirst.includes(name) ? [`-${name}`, name] : [name, `-${name}`])),
];

function rank(column: string): number {
  const at = ['added', 'published', 'votes', 'title'].indexOf(column);
  return at < 0 ? columnIds.length : at;
}

/** The values of a field that are the same in every library, or good examples of them. */
function fixedValues(field: FieldName, year: number): readonly string[] {
  switch (field) {
    case 'status':
      return statuses;
    case 'is':
      return [...statuses, 'starred', 'new'];
    case 'has':
      return hasValues;
    case 'sort':
      return sorts;
    case 'votes':
      return ['>10', '>50', '>100', '10..50'];
    case 'year':
      return [`${year}`, `${year - 1}`, `${year - 1}..`, `..${year - 2}`, `${year - 4}..${year - 1}`];
    case 'published':
      return [...spans.slice(2), `${year}`, `${year - 1}..`, `${year}-01..${year}-06`];
    case 'added':
    case 'read':
      return [...spans, `${year}`, `${year}-01..`];
    default:
      return [];
  }
}

/**
 * What can be completed where the caret stands: the name of a field, or its value. What is inside
 * quotation marks or behind a sign is none.
 * @param caret a place in the text, in UTF-16 units
 * @param year the present one, for examples
 * @returns null where nothing can
 */
export function completionsAt(text: string, caret: number, year: number): Completions | null {
  const typed = typedAt(text, caret);
  if (typed === null) return null;
  const colon = text.indexOf(':', typed.from);
  const name = text.slice(typed.from, caret);
  if (/^[A-Za-z]*$/.test(name)) return names(typed.from, colon >= 0 && colon < typed.to ? null : typed.to, name);
  const field = colon > 0 && colon < caret ? fieldOf(text.slice(typed.from, colon)) : null;
  return field && values(text, colon + 1, caret, typed.to, field, year);
}

/** The piece of the text that the caret is in or behind, its field included; an empty one where a new one begins. */
function typedAt(text: string, caret: number): { from: number; to: number } | null {
  if (!Number.isInteger(caret) || caret < 0 || caret > text.length) return null;
  const tokens = tokensOf(text);
  const at = tokens.findIndex(({ from, to }) => from < caret && caret <= to);
  const token = tokens[at];
  const begins = /^[(-]$/.test(text.charAt(caret - 1)) && caret === token?.to && token.to - token.from === 1;
  if (!token || token.role === 'operator' || begins) {
    // Between two words there is room for one; before one there is not.
    const next = tokens.some(({ from, role }) => from === caret && role !== 'parenthesis' && role !== 'operator');
    return next ? null : { from: caret, to: caret };
  }
  const beside = tokens[token.role === 'field' ? at + 1 : at - 1];
  const joined = beside && (beside.from === token.to || beside.to === token.from);
  if (token.role === 'field') return { from: token.from, to: joined && beside.role === 'value' ? beside.to : token.to };
  if (token.role === 'value') return joined ? { from: beside.from, to: token.to } : null;
  // A phrase may be the value of a field that it is not finished for: `has:"no`.
  return token.role === 'parenthesis' ? null : { from: token.from, to: token.to };
}

/** @param to where the piece ends, or null when a colon follows, which a name brings itself */
function names(from: number, to: number | null, beginning: string): Completions | null {
  if (to === null) return null;
  const completions = fields
    .filter((name) => name.startsWith(beginning.toLowerCase()))
    .map((name) => ({ text: `${name}:`, detail: fieldDetails[name] }));
  return { from, to, field: null, beginning, completions, fetch: null };
}

/** @param from where the values begin, `to` where they end */
function values(text: string, from: number, caret: number, to: number, field: FieldName, year: number): Completions {
  const start = takesList(field) || field === 'sort' ? startOfValue(text, from, caret) : from;
  const opening = /^["“”„]/.test(text.slice(start, caret));
  const beginning = text.slice(start + (opening ? 1 : 0), caret).replace(/["“”„]$/, '');
  const lower = beginning.toLowerCase();
  const others = text.slice(from, start).toLowerCase().split(',');
  const completions = fixedValues(field, year)
    .filter((value) => value.startsWith(lower) && !others.includes(value))
    .map((value) => ({ text: value, detail: explainValue(field, value) }));
  const fetch = field === 'tag' || field === 'source' || field === 'author' || field === 'venue' ? field : null;
  return { from: start, to: endOfValue(text, start, caret, to), field, beginning, completions, fetch };
}

/** Where the value that the caret is in begins: after the last comma that is not within quotation marks. */
function startOfValue(text: string, from: number, caret: number): number {
  let start = from;
  let open = false;
  for (let at = from; at < caret; at += 1) {
    const next = text.charAt(at);
    if (/["“”„]/.test(next)) open = !open;
    else if (next === ',' && !open) start = at + 1;
  }
  return start;
}

/** Where it ends: what follows an open quotation mark may be the rest of the query and is left alone. */
function endOfValue(text: string, start: number, caret: number, to: number): number {
  const rest = text.slice(caret, to);
  if (!/^["“”„]/.test(text.slice(start, caret))) return caret + (/^[^,"“”„]*/.exec(rest)?.[0].length ?? 0);
  if (/^["“”„].*["“”„]$/.test(text.slice(start, caret))) return caret;
  const close = rest.search(/["“”„]/);
  return close < 0 ? caret : caret + close + 1;
}

function explainValue(field: FieldName, value: string): string {
  return explainQuery(parseQuery(`${field}:${value}`)).replace(/^all papers; /, '');
}

/**
 * A value of a field as it is put into a query: in quotation marks where it needs them. `text` may
 * be any; quotation marks in it, which no query can say, are left out.
 */
export function valueText(text: string): string {
  return quoteValue(text.replaceAll('"', '').trim());
}
