import { describe, expect, it } from 'vitest';
import { parseQuery } from './parse.ts';
import type { Query } from './query.ts';
import { asksNothing, clausesOf, conjunction, hasWords, mapClauses, wantedClauses } from './walk.ts';

const kinds = (clauses: ReturnType<typeof clausesOf>) => clauses.map(({ kind }) => kind);

describe('clauses of an expression', () => {
  const { where } = parseQuery('a -(tag:x OR -is:starred) (has:note | -id:y) ');

  it('are all there, in order', () => {
    expect(kinds(clausesOf(where))).toEqual(['text', 'tag', 'starred', 'has', 'id']);
  });

  it('are wanted when they stand under no sign, or under two', () => {
    expect(kinds(wantedClauses(where))).toEqual(['text', 'starred', 'has']);
  });

  it('can be changed where they stand', () => {
    const renamed = mapClauses(where, (clause) => (clause.kind === 'tag' ? { kind: 'tag', tag: 'z' } : clause));
    expect(renamed).toEqual(parseQuery('a -(tag:z OR -is:starred) (has:note | -id:y) ').where);
  });
});

describe('hasWords', () => {
  it.each([
    ['weak', true],
    ['is:read OR title:x', true],
    ['2306.12345', true],
    ['-weak is:read', false],
    ['-(weak OR title:x)', false],
    ['-(is:read -weak)', true],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(hasWords(parseQuery(text))).toBe(expected);
  });
});

describe('several queries', () => {
  it('hold together, without needless nesting', () => {
    const all = (...texts: string[]) => conjunction(texts.map((text): Query => parseQuery(text)));
    expect(all('is:unread', 'a tag:x ', '')).toEqual(parseQuery('is:unread a tag:x ').where);
    expect(all('is:unread OR is:read', 'a ')).toEqual(parseQuery('(is:unread OR is:read) a ').where);
    expect(all('', '')).toEqual(parseQuery('').where);
    expect(all('is:unread')).toEqual(parseQuery('is:unread').where);
  });
});

describe('asksNothing', () => {
  it.each([
    ['', true],
    ['sort:added', true],
    ['()', true],
    ['a', false],
    ['is:read a', false],
  ])('%j: %s', (text, expected) => {
    expect(asksNothing(parseQuery(text))).toBe(expected);
  });
});
