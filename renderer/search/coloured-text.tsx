import { Fragment } from 'react';
import type { TokenRole } from '../../shared/query/query.ts';
import { tokensOf } from '../../shared/query/tokens.ts';

/** Pieces that look like text around them need no element of their own. */
const plain: ReadonlySet<TokenRole> = new Set(['word']);

/**
 * The text of the search box with its clauses coloured. It holds the very same characters, and
 * nothing that could move one of them: it lies under a field whose own text is not seen.
 */
export function ColouredText({ text }: { text: string }) {
  let at = 0;
  const parts = tokensOf(text).flatMap(({ from, to, role }) => {
    const space = text.slice(at, from);
    at = to;
    const piece = text.slice(from, to);
    return [
      space,
      plain.has(role) ? (
        <Fragment key={from}>{piece}</Fragment>
      ) : (
        <span key={from} data-role={role}>
          {piece}
        </span>
      ),
    ];
  });
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}
