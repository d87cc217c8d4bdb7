import { withoutLabels } from './pasted.ts';
import type { Clause, Expression, Query } from './query.ts';

/** Everything that holds for a paper when all of `parts` do: flat, and without words that only introduce a pasted id. */
export function allOf(parts: readonly Expression[]): Expression {
  const of = withoutLabels(parts.flatMap((part) => (part.kind === 'and' ? part.of : [part])));
  const [only] = of;
  return only && of.length === 1 ? only : { kind: 'and', of };
}

/** The same for one of `parts`, of which there is one at least. */
export function anyOf(parts: readonly [Expression, ...Expression[]]): Expression {
  const of = parts.flatMap((part) => (part.kind === 'or' ? part.of : [part]));
  return of.length === 1 ? parts[0] : { kind: 'or', of };
}

/** The opposite; that of an opposite is the thing itself. */
export function opposite(expression: Expression): Expression {
  return expression.kind === 'not' ? expression.of : { kind: 'not', of: expression };
}

/** What several queries ask for together: papers must meet them all. */
export function conjunction(queries: readonly Query[]): Expression {
  return allOf(queries.map(({ where }) => where));
}

/** Every clause of an expression, in order, whether it is asked for or ruled out. */
export function clausesOf(expression: Expression): Clause[] {
  return signedClauses(expression, true).map(({ clause }) => clause);
}

/** The clauses that speak for a paper when they hold: those not under `-`, or under two. */
export function wantedClauses(expression: Expression): Clause[] {
  return signedClauses(expression, true).flatMap(({ clause, wanted }) => (wanted ? [clause] : []));
}

function signedClauses(expression: Expression, wanted: boolean): { clause: Clause; wanted: boolean }[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.of.flatMap((part) => signedClauses(part, wanted));
    case 'not':
      return signedClauses(expression.of, !wanted);
    default:
      return [{ clause: expression, wanted }];
  }
}

/** True when the query has words to rank by. */
export function hasWords(query: Query): boolean {
  return wantedClauses(query.where).some(({ kind }) => kind === 'text');
}

/** True when the query asks nothing of a paper. */
export function asksNothing(query: Query): boolean {
  return query.where.kind === 'and' && query.where.of.length === 0;
}

/** The expression with every clause replaced by what `change` makes of it. */
export function mapClauses(expression: Expression, change: (clause: Clause) => Clause): Expression {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return { kind: expression.kind, of: expression.of.map((part) => mapClauses(part, change)) };
    case 'not':
      return { kind: 'not', of: mapClauses(expression.of, change) };
    default:
      return change(expression);
  }
}
