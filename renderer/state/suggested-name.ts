import { statusLabels } from '../../shared/paper.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import { printExpression } from '../../shared/query/print.ts';
import type { Clause, Expression } from '../../shared/query/query.ts';

/** Longest name that is suggested, in characters. */
const longest = 60;

/**
 * A name for a view of the papers that a query finds: its words first, then the rest, as `Weak to strong,
 * unread`. Empty where the query asks for nothing.
 */
export function suggestedName(query: string): string {
  const { where } = parseQuery(query);
  const parts = where.kind === 'and' ? where.of : [where];
  const words = parts.filter(({ kind }) => kind === 'text').map(nameOf);
  const others = parts.filter(({ kind }) => kind !== 'text').map(nameOf);
  const name = [...(words.length === 0 ? [] : [words.join(' ')]), ...others].join(', ');
  const short = name.length <= longest ? name : `${name.slice(0, longest - 1).replace(/[\s,]+\S*$/, '')}…`;
  return short.charAt(0).toUpperCase() + short.slice(1);
}

function nameOf(expression: Expression): string {
  switch (expression.kind) {
    case 'and':
      return expression.of.map(nameOf).join(' ');
    case 'or':
      return expression.of.map(nameOf).join(' or ');
    case 'not':
      return `not ${nameOf(expression.of)}`;
    default:
      return nameOfClause(expression);
  }
}

const having = { note: 'with notes', abstract: 'with abstract', code: 'with code', tag: 'tagged' } as const;

function nameOfClause(clause: Clause): string {
  switch (clause.kind) {
    case 'text':
      return clause.text.trim();
    case 'status':
      return clause.statuses.map((status) => statusLabels[status].toLowerCase()).join(' or ');
    case 'starred':
    case 'new':
      return clause.kind;
    case 'has':
      return having[clause.what];
    case 'tag':
      return clause.tag;
    case 'venue':
      return clause.venue;
    case 'id':
      return clause.id;
    default:
      return printExpression(clause).trim();
  }
}
