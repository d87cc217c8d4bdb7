import { useLayoutEffect, useRef } from 'react';
import type { TokenRole } from '../../shared/query/query.ts';
import { tokensOf } from '../../shared/query/tokens.ts';

/** The highlight that each role has in search.css; words have none. */
const names: Partial<Record<TokenRole, string>> = {
  field: 'query-field',
  value: 'query-value',
  phrase: 'query-phrase',
  operator: 'query-operator',
  parenthesis: 'query-operator',
};

/** The pieces of a text that are coloured, `[from, to)`, by the name of their highlight. */
export function colouredPieces(text: string): Map<string, (readonly [from: number, to: number])[]> {
  const pieces = new Map<string, (readonly [number, number])[]>();
  for (const { from, to, role } of tokensOf(text)) {
    const name = names[role];
    if (name !== undefined) pieces.set(name, [...(pieces.get(name) ?? []), [from, to]]);
  }
  return pieces;
}

/**
 * The text of the search box with its clauses coloured, to lie under a field whose own text is not
 * seen. It is a single run of text, coloured by highlights: an element around a clause would move the
 * letters behind it by a part of a pixel, and the caret would no longer stand between two of them.
 */
export function ColouredText({ text }: { text: string }) {
  const line = useRef<HTMLSpanElement>(null);

  useLayoutEffect(() => {
    const node = line.current?.firstChild;
    // Where the platform has none, the text is there all the same.
    if (!node || typeof Highlight === 'undefined') return;
    const shown = [...colouredPieces(text)].map(([name, pieces]) => {
      const ranges = pieces.map(
        ([from, to]) => new StaticRange({ startContainer: node, startOffset: from, endContainer: node, endOffset: to }),
      );
      return [name, new Highlight(...ranges)] as const;
    });
    for (const [name, highlight] of shown) CSS.highlights.set(name, highlight);
    return () => {
      for (const [name] of shown) CSS.highlights.delete(name);
    };
  }, [text]);

  return <span ref={line}>{text}</span>;
}
