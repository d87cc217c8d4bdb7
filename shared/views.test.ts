import { describe, expect, it } from 'vitest';
import { parseQuery } from './query/parse.ts';
import { clausesOf } from './query/walk.ts';
import { builtInViews, queryOfView } from './views.ts';

describe('views', () => {
  it('gives every built-in view a query of clauses only, never of words', () => {
    for (const view of builtInViews) {
      expect(clausesOf(parseQuery(view.query).where).every((clause) => clause.kind !== 'text')).toBe(true);
    }
  });

  it('knows tags and sources as views', () => {
    expect(parseQuery(queryOfView('tag:tool use: part 2') ?? '').where).toEqual({
      kind: 'tag',
      tag: 'tool use: part 2',
    });
    expect(parseQuery(queryOfView('source:3') ?? '').where).toEqual({ kind: 'source', source: '3' });
  });

  it.each(['', 'nowhere', 'tag:', 'source:', 'source:x', 'toString'])('has no view %j', (id) => {
    expect(queryOfView(id)).toBeNull();
  });
});
