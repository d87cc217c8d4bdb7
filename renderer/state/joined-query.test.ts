import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../shared/query/parse.ts';
import { allOf, mapClauses } from '../../shared/query/walk.ts';
import { joinedQuery } from './joined-query.ts';

describe('joinedQuery', () => {
  it.each([
    ['status:unread', 'weak', 'status:unread weak'],
    ['', 'weak ', 'weak '],
    ['status:unread', '  ', 'status:unread'],
    ['tag:"ml"', 'a OR b', 'tag:ml (a OR b'],
    ['a OR b ', 'is:starred', '(a OR b) is:starred'],
    ['sort:title', 'weak sort:-votes', 'weak sort:-votes'],
  ])('of %j and %j is %j', (view, search, expected) => {
    expect(parseQuery(joinedQuery(view, search))).toEqual(parseQuery(expected));
  });

  it('keeps what was typed where that says the same', () => {
    expect(joinedQuery('status:unread', 'Weak  "to strong" title:(a OR b) ')).toBe(
      'status:unread Weak  "to strong" title:(a OR b) ',
    );
  });

  it('asks for what both ask for', () => {
    const piece = fc.constantFrom(
      'weak',
      'OR',
      '-',
      '(',
      ')',
      '"',
      'title:',
      'tag:a',
      'a,b',
      'sort:title',
      'NOT',
      'x:y',
    );
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(' '));
    fc.assert(
      fc.property(text, text, (view, search) => {
        const joined = parseQuery(joinedQuery(view, search));
        const open = parseQuery(search);
        const closed = mapClauses(parseQuery(view).where, (clause) =>
          clause.kind === 'text' && search.trim() !== '' ? { ...clause, prefix: false } : clause,
        );
        expect(joined.where).toEqual(allOf([closed, open.where]));
        expect(joined.sort).toEqual(open.sort ?? parseQuery(view).sort);
      }),
    );
  });
});
