import { isPasted } from './pasted.ts';
import type { Clause, Expression, Query } from './query.ts';
import { printDates, printNumbers } from './ranges.ts';
import { printSortKeys } from './sort-keys.ts';
import { clausesOf } from './walk.ts';

/**
 * Writes a query as text. Parsing the result gives the same query: a last word that is no prefix is
 * followed by a space, and a group that ends in one that is stays open.
 */
export function printQuery({ where, sort }: Query): string {
  const last = clausesOf(where).at(-1);
  const word = last?.kind === 'text' ? last : null;
  const pieces: string[] = [];
  write(pieces, where, false, word);
  const sorting = sort && `sort:${printSortKeys(sort)}`;
  if (word?.prefix) {
    while (pieces.at(-1) === ')') pieces.pop();
    return `${sorting === null ? '' : `${sorting} `}${pieces.join('')}`;
  }
  const text = pieces.join('');
  if (sorting !== null) return text === '' ? sorting : `${text} ${sorting}`;
  return word && !word.phrase && pieces.at(-1) !== ')' ? `${text} ` : text;
}

/** Writes an expression without its sort, as it stands by itself. */
export function printExpression(where: Expression): string {
  return printQuery({ where, sort: null });
}

/**
 * Appends the text of an expression; a closing parenthesis is a piece of its own.
 * @param inner true where alternatives need parentheses
 * @param last the words that end the query: they may be left open
 */
function write(pieces: string[], expression: Expression, inner: boolean, last: Clause | null): void {
  switch (expression.kind) {
    case 'and':
      for (const [index, part] of expression.of.entries()) {
        if (index > 0) pieces.push(' ');
        write(pieces, part, true, last);
      }
      return;
    case 'or': {
      const list = listOf(expression.of);
      if (list !== null) {
        pieces.push(list);
        return;
      }
      const alternatives = withoutPasted(expression.of);
      const group = inner && alternatives.length > 1;
      if (group) pieces.push('(');
      for (const [index, part] of alternatives.entries()) {
        if (index > 0) pieces.push(' OR ');
        write(pieces, part, false, last);
      }
      if (group) pieces.push(')');
      return;
    }
    case 'not': {
      const group = expression.of.kind === 'and';
      pieces.push(group ? '-(' : '-');
      write(pieces, expression.of, true, last);
      if (group) pieces.push(')');
      return;
    }
    default:
      pieces.push(clauseText(expression, expression === last));
  }
}

/** Alternatives without the ids that their words stand for by themselves. */
function withoutPasted(alternatives: readonly Expression[]): Expression[] {
  return alternatives.filter((part, index) => !isPasted(part, alternatives[index + 1]));
}

/** Alternatives of a field that is written once for all of them, or null. */
function listOf(alternatives: readonly Expression[]): string | null {
  const values = alternatives.map((part) =>
    part.kind === 'tag' ? part.tag : part.kind === 'venue' ? part.venue : null,
  );
  const kind = alternatives[0]?.kind;
  if (values.includes(null) || alternatives.some((part) => part.kind !== kind)) return null;
  return `${kind}:${values.map((value) => quoteValue(value ?? '')).join(',')}`;
}

/** Writes a value as it can stand after a colon: in quotation marks where it needs them. */
export function quoteValue(value: string): string {
  return /^[\p{L}\p{N}\p{M}_./:#@&+'-]+$/u.test(value) ? value : `"${value}"`;
}

function clauseText(clause: Clause, isLast: boolean): string {
  switch (clause.kind) {
    case 'text': {
      const field = clause.field === 'any' ? '' : `${clause.field}:`;
      if (!clause.phrase) return `${field}${clause.text}`;
      return `${field}"${clause.text}${isLast && clause.prefix ? '' : '"'}`;
    }
    case 'status':
      return `status:${clause.statuses.join(',')}`;
    case 'starred':
    case 'new':
      return `is:${clause.kind}`;
    case 'has':
      return `has:${clause.what}`;
    case 'tag':
      return `tag:${quoteValue(clause.tag)}`;
    case 'source':
      return `source:${quoteValue(clause.source)}`;
    case 'venue':
      return `venue:${quoteValue(clause.venue)}`;
    case 'id':
      return `id:${quoteValue(clause.id)}`;
    case 'number':
      return `${clause.field}:${printNumbers(clause.range)}`;
    case 'date':
      return `${clause.field}:${printDates(clause.range)}`;
  }
}
