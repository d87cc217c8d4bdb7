import { type Status, statuses } from '../paper.ts';
import { type FieldName, isHasValue } from './fields.ts';
import { pastedId } from './pasted.ts';
import type { Clause, Expression, TextField } from './query.ts';
import { parseDates, parseNumbers } from './ranges.ts';
import { anyOf } from './walk.ts';

/** One of the values after a colon: as it was typed, without the quotation marks around it. */
export interface Value {
  text: string;
  quoted: boolean;
}

const letterOrDigit = /[\p{L}\p{N}]/u;

/** True when a text has something that can be searched for. */
export function isSearchable(text: string): boolean {
  return letterOrDigit.test(text);
}

/** True when a text ends in a letter or digit, so that it may be the beginning of a longer word: not `C++` or `why?`. */
export function mayGoOn(text: string): boolean {
  return /[\p{L}\p{M}\p{N}\p{Co}]$/u.test(text);
}

/** True for a field that takes several values with commas between them. */
export function takesList(field: FieldName): boolean {
  return !isTextField(field) && field !== 'sort';
}

/** True for a field of which the value is words. */
export function isTextField(field: FieldName): field is Exclude<TextField, 'any'> & FieldName {
  return field === 'title' || field === 'abstract' || field === 'author' || field === 'note';
}

/**
 * What `field:values` stands for; several values are alternatives.
 * @param prefix whether the last word may be the beginning of one
 * @returns null when the values are none of this field's, so that all of it is text; never a sort, which is no clause
 */
export function clauseOf(field: FieldName, values: readonly Value[], prefix: boolean): Expression | null {
  if (field === 'sort') return null;
  if (isTextField(field)) {
    const [value] = values;
    if (!value || values.length > 1 || !isSearchable(value.text)) return null;
    return { kind: 'text', field, text: value.text, phrase: value.quoted, prefix: prefix && mayGoOn(value.text) };
  }
  const each = separate(field, values);
  if (field === 'status' || field === 'is') return statusOf(field, each);
  const [first, ...others] = each.map((text) => singleClause(field, text));
  if (!first || others.includes(null)) return null;
  return anyOf([first, ...others.filter((clause) => clause !== null)]);
}

/** The single values, without what only separated them. A quoted one, or one that may have commas itself, stays whole. */
function separate(field: FieldName, values: readonly Value[]): string[] {
  return values
    .flatMap(({ text, quoted }) => {
      if (quoted) return [text];
      const parts = text.split(',').filter((part) => part.trim() !== '');
      const whole =
        (field === 'source' && !parts.every((part) => /^\d+$/.test(part))) ||
        (field === 'id' && !parts.every((part) => pastedId(part) !== null));
      return whole ? [text] : parts;
    })
    .map((text) => text.replaceAll('"', '').trim());
}

function singleClause(field: FieldName, text: string): Clause | null {
  if (text === '') return null;
  switch (field) {
    case 'has': {
      const what = text.toLowerCase().replace(/s$/, '');
      return isHasValue(what) ? { kind: 'has', what } : null;
    }
    case 'tag':
      return { kind: 'tag', tag: text };
    case 'source':
      return { kind: 'source', source: text };
    case 'venue':
      return { kind: 'venue', venue: text };
    case 'id':
      return { kind: 'id', id: pastedId(text) ?? text };
    case 'year':
    case 'votes': {
      const range = parseNumbers(field === 'year' ? text.replace(/^(\d{4})-(\d{4})$/, '$1..$2') : text);
      return range && { kind: 'number', field, range };
    }
    case 'published':
    case 'added':
    case 'read': {
      const range = parseDates(text);
      return range && { kind: 'date', field, range };
    }
    default:
      return null;
  }
}

function statusOf(field: 'status' | 'is', values: readonly string[]): Expression | null {
  const found: Status[] = [];
  const others: Clause[] = [];
  for (const value of values.map((text) => text.toLowerCase())) {
    const name = /^to[ -]?read$/.test(value) ? 'queued' : value;
    const status = statuses.find((each) => each === name);
    if (status) found.push(status);
    else if (field === 'is' && (value === 'starred' || value === 'new')) others.push({ kind: value });
    else return null;
  }
  const parts: Clause[] = found.length === 0 ? others : [{ kind: 'status', statuses: [...new Set(found)] }, ...others];
  const [first, ...more] = parts;
  return first ? anyOf([first, ...more]) : null;
}
