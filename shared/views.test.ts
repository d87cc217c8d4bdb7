import { describe, expect, it } from 'vitest';
import { parseQuery } from './query.ts';
import { builtInViews, queryOfView } from './views.ts';

describe('views', () => {
  it('gives every built-in view a query of clauses only, never of words', () => {
    for (const view of builtInViews) {
      expect(parseQuery(view.query).clauses.every((clause) => clause.kind !== 'text')).toBe(true);
    }
  });

  it('knows tags and sources as views', () => {
    expect(parseQuery(queryOfView('tag:tool use: part 2') ?? '').clauses).toEqual([
      { kind: 'tag', tag: 'tool use: part 2', negated: false },
    ]);
    expect(parseQuery(queryOfView('source:3') ?? '').clauses).toEqual([
      { kind: 'source', source: '3', negated: false },
    ]);
  });

  it.each(['', 'nowhere', 'tag:', 'source:', 'source:x', 'toString'])('has no view %j', (id) => {
    expect(queryOfView(id)).toBeNull();
  });
});
